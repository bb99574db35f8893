/** How a caller may go on after an error: try the same again, or give it up. */
export type Retry = "never" | "later";

/**
 * The one error class of the house. `code` is stable and may be matched on; `message` is for people and names the place
 * and the remedy; `cause` is always the error underneath, where there was one.
 */
export class GuildhallError extends Error {
  readonly code: string;
  readonly retry: Retry;

  constructor(code: string, message: string, options: { cause?: unknown; retry?: Retry } = {}) {
    super(message, { cause: options.cause });
    this.name = "GuildhallError";
    this.code = code;
    this.retry = options.retry ?? "never";
  }
}

/** Wrong settings, a wrong token, a taken port: the operator can mend it, and the process ends with exit code 3. */
export class ConfigurationError extends GuildhallError {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super("configuration", message, options);
    this.name = "ConfigurationError";
  }
}

/** The compiler's proof that a union was handled whole. */
export function unreachable(value: never): never {
  throw new GuildhallError("unreachable", `no branch handles ${JSON.stringify(value)}`);
}
