import { GuildhallError, type Log } from "#core";
import type { FastifyError, FastifyInstance, FastifyReply } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";

/** What a door answers instead of data: a status and one line that says what to do. */
export class Refusal extends GuildhallError {
  readonly status: number;

  constructor(status: number, code: string, detail: string, options: { cause?: unknown } = {}) {
    super(code, detail, options);
    this.status = status;
  }
}

export const notFound = (what: string): Refusal => new Refusal(404, "not-found", what);

const TITLES: Readonly<Record<number, string>> = {
  400: "Bad request",
  401: "Not signed in",
  403: "Forbidden",
  404: "Not found",
  405: "Method not allowed",
  409: "Conflict",
  413: "Too large",
  415: "Unsupported media type",
  421: "Misdirected request",
  500: "Internal error",
  503: "Unavailable",
};

export function sendProblem(reply: FastifyReply, status: number, code: string, detail: string): FastifyReply {
  const problem = { type: "about:blank", title: TITLES[status] ?? "Error", status, detail, code };
  return reply.code(status).header("content-type", "application/problem+json").send(JSON.stringify(problem));
}

/** Every error becomes problem+json. What is our own fault is logged whole and said in one line without details. */
export function answerErrors(app: FastifyInstance, log: Log): void {
  app.setNotFoundHandler((request, reply) =>
    sendProblem(reply, 404, "not-found", `there is nothing at ${request.method} ${pathOf(request.url)}`),
  );
  app.setErrorHandler((error: FastifyError | Error, request, reply) => {
    const { status, code, detail } = problemOf(error);
    if (status >= 500) {
      log.error(
        { error, method: request.method, route: request.routeOptions.url, request: request.id },
        "a request failed",
      );
    }
    return sendProblem(reply, status, code, detail);
  });
}

function problemOf(error: FastifyError | Error): { status: number; code: string; detail: string } {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const first = error.validation[0];
    const where = first === undefined ? "" : `${first.instancePath.slice(1).replaceAll("/", ".")} `;
    const part = "validationContext" in error ? String(error.validationContext) : "request";
    return { status: 400, code: "invalid", detail: `${part}: ${where}${first?.message ?? "is not valid"}` };
  }
  if (error instanceof Refusal) return { status: error.status, code: error.code, detail: error.message };
  if (error instanceof GuildhallError) {
    return { status: error.retry === "later" ? 503 : 409, code: error.code, detail: error.message };
  }
  const status = "statusCode" in error ? (error.statusCode ?? 500) : 500;
  if (status < 500) return { status, code: "invalid", detail: error.message };
  return { status: 500, code: "internal", detail: "something went wrong in the house; the log says what" };
}

function pathOf(url: string): string {
  return url.split("?", 1)[0] ?? url;
}
