import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  canonical,
  ConfigurationError,
  type Agent,
  type AgentPolicy,
  type GuildPolicy,
  type OwnPolicy,
  type PolicyChange,
  type PolicyFor,
  type PolicyPreset,
} from "#core";
import { amended } from "./amend.ts";
import { approvalPolicy } from "./approval.ts";
import { checked, guildChoices, listNames, readPresets, writtenChoices } from "./choices.ts";
import { readDocument } from "./documents.ts";
import type { ListChoices } from "./lists-schema.ts";
import type { ModelChoices } from "./models-schema.ts";
import { presetDocuments } from "./presets.ts";
import { defaultSchema, type GuildChoices, type RoadChoices } from "./schema.ts";

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

export interface ListSettings {
  readonly name: string;
  readonly from: string;
  readonly everyMs: number;
  readonly mostEntries: number;
}

export interface Policies {
  /**
   * What is in force: the guild's file, or else the choices kept in the store, over the defaults. Always the same object for
   * the same choices, so that what agents make of their configuration is made once.
   */
  readonly policyFor: PolicyFor;
  /** The guild's choices as it would keep them; throws a ConfigurationError that names line, column and remedy. */
  check(guildId: string, document: string): GuildPolicy;
  /** A document with these settings changed and everything else as it was; what it then says is for `check`. */
  amend(document: string, changes: readonly PolicyChange[]): string;
  readonly road: RoadSettings;
  readonly models: ModelChoices;
  /** Lists of domains that are kept up to date from outside; of files with their whole path. */
  readonly lists: readonly ListSettings[];
  /** What the guild would have chosen with this file as its own: for rehearsing it before it is put in place. */
  policyFromFile(guildId: string, file: string): GuildPolicy;
  /** Guilds with a file of their own. */
  readonly guildIds: readonly string[];
  /** What a guild may start from, by the name of its file in config/presets. */
  readonly presets: readonly PolicyPreset[];
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
  const presetFiles = presetDocuments(configDirectory);
  const names = presetFiles.map(({ name }) => name);
  const { road, models, lists } = checked(defaultSchema(agents, names, listNames(fallback)), fallback.value, [
    fallback,
  ]);
  const failures: string[] = [];
  const presets = readPresets(presetFiles, { fallback, agents }, failures);
  const ground = { fallback, agents, presets };
  if (failures.length > 0) throw new ConfigurationError(failures.join("\n"));
  const own = new Map<string, GuildChoices>();
  for (const { guildId, file } of guildFiles(configDirectory, failures)) {
    try {
      own.set(guildId, guildChoices(readDocument(file), ground));
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      failures.push(error.message);
    }
  }
  if (failures.length > 0) throw new ConfigurationError(failures.join("\n"));
  const defaults = writtenChoices("", ground);
  const fromFile = (file: string): GuildChoices => guildChoices(readDocument(file), ground);
  const fromText = (text: string): GuildChoices => writtenChoices(text, ground);
  const listed = listSettings(lists, configDirectory);
  return policiesOf({ own, defaults, road, models, lists: listed, builds, presets, fromFile, fromText });
}

interface Read {
  readonly own: ReadonlyMap<string, GuildChoices>;
  readonly defaults: GuildChoices;
  readonly road: RoadChoices;
  readonly models: ModelChoices;
  readonly lists: readonly ListSettings[];
  readonly builds: Readonly<Record<string, string>>;
  readonly presets: readonly PolicyPreset[];
  readonly fromFile: (file: string) => GuildChoices;
  readonly fromText: (text: string) => GuildChoices;
}

function policiesOf({ own, defaults, road, models, lists, builds, presets, fromFile, fromText }: Read): Policies {
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
          ? {
              ...policyOf(guildId, own.get(guildId) ?? defaults, builds),
              ...(isFile && { isKeptInFile: true as const }),
            }
          : chosenPolicy(
              chosen,
              () => check(guildId, chosen.document),
              () => policyOf(guildId, defaults, builds),
            );
      known.set(key, policy);
      return policy;
    },
    check,
    amend: amended,
    policyFromFile: (guildId, file) => policyOf(guildId, fromFile(file), builds),
    road: roadSettings(road),
    models,
    lists,
    guildIds: [...own.keys()],
    presets: presets.map(({ name, title, about }) => ({ name, title, about })),
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

/** A file lies beside default.yaml, wherever the program was started. */
function listSettings(lists: ListChoices, directory: string): readonly ListSettings[] {
  return Object.entries(lists).map(([name, { from, every, mostEntries }]) => ({
    ...{ name, from: /^https?:/.test(from) ? from : resolve(directory, from) },
    ...{ everyMs: every, mostEntries },
  }));
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
  const { perRule, perModerator, perGuild } = choices.quota;
  const policy = {
    ...(choices.locale === undefined ? {} : { locale: choices.locale }),
    ...(choices.preset === undefined ? {} : { preset: choices.preset }),
    usesPerMinute: choices.usesPerMinute,
    confirmAbove: choices.confirmAbove,
    agents,
    staffRoleIds: choices.staffRoleIds,
    otherBots: choices.otherBots,
    ...(choices.noticeChannelId !== undefined && { noticeChannelId: choices.noticeChannelId }),
    quota: {
      perRule: { measures: perRule.measures, perSeconds: perRule.per },
      perModerator: { measures: perModerator.measures, perSeconds: perModerator.per },
      perGuild: { measures: perGuild.measures, perSeconds: perGuild.per },
    },
    approval: approvalPolicy(choices.approval),
    minimumConfidence: choices.minimumConfidence,
    evidenceDays: choices.evidenceDays,
    budget: choices.budget,
  };
  return { guildId, hash: hashOf(policy), ...policy };
}

function hashOf(value: unknown): string {
  return createHash("sha256").update(canonical(value)).digest("hex");
}
