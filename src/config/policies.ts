import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import {
  canonical,
  ConfigurationError,
  type Agent,
  type AgentPolicy,
  type GuildPolicy,
  type OwnPolicy,
  type PolicyFor,
} from "#core";
import { approvalPolicy } from "./approval.ts";
import { documentOf, readDocument, type ConfigDocument, type Path } from "./documents.ts";
import type { ModelChoices } from "./models-schema.ts";
import { mistakesOf } from "./mistakes.ts";
import { defaultSchema, guildSchema, type GuildChoices, type RoadChoices } from "./schema.ts";

/** How the road works, for the whole process; times in milliseconds. */
export interface RoadSettings {
  readonly deadlineMs: number;
  readonly leaseMs: number;
  readonly reconcileAfterMs: number;
  readonly lookEveryMs: number;
  readonly shardLeaseMs: number;
  readonly handsAtOnce: number;
  readonly shedAbove: number;
  readonly record: "speaking" | "all";
}

export interface Policies {
  /**
   * What is in force: the guild's file, or else the choices kept in the store, over the defaults. Always the same object for
   * the same choices, so that what agents make of their configuration is made once.
   */
  readonly policyFor: PolicyFor;
  /** The guild's choices as it would keep them; throws a ConfigurationError that names line, column and remedy. */
  check(guildId: string, document: string): GuildPolicy;
  readonly road: RoadSettings;
  readonly models: ModelChoices;
  /** What the guild would have chosen with this file as its own: for rehearsing it before it is put in place. */
  policyFromFile(guildId: string, file: string): GuildPolicy;
  /** Guilds with a file of their own. */
  readonly guildIds: readonly string[];
}

/**
 * Reads default.yaml and every guild's own file, all of them before anything starts. `builds` names the build of each agent:
 * it is part of the hash a decision is recorded with.
 */
export function loadPolicies(
  configDirectory: string,
  agents: readonly Agent[],
  builds: Readonly<Record<string, string>> = {},
): Policies {
  const fallback = readDocument(join(configDirectory, "default.yaml"));
  const { road, models, ...defaults } = checked(defaultSchema(agents), fallback.value, [fallback]);
  const own = new Map<string, GuildChoices>();
  const failures: string[] = [];
  for (const { guildId, file } of guildFiles(configDirectory, failures)) {
    try {
      own.set(guildId, guildChoices(readDocument(file), fallback, agents));
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      failures.push(error.message);
    }
  }
  if (failures.length > 0) throw new ConfigurationError(failures.join("\n"));
  const fromFile = (file: string): GuildChoices => guildChoices(readDocument(file), fallback, agents);
  const fromText = (text: string): GuildChoices => guildChoices(documentOf("policy", text), fallback, agents);
  return policiesOf({ own, defaults, road, models, builds, fromFile, fromText });
}

interface Read {
  readonly own: ReadonlyMap<string, GuildChoices>;
  readonly defaults: GuildChoices;
  readonly road: RoadChoices;
  readonly models: ModelChoices;
  readonly builds: Readonly<Record<string, string>>;
  readonly fromFile: (file: string) => GuildChoices;
  readonly fromText: (text: string) => GuildChoices;
}

function policiesOf({ own, defaults, road, models, builds, fromFile, fromText }: Read): Policies {
  const known = new Map<string, GuildPolicy>();
  const check = (guildId: string, document: string) => policyOf(guildId, fromText(document), builds);
  return {
    policyFor: (guildId, chosen) => {
      const isFile = own.has(guildId);
      const key = isFile || chosen === undefined ? guildId : `${guildId}/${chosen.version}`;
      const before = known.get(key);
      if (before !== undefined) return before;
      const policy =
        isFile || chosen === undefined
          ? policyOf(guildId, own.get(guildId) ?? defaults, builds)
          : chosenPolicy(
              chosen,
              () => check(guildId, chosen.document),
              () => policyOf(guildId, defaults, builds),
            );
      known.set(key, policy);
      return policy;
    },
    check,
    policyFromFile: (guildId, file) => policyOf(guildId, fromFile(file), builds),
    road: roadSettings(road),
    models,
    guildIds: [...own.keys()],
  };
}

