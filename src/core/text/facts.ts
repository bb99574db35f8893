import { fingerprint } from "./fingerprint.ts";
import { linksIn, type Link } from "./links.ts";
import { normalise } from "./normalise.ts";

/** What agents ask of a text. Each is worked out when first asked for, and once for all agents of an event. */
export interface TextFacts {
  readonly normalised: string;
  /** Of the normalised text: same words, same fingerprint. */
  readonly fingerprint: string;
  readonly links: readonly Link[];
}

const known = new WeakMap<object, TextFacts>();

/** The facts of an event's text. They live as long as the event itself does. */
export function textOf(event: { readonly text: string }): TextFacts {
  const before = known.get(event);
  if (before !== undefined) return before;
  const facts = factsOf(event.text);
  known.set(event, facts);
  return facts;
}

function factsOf(text: string): TextFacts {
  let normalised: string | undefined;
  let hash: string | undefined;
  let links: readonly Link[] | undefined;
  return {
    get normalised() {
      return (normalised ??= normalise(text));
    },
    get fingerprint() {
      return (hash ??= fingerprint(this.normalised));
    },
    get links() {
      return (links ??= linksIn(text));
    },
  };
}
