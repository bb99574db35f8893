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
  const facts = new LazyFacts(event.text);
  last = { event, facts };
  return facts;
}

/** A class for its speed alone: an object with getters of its own costs more than all of the facts that most messages need. */
class LazyFacts implements TextFacts {
  readonly #text: string;
  #normalised: string | undefined;
  #revealed: string | undefined;
  #fingerprint: string | undefined;
  #links: readonly Link[] | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  get normalised(): string {
    return (this.#normalised ??= normalise(this.#text));
  }

  get revealed(): string {
    return (this.#revealed ??= reveal(this.normalised));
  }

  get fingerprint(): string {
    return (this.#fingerprint ??= fingerprint(this.normalised));
  }

  get links(): readonly Link[] {
    return (this.#links ??= linksIn(this.#text));
  }
}
