import { ConfigurationError, type Clock, type GuildEvent, type Log, type Metrics, type Store } from "#core";
import {
  createGateway,
  createLedger,
  loadPrompts,
  monthOf,
  type Access,
  type GatewayChoices,
  type Ledger,
  type LimitName,
  type ModelGateway,
  type Provider,
} from "../adapters/llm/index.ts";
import { chainsOf, checkFirst, type Policies, type Settings } from "../config/index.ts";

export interface ModelParts {
  readonly settings: Settings;
  readonly policies: Policies;
  readonly promptsDirectory: string;
  readonly store: Pick<Store, "guild" | "guilds">;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** A limit that was reached is an event like any other. */
  readonly submit: (event: GuildEvent) => Promise<void>;
}

export interface Models {
  readonly gateway: ModelGateway;
  readonly ledger: Ledger;
}

/** Which models there are, what they may cost, and who is told; nothing is loaded and nobody is asked yet. */
export function openModels(parts: ModelParts): Models {
  const { settings, policies, store, clock, log, metrics } = parts;
  checkFirst(policies.models, settings.models);
  const plan = policies.models.plans[policies.models.plan];
  if (plan === undefined) throw new ConfigurationError(`models.plan: there is no plan "${policies.models.plan}"`);
  const now = () => clock.now();
  const ledger = createLedger({
    ...{ store, plan, now },
    budgetOf: async (guildId) => policies.policyFor(guildId, (await store.guild(guildId).policies(1))[0]).budget,
  });
  const gateway = createGateway({
    ...{ ledger, now, log, metrics },
    choices: gatewayChoices(settings, policies),
    prompts: loadPrompts(parts.promptsDirectory),
    onLimit: limitTeller(parts),
  });
  return { gateway, ledger };
}

const FIRST_WAIT_MS = 200;

export function gatewayChoices(settings: Settings, { models }: Policies): GatewayChoices {
  const access = Object.entries(settings.models.providers).map(([provider, { key, baseUrl }]): [string, Access] => [
    provider,
    { ...(key === undefined ? {} : { key: key.reveal() }), ...(baseUrl === undefined ? {} : { baseUrl }) },
  ]);
  const { witnesses, embeddings, ...chains } = chainsOf(models, settings.models);
  const [embedding] = embeddings;
  return {
    ...{ chains, witnesses },
    ...(embedding === undefined ? {} : { embedding }),
    access: Object.fromEntries(access) as Partial<Record<Provider, Access>>,
    prices: models.prices,
    deadlineMs: models.deadline,
    timeoutMs: models.timeout,
    retries: models.retries,
    firstWaitMs: FIRST_WAIT_MS,
    longestWaitMs: models.longestWait,
    atOnce: models.atOnce,
    breakAfter: models.breakAfter,
    breakMs: models.breakFor,
    reuseMs: models.reuseFor,
    maxTokens: models.maxTokens,
    ...(models.hedgeAfter === undefined ? {} : { hedgeAfterMs: models.hedgeAfter }),
  };
}

/** One event for each guild, limit and month: its id is the same however often it is said, and by which process. */
function limitTeller({ clock, log, submit }: ModelParts): (guildId: string, limit: LimitName) => void {
  const told = new Set<string>();
  return (guildId, limit) => {
    const at = clock.now();
    const { name: month } = monthOf(at);
    const id = `budget:${guildId}:${limit}:${month}`;
    if (told.has(id)) return;
    told.add(id);
    submit({ id, guildId, at, kind: "budget.reached", limit, month }).catch(() => {
      told.delete(id);
      log.warn({ guild: guildId, limit }, "a limit was reached, and it could not be said");
    });
  };
}