/** Choices were checked when they were stored, and may have become unreadable by an upgrade since: the house goes on. */
function chosenPolicy({ version }: OwnPolicy, check: () => GuildPolicy, fallback: () => GuildPolicy): GuildPolicy {
  try {
    return { ...check(), version };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return { ...fallback(), version, problem: error.message };
  }
}

function roadSettings(road: RoadChoices): RoadSettings {
  const { deadline, lease, reconcileAfter, lookEvery, shardLease, handsAtOnce, shedAbove, record } = road;
  return {
    deadlineMs: deadline,
    leaseMs: lease,
    reconcileAfterMs: reconcileAfter,
    lookEveryMs: lookEvery,
    shardLeaseMs: shardLease,
    handsAtOnce,
    shedAbove,
    record,
  };
}

/** A guild's file over the default one, as a whole valid again; the default one alone is, so mistakes are the guild's. */
export function guildChoices(
  document: ConfigDocument,
  fallback: ConfigDocument,
  agents: readonly Agent[],
): GuildChoices {
  const { road: _road, models: _models, ...base } = fallback.value as Record<string, unknown>;
  return checked(guildSchema(agents), merged(base, document.value), [document, fallback]);
}

function checked<T>(
  schema: z.ZodType<T>,
  value: unknown,
  documents: readonly [ConfigDocument, ...ConfigDocument[]],
): T {
  const broken = documents.flatMap((document) => document.mistakes);
  if (broken.length > 0) throw new ConfigurationError(broken.join("\n"));
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const known = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  const lines = mistakesOf(result.error.issues, value, known).map(({ path, isKey, says }) => {
    const place = isKey ? documents[0].placeOfKey(path) : documents[0].place(path);
    return `${place} ${named(isKey ? path.slice(0, -1) : path)}${says}`;
  });
  throw new ConfigurationError(lines.sort(byPlace.compare).join("\n"), { cause: result.error });
}

/** Line 9 before line 10. */
const byPlace = new Intl.Collator("en", { numeric: true });

function named(path: Path): string {
  return path.length === 0 ? "" : `${path.map(String).join(".")}: `;
}

/** Blocks are merged key by key; a list or a value replaces the one before. */
function merged(base: unknown, over: unknown): unknown {
  if (over === undefined) return base;
  if (!isBlock(base) || !isBlock(over)) return over;
  const keys = new Set([...Object.keys(base), ...Object.keys(over)]);
  return Object.fromEntries([...keys].map((key) => [key, merged(base[key], over[key])]));
}

function isBlock(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** example.yaml is there to be read by people; every other name must be a guild's id. */
function guildFiles(directory: string, failures: string[]): readonly { guildId: string; file: string }[] {
  const folder = join(directory, "guilds");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      if (name === "example.yaml" || name.startsWith(".")) return [];
      const guildId = /^(\d{17,20})\.yaml$/.exec(name)?.[1];
      if (guildId !== undefined) return [{ guildId, file: join(folder, name) }];
      failures.push(`${join(folder, name)}: expected a file named <guild id>.yaml, found ${JSON.stringify(name)}`);
      return [];
    });
}

function policyOf(guildId: string, choices: GuildChoices, builds: Readonly<Record<string, string>>): GuildPolicy {
  const agents = Object.fromEntries(
    Object.entries(choices.agents).map(([name, chosen]): [string, AgentPolicy] => {
      const { mode, config } = chosen;
      return [name, { mode, config, hash: hashOf({ config, build: builds[name] ?? "" }) }];
    }),
  );
  const { perRule, perModerator } = choices.quota;
  const policy = {
    ...(choices.locale === undefined ? {} : { locale: choices.locale }),
    usesPerMinute: choices.usesPerMinute,
    agents,
    staffRoleIds: choices.staffRoleIds,
    otherBots: choices.otherBots,
    ...(choices.noticeChannelId !== undefined && { noticeChannelId: choices.noticeChannelId }),
    quota: {
      perRule: { measures: perRule.measures, perSeconds: perRule.per },
      perModerator: { measures: perModerator.measures, perSeconds: perModerator.per },
    },
    approval: approvalPolicy(choices.approval),
    minimumConfidence: choices.minimumConfidence,
    budget: choices.budget,
  };
  return { guildId, hash: hashOf(policy), ...policy };
}

function hashOf(value: unknown): string {
  return createHash("sha256").update(canonical(value)).digest("hex");
}
