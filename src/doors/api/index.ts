import type { AddressInfo } from "node:net";
import swagger from "@fastify/swagger";
import { ConfigurationError } from "#core";
import Fastify from "fastify";
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from "fastify-type-provider-zod";
import { withoutUnused, withProblemType } from "./components.ts";
import { watchDeletions } from "./deletions.ts";
import { createFeed } from "./feed.ts";
import { guard, signIn } from "./guard.ts";
import type { House } from "./house.ts";
import { servePage } from "./page.ts";
import { answerErrors } from "./problems.ts";
import type { App } from "./routes/app.ts";
import { approvalRoutes } from "./routes/approvals.ts";
import { appealRoutes } from "./routes/appeal.ts";
import { caseRoutes } from "./routes/cases.ts";
import { calendarRoutes } from "./routes/calendars.ts";
import { demoRoutes } from "./routes/demo.ts";
import { gatheringRoutes } from "./routes/gatherings.ts";
import { guildRoutes } from "./routes/guilds.ts";
import { knowledgeRoutes } from "./routes/knowledge.ts";
import { leaderboardRoutes } from "./routes/leaderboard.ts";
import { policyRoutes } from "./routes/policy.ts";
import { raidRoutes } from "./routes/raid.ts";
import { ticketRoutes } from "./routes/tickets.ts";
import { transcriptRoutes } from "./routes/transcripts.ts";
import { houseRoutes } from "./routes/house.ts";
import { modelRoutes } from "./routes/models.ts";

export { appealPath } from "./appeal-link.ts";
export type * from "./house.ts";

export interface Api {
  /** Port 0 takes a free one. A taken or forbidden port is a ConfigurationError. */
  listen(host: string, port: number): Promise<{ readonly url: string }>;
  /** The OpenAPI 3.1 document. */
  document(): Promise<object>;
  /** Ends live feeds, finishes answers under way. */
  close(): Promise<void>;
}

/**
 * Named before the server is made: otherwise it loads compilers of its own at every start, only to be told of these. Fastify's
 * type for them knows Ajv's schemas alone.
 */
const COMPILERS = { buildValidator: () => validatorCompiler, buildSerializer: () => serializerCompiler } as never;

/** A signed link is longer than what Fastify takes for a name in an address. */
const LONGEST_PARAM = 500;

/** The HTTP door. It reads the store and hands events to `house.submit`; it can do nothing else. */
export function createApi(house: House): Api {
  const app: App = Fastify({
    logger: false,
    forceCloseConnections: true,
    bodyLimit: 65_536,
    routerOptions: { maxParamLength: LONGEST_PARAM },
    schemaController: { compilersFactory: COMPILERS },
  }).withTypeProvider<ZodTypeProvider>();
  const feed = createFeed(house);
  const deletions = watchDeletions(house);
  const keys = { token: house.token, allowedHosts: house.allowedHosts ?? [] };
  app.removeContentTypeParser("text/plain");
  answerErrors(app, house.log);
  guard(app, keys);
  signIn(app, keys);
  app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Guildhall", version: "1", description: "What the house did, and why." },
      components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
      security: [{ token: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => withProblemType(withoutUnused(jsonSchemaTransformObject(document))),
  });
  app.register(async (scope: App) => {
    houseRoutes(scope, house, feed);
    guildRoutes(scope, house);
    caseRoutes(scope, house);
    appealRoutes(scope, house);
    approvalRoutes(scope, house);
    policyRoutes(scope, house);
    knowledgeRoutes(scope, house);
    modelRoutes(scope, house);
    raidRoutes(scope, house);
    ticketRoutes(scope, house);
    transcriptRoutes(scope, house);
    gatheringRoutes(scope, house);
    calendarRoutes(scope, house);
    leaderboardRoutes(scope, house);
    demoRoutes(scope, house, deletions);
    scope.get("/api/openapi.json", { schema: { hide: true } }, () => app.swagger());
    await servePage(scope, house.dashboardDir);
  });
  return {
    listen: (host, port) => listen(app, host, port),
    document: async () => {
      await app.ready();
      return app.swagger();
    },
    close: async () => {
      feed.close();
      deletions.stop();
      await app.close();
    },
  };
}

async function listen(app: App, host: string, port: number): Promise<{ readonly url: string }> {
  try {
    await app.listen({ host, port });
  } catch (cause) {
    throw listenError(cause, host, port);
  }
  const { port: taken } = app.server.address() as AddressInfo;
  const name = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  return { url: `http://${name}:${taken}` };
}

const LISTEN_ERRORS: Readonly<Record<string, string>> = {
  EADDRINUSE: "is taken by another program: set PORT to a free one",
  EACCES: "may not be opened by this user: set PORT to one above 1023",
  EADDRNOTAVAIL: "is not an address of this machine: set HOST to one that is",
  ENOTFOUND: "is not an address of this machine: set HOST to one that is",
};

function listenError(cause: unknown, host: string, port: number): unknown {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const remedy = LISTEN_ERRORS[code];
  return remedy === undefined ? cause : new ConfigurationError(`${host}:${port} ${remedy}`, { cause });
}
