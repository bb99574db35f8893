import { fingerprint } from "./fingerprint.ts";
import { linksIn, type Link } from "./links.ts";
import { normalise } from "./normalise.ts";
import { reveal } from "./reveal.ts";

/** What agents ask of a text. Each is worked out when first asked for, and once for all agents of an event. */
export interface TextFacts {
  readonly normalised: string;
  /** With its disguises undone, for matching only; often the normalised text itself. */
  readonly revealed: string;
  /** Of the normalised text: same words, same fingerprint. */
  readonly fingerprint: string;
  readonly links: readonly Link[];
}

/** One event is decided at a time, by one agent after the other: remembering the last one is enough, and costs no map. */
let last: { readonly event: object; readonly facts: TextFacts } | undefined;

/** The facts of an event's text, worked out once for all agents that look at it in turn. */
export function textOf(event: { readonly text: string }): TextFacts {
  if (last?.event === event) return last.facts;
  const facts = factsOf(event.text);
  last = { event, facts };
  return facts;
}

function factsOf(text: string): TextFacts {
  let normalised: string | undefined;
  let revealed: string | undefined;
  let hash: string | undefined;
  let links: readonly Link[] | undefined;
  return {
    get normalised() {
      return (normalised ??= normalise(text));
    },
    get revealed() {
      return (revealed ??= reveal(this.normalised));
    },
    get fingerprint() {
      return (hash ??= fingerprint(this.normalised));
    },
    get links() {
      return (links ??= linksIn(text));
    },
  };
}
