/**
 * What a provider's failure means for the question. Only the first four are worth asking again; *refused-key* and *no-model*
 * are the operator's to mend; *malformed* is an answer nobody can read.
 */
export type FailureKind =
  | "rate-limited"
  | "overloaded"
  | "connection"
  | "timeout"
  | "malformed"
  | "breaks-schema"
  | "refused-key"
  | "no-model"
  | "refused"
  | "breaker-open"
  | "busy"
  | "stopped";

/** A failure without the provider's own words: those may hold a member's text, or a key. */
export class ModelFailure extends Error {
  readonly kind: FailureKind;
  readonly status: number | undefined;
  /** What the provider asks to wait, where it asks for that. */
  readonly retryAfterMs: number | undefined;

  constructor(kind: FailureKind, details: { status?: number; retryAfterMs?: number; cause?: unknown } = {}) {
    super(`the provider did not answer: ${kind}`, { cause: details.cause });
    this.name = "ModelFailure";
    this.kind = kind;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
  }
}

const RETRYABLE: ReadonlySet<FailureKind> = new Set(["rate-limited", "overloaded", "connection"]);
/** What says that the provider as a whole is in no state to answer; one wrong name of a model does not. */
const TRIPPING: ReadonlySet<FailureKind> = new Set([
  "rate-limited",
  "overloaded",
  "connection",
  "timeout",
  "refused-key",
]);
/** A request that reached the provider may be charged for although its answer never came. */
const CHARGED: ReadonlySet<FailureKind> = new Set(["timeout", "stopped", "malformed"]);

export const isRetryable = (failure: unknown): failure is ModelFailure =>
  failure instanceof ModelFailure && RETRYABLE.has(failure.kind);
export const isTripping = (failure: unknown): boolean => failure instanceof ModelFailure && TRIPPING.has(failure.kind);
export const isStopped = (failure: unknown): boolean => failure instanceof ModelFailure && failure.kind === "stopped";
export const mayBeCharged = (failure: unknown): boolean => failure instanceof ModelFailure && CHARGED.has(failure.kind);

/** Reads the errors of four clients: they agree on little more than that there is a status somewhere. */
export function failureOf(error: unknown): ModelFailure {
  if (error instanceof ModelFailure) return error;
  const { name, status, status_code: statusCode, message = "" } = (error ?? {}) as Partial<ClientError>;
  const code = typeof status === "number" ? status : statusCode;
  const cause = { cause: stripped(error) };
  if (code !== undefined) {
    const retryAfterMs = retryAfter(error as ClientError);
    return new ModelFailure(kindOf(code), {
      status: code,
      ...cause,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  }
  if (name === "AbortError" || name === "TimeoutError" || /timed? ?out/i.test(message))
    return new ModelFailure("timeout", cause);
  if (name === "SyntaxError" || /json|done or success/i.test(message)) return new ModelFailure("malformed", cause);
  return new ModelFailure("connection", cause);
}

interface ClientError {
  readonly name: string;
  readonly message: string;
  readonly status: number;
  readonly status_code: number;
  readonly headers: unknown;
  readonly errorDetails: readonly { readonly retryDelay?: string }[];
}

function kindOf(status: number): FailureKind {
  if (status === 401 || status === 403) return "refused-key";
  if (status === 404) return "no-model";
  if (status === 429) return "rate-limited";
  if (status === 408 || status === 409 || status >= 500) return "overloaded";
  return "refused";
}

/** Anthropic and OpenAI say it in a header, Google in the body's details: "17s". */
function retryAfter({ headers, errorDetails }: ClientError): number | undefined {
  const header = headers instanceof Headers ? headers.get("retry-after") : undefined;
  const delay = Array.isArray(errorDetails)
    ? errorDetails.find((one) => one?.retryDelay !== undefined)?.retryDelay
    : undefined;
  const seconds = Number.parseFloat(header ?? delay ?? "");
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds * 1_000) : undefined;
}

/** The class and codes of what was thrown, for the log's chain of causes: none of its text. */
function stripped(error: unknown): object {
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  const inner = (error as { cause?: { code?: unknown } } | undefined)?.cause?.code;
  const found = [code, inner].find((one) => typeof one === "string" || typeof one === "number");
  return { name: typeof name === "string" ? name : "thrown", ...(found === undefined ? {} : { code: found }) };
}
