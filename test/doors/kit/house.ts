import { ConfigurationError, type GuildPolicy, type Log, type Store } from "#core";
import type { Rehearsed } from "../../../src/flow/index.ts";
import { createMemoryStore } from "../../../src/adapters/memory/store/index.ts";
import type { House } from "../../../src/doors/api/house.ts";
import { createPasses } from "../../../src/doors/api/passes.ts";
import { createRoad, GUILD, type Road, STAFF_ROLE } from "./road.ts";
import { createWorld } from "./world.ts";

export const TOKEN = "a-token-for-tests";

export interface TestHouse extends House {
  readonly road: Road;
  readonly store: Store;
  readonly logged: { readonly fields: object; readonly message: string }[];
}

const policy: GuildPolicy = {
  guildId: GUILD,
  hash: "kit",
  locale: "en-GB",
  agents: { porter: { mode: "live", config: {}, hash: "porter-kit" } },
  staffRoleIds: [STAFF_ROLE],
  quota: { perRule: { measures: 10, perSeconds: 60 }, perModerator: { measures: 10, perSeconds: 60 } },
  approval: { verbs: ["member.ban"], expireAfterSeconds: 3600 },
  minimumConfidence: 0.5,
  budget: { callsPerMonth: -1, dollarsPerDay: -1, dollarsPerMonth: -1 },
};

/** A guild whose choices are kept in a file. */
export const FILED_GUILD = "900000000000000003";

function checkPolicy(_guildId: string, document: string): GuildPolicy {
  if (document.includes("wrong")) throw new ConfigurationError("policy:1:1 expected anything else");
  const porter = { mode: "live", config: {}, hash: "another" } as const;
  return document.includes("strict") ? { ...policy, agents: { porter } } : policy;
}

/** Another configuration of the agent than the one in force meets every tenth message. */
const heavy = ({ porter }: GuildPolicy["agents"]): Rehearsed["hits"] =>
  porter?.hash === "another" ? [{ agent: "porter", rule: "knock", messages: 4 }] : [];

const PRESETS = [{ name: "quiet", title: { en: "Quiet", de: "Ruhig" }, about: "For those who whisper." }];

export async function createTestHouse(changes: Partial<House> = {}): Promise<TestHouse> {
  const store = createMemoryStore();
  const road = await createRoad(store);
  const logged: { fields: object; message: string }[] = [];
  const note = (fields: object, message: string): void => void logged.push({ fields, message });
  const log: Log = { debug: note, info: note, warn: note, error: note };
  return {
    ...{ store, road, log, logged, token: TOKEN },
    clock: { now: () => road.now() },
    submit: (event) => road.submit(event),
    onCommitted: (listener) => road.onCommitted(listener),
    health: () => ({ alive: true, ready: true, degraded: [], details: {} }),
    models: () => [
      {
        ...{ provider: "openai", models: ["openai:gpt-5-mini"], breaker: "closed", answered: 3, failed: 1 },
        ...{ medianMs: 420, lastFailure: { kind: "overloaded", at: 5, status: 503 } },
      },
    ],
    modelLimit: () => Promise.resolve(undefined),
    metricsText: () => Promise.resolve("guildhall_events_total 3\n"),
    agents: [{ name: "porter", description: "Keeps the door." }],
    policies: {
      policyFor: (_guildId, own) => ({ ...policy, ...own }),
      check: checkPolicy,
      guildIds: [FILED_GUILD],
      presets: PRESETS,
    },
    passes: createPasses(TOKEN),
    transcript: () => Promise.resolve(undefined),
    rolesOf: () => Promise.resolve(undefined),
    rehearse: async (guild, { guildId, agents }) => {
      const rows = await guild.latest({ limit: 200 });
      const events = guildId === GUILD ? rows.length : 0;
      return { events, messages: 40, hits: heavy(agents), textExpired: 0, rulings: [], examples: [] };
    },
    demo: createWorld(road),
    dashboardDir: "/nonexistent",
    ...changes,
  };
}
