import { createApi } from "./index.ts";
import { createPasses } from "./passes.ts";

const silent = (): void => undefined;

/** The OpenAPI document alone: for the client's generator, which has no house to ask. */
export async function openApiDocument(): Promise<object> {
  const api = createApi({
    store: undefined as never,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    clock: { now: () => 0 },
    token: "",
    submit: () => Promise.reject(new Error("a document takes no events")),
    onCommitted: () => silent,
    health: () => ({ alive: true, ready: false, degraded: [], details: {} }),
    models: () => [],
    modelLimit: () => Promise.resolve(undefined),
    metricsText: () => Promise.resolve(""),
    agents: [],
    policies: { policyFor: () => undefined as never, check: () => undefined as never, guildIds: [], presets: [] },
    passes: createPasses(""),
    transcript: () => Promise.resolve(undefined),
    rolesOf: () => Promise.resolve(undefined),
    rehearse: () => Promise.reject(new Error("a document rehearses nothing")),
    dashboardDir: "/nonexistent",
  });
  const document = await api.document();
  await api.close();
  return document;
}
