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

/** What a log line may say of an error: its codes down the chain of causes, never a text that may hold a member's words. */
export function errorFields(error: unknown): { code: string; causes?: readonly string[] } {
  const codes: string[] = [];
  for (
    let at: unknown = error;
    at !== undefined && at !== null && codes.length < 8;
    at = (at as { cause?: unknown }).cause
  ) {
    const { code, name } = at as { code?: unknown; name?: unknown };
    codes.push(typeof code === "string" || typeof code === "number" ? String(code) : String(name ?? "thrown"));
  }
  const [code = "unknown", ...causes] = codes;
  return causes.length === 0 ? { code } : { code, causes };
}
