import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { format } from "prettier";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { ConfigurationError, defineAgent, type Agent } from "#core";
import { buildOf } from "./builds.ts";
import { documentOf } from "./documents.ts";
import { guildChoices } from "./choices.ts";
import { loadPolicies } from "./policies.ts";
import { policyJsonSchema } from "./schema.ts";

const GUILD = "801000000000000001";
const repository = join(import.meta.dirname, "../..");
const root = mkdtempSync(join(tmpdir(), "guildhall-policies-"));
let directory = root;
beforeEach(() => {
  directory = mkdtempSync(join(root, "case-"));
  mkdirSync(join(directory, "guilds"));
});
afterAll(() => rmSync(root, { recursive: true }));

const greeter = defineAgent({
  name: "greeter",
  description: "Says hello.",
  listens: ["member.joined"],
  config: z.strictObject({
    text: z.string().min(2).default("Welcome!"),
    channels: z.strictObject({ main: z.string().optional(), extra: z.array(z.string()).default([]) }).prefault({}),
    chance: z.number().int().max(100).default(100),
  }),
  decide: () => [],
});
const keeper = defineAgent({
  name: "keeper",
  description: "Keeps the door.",
  listens: ["member.left"],
  config: z
    .strictObject({ from: z.number().default(1), to: z.number().default(2) })
    .refine((range) => range.from < range.to, { message: "an end after the start", path: ["to"] }),
  decide: () => [],
});
const agents = [greeter, keeper];
/** As they are shipped. */
const PRESETS = ["course", "dao-nft", "friends", "gaming"];

const roadDefaults = {
  deadlineMs: 15_000,
  leaseMs: 60_000,
  reconcileAfterMs: 20_000,
  lookEveryMs: 500,
  shardLeaseMs: 10_000,
  handsAtOnce: 8,
  shedAbove: 1_000,
  record: "speaking",
};

function files(contents: Record<string, string>): void {
  for (const [name, text] of Object.entries(contents)) writeFileSync(join(directory, name), text);
}

/** The lines of what is said, with the folder left out. */
function refusal(contents: Record<string, string>): string[] {
  files(contents);
  try {
    loadPolicies(directory, agents);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.message
      .replaceAll(`${relative(process.cwd(), directory)}/`, "")
      .replaceAll(`${directory}/`, "")
      .split("\n");
  }
  return [];
}

