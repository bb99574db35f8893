import { inspect } from "node:util";

/** A value that a log line, a stack trace or JSON cannot show by accident: whoever needs it has to ask for it by name. */
export interface Secret {
  reveal(): string;
}

const MASK = "[secret]";

export function secret(value: string): Secret {
  return Object.defineProperties({ reveal: () => value } satisfies Secret, {
    toString: { value: () => MASK },
    toJSON: { value: () => MASK },
    [inspect.custom]: { value: () => MASK },
  });
}