describe("policies", () => {
  it("are whole with an empty default file: every agent in shadow with its own defaults", () => {
    files({ "default.yaml": "" });
    const { policyFor, road, guildIds } = loadPolicies(directory, agents);
    expect(policyFor(GUILD)).toMatchObject({
      guildId: GUILD,
      usesPerMinute: 30,
      staffRoleIds: [],
      minimumConfidence: 0.8,
      evidenceDays: 90,
      budget: { callsPerMonth: -1, dollarsPerDay: -1, dollarsPerMonth: -1 },
      quota: {
        perRule: { measures: 20, perSeconds: 600 },
        perModerator: { measures: 15, perSeconds: 600 },
        perGuild: { measures: 60, perSeconds: 600 },
      },
      approval: { verbs: ["member.kick", "member.ban", "members.bulk-ban"], expireAfterSeconds: 86_400 },
      agents: {
        greeter: { mode: "shadow", config: { text: "Welcome!", channels: { extra: [] }, chance: 100 } },
        keeper: { mode: "shadow", config: { from: 1, to: 2 } },
      },
    });
    expect(road).toEqual(roadDefaults);
    expect(guildIds).toEqual([]);
  });

  it("take a guild's file over the default, blocks merged and lists replaced", () => {
    files({
      "default.yaml": `
agents: { greeter: { mode: live, config: { text: Hello, channels: { main: lobby, extra: [one, two] } } } }
approval: { verbs: [member.ban], expireAfter: 90m }
road: { deadline: 100ms, lease: 400ms, reconcileAfter: 150ms, lookEvery: 20ms, record: all }
`,
      [`guilds/${GUILD}.yaml`]: `
agents: { greeter: { config: { channels: { extra: [three] } } }, keeper: { mode: "off" } }
staffRoleIds: [801000000000000055, "801000000000000056"]
`,
    });
    const { policyFor, road, guildIds } = loadPolicies(directory, agents);
    expect(guildIds).toEqual([GUILD]);
    expect(road).toEqual({
      ...roadDefaults,
      deadlineMs: 100,
      leaseMs: 400,
      reconcileAfterMs: 150,
      lookEveryMs: 20,
      record: "all",
    });
    expect(policyFor(GUILD)).toMatchObject({
      approval: { verbs: ["member.ban"], expireAfterSeconds: 5_400 },
      // Without quotes an id is a number too long for a number; its digits are kept all the same.
      staffRoleIds: ["801000000000000055", "801000000000000056"],
      agents: {
        greeter: { mode: "live", config: { text: "Hello", channels: { main: "lobby", extra: ["three"] } } },
        keeper: { mode: "off" },
      },
    });
    expect(policyFor("801000000000000002").agents["greeter"]?.config).toMatchObject({
      channels: { extra: ["one", "two"] },
    });
    expect(policyFor(GUILD)).toBe(policyFor(GUILD));
  });

  it("take what a guild chose from the store, unless it has a file", () => {
    files({
      "default.yaml": "agents: { greeter: { mode: live } }\n",
      "guilds/801000000000000002.yaml": "locale: es\n",
    });
    const { policyFor } = loadPolicies(directory, agents);
    const own = { version: 3, document: "locale: fr\n", by: "dashboard:owner", at: 1 };
    const chosen = policyFor(GUILD, own);
    expect(chosen).toMatchObject({ version: 3, locale: "fr", agents: { greeter: { mode: "live" } } });
    expect(policyFor(GUILD, own)).toBe(chosen);
    expect(policyFor(GUILD)).not.toHaveProperty("locale");
    expect(policyFor("801000000000000002", own)).toMatchObject({ locale: "es" });
    expect(policyFor("801000000000000002", own).version).toBeUndefined();
  });

  it("go on with the defaults where stored choices can no longer be read, and say why", () => {
    files({ "default.yaml": "locale: de\n" });
    const policies = loadPolicies(directory, agents);
    const own = { version: 4, document: "agents: { greter: {} }\n", by: "dashboard:owner", at: 1 };
    const policy = policies.policyFor(GUILD, own);
    expect(policy).toMatchObject({ version: 4, locale: "de" });
    expect(policy.problem).toMatch(/^policy:1:11 .*did you mean greeter/);
    expect(() => policies.check(GUILD, own.document)).toThrow(ConfigurationError);
  });

  it("show what a file would mean for a guild, and leave what holds as it is", () => {
    files({
      "default.yaml": "agents: { greeter: { config: { text: Hello } } }\n",
      "draft.yaml": "agents: { greeter: { mode: live } }\n",
      "wrong.yaml": "agents: { greter: {} }\n",
    });
    const policies = loadPolicies(directory, agents);
    const draft = policies.policyFromFile(GUILD, join(directory, "draft.yaml"));
    expect(draft).toMatchObject({ guildId: GUILD, agents: { greeter: { mode: "live", config: { text: "Hello" } } } });
    expect(policies.policyFor(GUILD).agents["greeter"]?.mode).toBe("shadow");
    expect(() => policies.policyFromFile(GUILD, join(directory, "wrong.yaml"))).toThrow(
      /wrong\.yaml:1:11 .*did you mean greeter/,
    );
  });

  it("have hashes that change with what was chosen, and with the agent's build, and with nothing else", () => {
    const hashes = (text: string, build = "1"): (string | undefined)[] => {
      files({ "default.yaml": text });
      const policy = loadPolicies(directory, agents, { greeter: build }).policyFor(GUILD);
      return [policy.hash, policy.agents["greeter"]?.hash, policy.agents["keeper"]?.hash];
    };
    const first = hashes("agents: { greeter: { config: { text: Hello, chance: 5 } } }");
    expect(first[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(hashes("# reordered\nagents:\n  greeter:\n    config:\n      chance: 5\n      text: Hello\n")).toEqual(
      first,
    );
    const changed = hashes("agents: { greeter: { config: { text: Hello, chance: 6 } } }");
    expect(changed.map((hash, index) => hash === first[index])).toEqual([false, false, true]);
    const rebuilt = hashes("agents: { greeter: { config: { text: Hello, chance: 5 } } }", "2");
    expect(rebuilt.map((hash, index) => hash === first[index])).toEqual([false, false, true]);
  });
});

describe("a mistake", () => {
  it.each<[string, string, string]>([
    [
      "an unknown agent",
      "agents:\n  greter: { mode: live }\n",
      '2:3 agents: expected one of greeter, keeper, found "greter" (did you mean greeter?)',
    ],
    [
      "an unknown setting",
      "locale: en\nqouta: {}\n",
      '2:1 expected one of preset, locale, usesPerMinute, staffRoleIds, otherBots, noticeChannelId, minimumConfidence, confirmAbove, evidenceDays, quota, approval, budget, agents, road, models, lists, found "qouta" (did you mean quota?)',
    ],
    [
      "an unknown setting of an agent",
      "agents:\n  greeter:\n    config:\n      txet: Hi\n",
      '4:7 agents.greeter.config: expected one of text, channels, chance, found "txet" (did you mean text?)',
    ],
    [
      "a word that is none of those",
      "agents:\n  greeter:\n    mode: alive\n",
      '3:11 agents.greeter.mode: expected one of off, shadow, live, found "alive" (did you mean live?)',
    ],
    [
      "a wrong type",
      "agents:\n  greeter:\n    config:\n      chance: often\n",
      '4:15 agents.greeter.config.chance: expected a number, found "often"',
    ],
    [
      "an absurd budget",
      "budget: { dollarsPerDay: -5 }\n",
      '1:26 budget.dollarsPerDay: expected -1 (no limit), or a number from 0 to 1000000, found "-5"',
    ],
    [
      "a budget in words",
      "budget: { callsPerMonth: lots }\n",
      '1:26 budget.callsPerMonth: expected a number, found "lots"',
    ],
    [
      "an unknown provider",
      "models: { small: [openia:gpt-5] }\n",
      '1:19 models.small.0: expected provider:model, the provider one of anthropic, openai, google-genai, ollama, found "openia:gpt-5"',
    ],
    [
      "a plan nobody wrote",
      "models: { plan: gold }\n",
      '1:17 models.plan: expected the name of one of the plans, found "gold"',
    ],
    ["too much", "minimumConfidence: 2\n", '1:20 minimumConfidence: expected a number of at most 1, found "2"'],
    [
      "too short",
      "agents: { greeter: { config: { text: x } } }\n",
      '1:38 agents.greeter.config.text: expected text of at least 2 characters, found "x"',
    ],
    [
      "an entry of a list",
      "approval:\n  verbs:\n    - member.ban\n    - member.kcik\n",
      "4:7 approval.verbs.1: expected one of",
    ],
    ["a block that is a list", "quota: [1]\n", "1:8 quota: expected a block of settings, found a list"],
    ["nothing where something belongs", "quota:\n", "1:7 quota: expected a block of settings, found nothing"],
    [
      "a duration without a unit",
      "approval: { expireAfter: 24 }\n",
      '1:26 approval.expireAfter: expected text, found "24"',
    ],
    [
      "a duration that is none",
      "approval: { expireAfter: soon }\n",
      '1:26 approval.expireAfter: expected a duration such as 90s, 10m or 24h, found "soon"',
    ],
    [
      "an id that is none",
      "staffRoleIds: [moderators]\n",
      '1:16 staffRoleIds.0: expected an id of 17 to 20 digits, in quotes, found "moderators"',
    ],
    ["times that contradict", "road: { lease: 5s }\n", "1:16 road.lease: expected a lease longer than the deadline"],
    ["broken YAML", "locale: [en\nagents: {}\n", "2:1 expected YAML, found:"],
    ["a key twice", "locale: en\nlocale: de\n", "2:1 expected YAML, found: Map keys must be unique"],
  ])("%s is shown where it stands", (_name, text, says) => {
    const lines = refusal({ "default.yaml": text });
    expect(lines[0]).toContain(`default.yaml:${says}`);
  });

  it("does not hide the others", () => {
    const lines = refusal({
      "default.yaml": "locale: english\nagents:\n  greeter: { mode: on, config: { chance: 1.5 } }\n  door: {}\n",
    });
    expect(lines.map((line) => line.split(" ")[0])).toEqual([
      "default.yaml:1:9",
      "default.yaml:3:20",
      "default.yaml:3:42",
      "default.yaml:4:3",
    ]);
  });

  it("of a guild is shown in the guild's file, every broken guild at once", () => {
    const lines = refusal({
      "default.yaml": "agents: { greeter: { config: { text: Hello } } }\n",
      "guilds/801000000000000001.yaml": "agents:\n  greeter:\n    config: { text: 7 }\n",
      "guilds/801000000000000002.yaml": "road: {}\n",
      "guilds/801000000000000003.yaml": "locale: de\n",
      "guilds/lantern.yaml": "locale: de\n",
    });
    expect(lines.map((line) => line.split(" ")[0]?.replace(/.*guilds/, "guilds"))).toEqual([
      "guilds/lantern.yaml:",
      "guilds/801000000000000001.yaml:3:21",
      "guilds/801000000000000002.yaml:1:1",
    ]);
  });

  it("that only the guild's choice makes one is the guild's", () => {
    const lines = refusal({
      "default.yaml": "agents: { keeper: { config: { to: 5 } } }\n",
      [`guilds/${GUILD}.yaml`]: "agents:\n  keeper:\n    config:\n      from: 9\n",
    });
    expect(lines).toEqual([
      `guilds/${GUILD}.yaml:4:7 agents.keeper.config.to: expected an end after the start, found "5"`,
    ]);
  });

  it("is a missing file, too", () => {
    expect(() => loadPolicies(join(directory, "nowhere"), agents)).toThrow(/default\.yaml: cannot be read \(ENOENT\)/);
  });
});

describe("the files we bring along", () => {
  const load = async (): Promise<Agent[]> => {
    const folder = join(repository, "agents");
    const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const loaded = names.map(async ({ name }) => {
      const module = (await import(pathToFileURL(join(folder, name, "index.ts")).href)) as { default: Agent };
      return module.default;
    });
    return Promise.all(loaded);
  };
  const text = (name: string): string => readFileSync(join(repository, "config", name), "utf8");

  it("are valid, and moderation is live", async () => {
    const policies = loadPolicies(join(repository, "config"), await load());
    const policy = policies.policyFor(GUILD);
    expect(policy.agents["moderation"]).toMatchObject({
      mode: "live",
      config: { rules: { "blocked-word": { then: { atLeast: "warn" } } } },
    });
    expect(policy.approval).toMatchObject({
      verbs: ["member.ban", "member.kick", "members.bulk-ban"],
      expireAfterSeconds: 86_400,
      quorum: 1,
      remindAfterSeconds: 3_600,
      people: [],
    });
    expect(policies.road).toEqual(roadDefaults);
    expect(policies.guildIds).toEqual([]);
  });

  it("hold an example that is valid, and says what it means", async () => {
    const example = documentOf("example.yaml", text("guilds/example.yaml"));
    const fallback = documentOf("default.yaml", text("default.yaml"));
    const choices = guildChoices(example, { fallback, agents: await load(), presets: [] });
    expect(choices).toMatchObject({
      locale: "de",
      quota: {
        perRule: { measures: 5, per: 3_600 },
        perModerator: { measures: 15, per: 600 },
        perGuild: { measures: 60, per: 600 },
      },
      agents: {
        moderation: {
          mode: "shadow",
          config: {
            rules: {
              "message-flood": { when: { flood: { messages: 12, seconds: 10 } } },
              "blocked-word": {
                when: { words: { list: ["free nitro", "gratis nitro"] } },
                then: { atLeast: "delete" },
              },
              "mention-spam": { enabled: false },
              "no-invites": { unless: { channels: ["123456789012345673"] } },
            },
          },
        },
      },
    });
  });

  it("hold rules whose mistakes are told with line, column and the nearest name", async () => {
    const agents = [...(await load()).filter(({ name }) => name === "moderation")];
    const ground = { fallback: documentOf("default.yaml", "{}"), agents, presets: [] };
    const mistakes = (rules: string): string => {
      try {
        guildChoices(documentOf("mine.yaml", `agents:\n  moderation:\n    config:\n      rules:\n${rules}`), ground);
      } catch (error) {
        return (error as Error).message;
      }
      return "";
    };
    const beneath = "agents.moderation.config.rules";
    expect(mistakes("        no-ads:\n          when: { wrods: { list: [x] } }\n")).toMatch(
      new RegExp(`^mine.yaml:6:19 ${beneath}.no-ads.when: .*found "wrods" \\(did you mean words\\?\\)$`),
    );
    expect(
      mistakes("        no-ads:\n          when: { emoji: {} }\n          unless: { not: { rolls: [] } }\n"),
    ).toMatch(new RegExp(`^mine.yaml:7:28 ${beneath}.no-ads.unless.not: .*\\(did you mean roles\\?\\)$`));
    expect(mistakes("        No Ads: { when: { emoji: {} } }\n")).toBe(
      `mine.yaml:5:9 ${beneath}: expected a name such as no-advertising, found "No Ads"`,
    );
    expect(mistakes('        no-ads: { when: { patterns: { list: ["(a+)+$"] } } }\n')).toMatch(
      /^mine.yaml:5:46 .*expected a pattern that ends: \(a\+\)\+ repeats what already repeats.*found "\(a\+\)\+\$"$/,
    );
    const rule = "        phish: { when: { links: { lists: [phising] } } }\n";
    expect(mistakes(rule)).toMatch(
      /^mine.yaml:5:43 .*expected a list; there is none under lists in default.yaml, found/,
    );
    ground.fallback = documentOf("default.yaml", "lists: { phishing: { from: https://lists.example/a } }");
    expect(mistakes(rule)).toMatch(/expected one of phishing \(did you mean phishing\?\), found "phising"$/);
  });

  it("hold a schema for editors that is current (after a change: vitest run src/config -u)", async () => {
    const json = JSON.stringify(policyJsonSchema(await load(), PRESETS));
    const schema = await format(json, { parser: "json", printWidth: 120 });
    await expect(schema).toMatchFileSnapshot(join(repository, "config/schema.json"));
    expect(text("default.yaml")).toMatch(/^# yaml-language-server: \$schema=\.\/schema\.json\n/);
    expect(text("guilds/example.yaml")).toMatch(/^# yaml-language-server: \$schema=\.\.\/schema\.json\n/);
  });
});

describe("presets", () => {
  const quiet = `title: { en: Quiet }
about: { en: For whispers }
minimumConfidence: 0.9
agents: { greeter: { mode: live, config: { text: Psst, chance: 10 } } }
`;
  const shipped = (): void => {
    mkdirSync(join(directory, "presets"));
    files({ "presets/quiet.yaml": quiet, "default.yaml": "agents: { greeter: { config: { text: Hello } } }" });
  };

  it("lie over the defaults, and under what a guild chose", () => {
    shipped();
    const { policyFor, check, presets } = loadPolicies(directory, agents);
    expect(presets).toEqual([{ name: "quiet", title: { en: "Quiet" }, about: { en: "For whispers" } }]);
    expect(policyFor(GUILD)).toMatchObject({
      minimumConfidence: 0.8,
      agents: { greeter: { config: { text: "Hello" } } },
    });
    expect(check(GUILD, "preset: quiet\nagents: { greeter: { config: { chance: 50 } } }")).toMatchObject({
      preset: "quiet",
      minimumConfidence: 0.9,
      agents: { greeter: { mode: "live", config: { text: "Psst", chance: 50 } } },
    });
  });

  it("hold for a guild's file as well, which the policy tells", () => {
    shipped();
    files({ [`guilds/${GUILD}.yaml`]: "preset: quiet" });
    const { policyFor } = loadPolicies(directory, agents);
    expect(policyFor(GUILD)).toMatchObject({ preset: "quiet", isKeptInFile: true });
    expect(policyFor("801000000000000002")).not.toHaveProperty("isKeptInFile");
  });

  it("are named by the nearest name that is one, and by line and column", () => {
    shipped();
    const { check } = loadPolicies(directory, agents);
    expect(() => check(GUILD, "locale: de\npreset: quite")).toThrow(
      'policy:2:9 preset: expected quiet, found "quite" (did you mean quiet?)',
    );
    files({ "default.yaml": "preset: gaming" });
    expect(refusal({})).toEqual(['default.yaml:1:9 preset: expected quiet, found "gaming"']);
  });

  it.each([
    [
      "a wrong value",
      quiet.replace("0.9", "9"),
      "presets/quiet.yaml:3:20 minimumConfidence: expected a number of at most 1",
    ],
    ["no title", quiet.replace("title", "titel"), "expected one of"],
    ["a preset of its own", `${quiet}preset: quiet`, "presets/quiet.yaml:5:1"],
  ])("%s in one is shown where it stands", (_name, text, says) => {
    shipped();
    expect(refusal({ "presets/quiet.yaml": text }).join("\n")).toContain(says);
  });

  it("are none where none are shipped", () => {
    expect(refusal({ "default.yaml": "preset: gaming" })[0]).toContain("there is no preset in config/presets");
  });
});

describe("the build of an agent", () => {
  it("is its code and its prompts, and not its tests", () => {
    const [code, prompts] = [join(directory, "agent"), join(directory, "prompts")];
    mkdirSync(join(code, "deep"), { recursive: true });
    files({ "agent/index.ts": "1", "agent/deep/rules.ts": "2" });
    const first = buildOf([code, prompts]);
    files({ "agent/index.test.ts": "3" });
    expect(buildOf([code, prompts])).toBe(first);
    files({ "agent/deep/rules.ts": "4" });
    const second = buildOf([code, prompts]);
    expect(second).not.toBe(first);
    mkdirSync(prompts);
    files({ "prompts/hello.md": "5" });
    expect(buildOf([code, prompts])).not.toBe(second);
  });
});
