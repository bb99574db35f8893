import { describe, expect, it } from "vitest";
import {
  BLANK_LOOK,
  type Effect,
  type EventOf,
  type GuildEvent,
  type InForce,
  type Records,
  type SlowLook,
  type Words,
} from "#core";
import { member, policy } from "../../test/kit/guild.ts";
import { slowLook } from "../../test/kit/slow-look.ts";
import { configSchema } from "./config.ts";
import { changesOf, firstDraft, markOf, picked, type Picks } from "./draft.ts";
import setup from "./index.ts";
import { donePanel } from "./reports.ts";

const NONE: Picks = { exempt: [], staff: [], approvers: [] };
const interaction = { id: "9", sealedToken: "sealed", locale: "en" };
const AT = 1_790_000_000_000;
const base = { guildId: "100", at: AT, by: member("7"), byPermissions: "32", channelId: "20", interaction };
const press = (customId: string): EventOf<"button.pressed"> => ({
  ...{ ...base, id: "i:1", kind: "button.pressed", customId, messageId: "55" },
});
const chosen: EventOf<"policy.chosen"> = {
  ...{ id: "choice:1", guildId: "100", at: AT, kind: "policy.chosen", document: "", basedOn: 3, by: "discord:7" },
};
const config = configSchema.parse({});

describe("picks", () => {
  it.each<[string, string, readonly string[], Picks | undefined]>([
    ["a channel", "notices", ["20"], { ...NONE, notices: "20" }],
    ["no channel any more", "notices", [], NONE],
    ["several roles", "staff", ["1", "2"], { ...NONE, staff: ["1", "2"] }],
    ["a preset", "preset", ["gaming"], { ...NONE, preset: "gaming" }],
    ["no preset", "preset", ["default"], NONE],
    ["what is none", "ownerId", ["7"], undefined],
  ])("%s", (_name, field, values, expected) => {
    expect(
      picked(field === "notices" && values.length === 0 ? { ...NONE, notices: "20" } : NONE, field, values),
    ).toEqual(expected);
  });

  it("become settings; what is left open goes", () => {
    const changes = changesOf({ ...NONE, preset: "gaming", staff: ["1"] }, "shadow");
    const told = changes.map(({ path, value }) => [path.join("."), value]);
    expect(told).toEqual([
      ["preset", "gaming"],
      ["noticeChannelId", undefined],
      ["staffRoleIds", ["1"]],
      ["approval.channelId", undefined],
      ["approval.roleIds", undefined],
      ["agents.moderation.mode", "shadow"],
      ["agents.moderation.config.exemptChannelIds", undefined],
    ]);
  });

  it("begin with what holds, and are told apart", () => {
    const held = policy({
      ...{ preset: "course", noticeChannelId: "20", staffRoleIds: ["1"] },
      approval: { verbs: [], expireAfterSeconds: 60, channelId: "21", roleIds: ["2"] },
      agents: { moderation: { mode: "live", config: { exemptChannelIds: ["22"] }, hash: "" } },
    });
    const { picks } = firstDraft({ policy: held, presets: [] });
    expect(picks).toEqual({
      ...{ preset: "course", notices: "20", exempt: ["22"], staff: ["1"], cards: "21", approvers: ["2"] },
    });
    expect(markOf(picks)).not.toBe(markOf({ ...picks, cards: "20" }));
    expect(markOf(picks)).toBe(markOf({ ...picks }));
  });
});

const lookWith = (draft: Records["setup"] | undefined, roads: Partial<SlowLook> = {}): SlowLook =>
  slowLook({ ...BLANK_LOOK, record: () => draft as never }, roads);
const said = (effects: readonly Effect[]): readonly Words[] =>
  effects.flatMap((effect) =>
    "propose" in effect && effect.propose.action.verb === "interaction.reply" ? [effect.propose.action.words] : [],
  );
const text = (effects: readonly Effect[]): string => JSON.stringify(said(effects));

describe("handing in", () => {
  const draft = { step: 5, picks: NONE };
  const put = press(`v1:setup:put:live:${markOf(NONE)}`);

  it("happens once: a second press is told so", () => {
    expect(setup.decide(put, lookWith(draft), config)).toContainEqual({ consider: { task: "put", mode: "live" } });
    const waiting = { ...draft, waiting: { interaction, at: AT - 1_000 } };
    expect(text(setup.decide(put, lookWith(waiting), config))).toContain("on their way");
    const long = { ...draft, waiting: { interaction, at: AT - 900_000 } };
    expect(setup.decide(put, lookWith(long), config)).toContainEqual({ consider: { task: "put", mode: "live" } });
  });

  it("says what stands against the choices, by line and column, and hands in nothing", async () => {
    const mistake = 'policy:3:9 preset: expected gaming, found "gamin" (did you mean gaming?)';
    const look = lookWith(draft, {
      amended: () => Promise.resolve({ refused: "mistake", mistake }),
      inForce: () => Promise.resolve({ policy: policy(), presets: [] }),
    });
    const effects = await setup.consider!(put, look, config, { task: "put", mode: "live" });
    expect(text(effects)).toContain("policy:3:9 preset");
    expect(effects.some((effect) => "propose" in effect && effect.propose.action.verb === "policy.choose")).toBe(false);
  });
});

describe("what came of it", () => {
  const draft = { step: 5, picks: NONE, waiting: { interaction, at: AT } };
  const tell = (force: InForce) =>
    setup.consider!(
      chosen as GuildEvent,
      lookWith(draft, {
        inForce: () => Promise.resolve(force),
        amended: () => Promise.resolve({ document: "", basedOn: 4, shortcomings: [] }),
      }),
      config,
      { task: "tell", userId: "7" },
    );

  it("is told where somebody was faster, and the picks stay", async () => {
    const effects = await tell({ policy: policy({ version: 4 }), by: "terminal:mia", presets: [] });
    expect(text(effects)).toContain("Somebody else changed what holds here");
    expect(effects).toContainEqual({
      write: { write: "record.put", record: "setup", key: "7", value: { step: 5, picks: NONE } },
    });
  });

  it("is told where it was taken, and the set-up is over", async () => {
    const effects = await tell({ policy: policy({ version: 4 }), by: "discord:7", presets: [] });
    expect(text(effects)).toContain("Nothing is missing");
    expect(effects).toContainEqual({ write: { write: "record.delete", record: "setup", key: "7" } });
  });

  it("concerns nobody else", () => {
    expect(setup.decide({ ...chosen, by: "dashboard:owner" }, lookWith(draft), config)).toEqual([]);
    expect(setup.decide(chosen, lookWith(undefined), config)).toEqual([]);
  });
});

it("a guild whose choices lie in a file is told where", async () => {
  const used: EventOf<"command.used"> = { ...base, id: "i:2", kind: "command.used", command: "setup", options: {} };
  const force = { policy: policy({ isKeptInFile: true }), presets: [] };
  const look = lookWith(undefined, { inForce: () => Promise.resolve(force) });
  expect(text(await setup.consider!(used, look, config, { task: "show" }))).toContain("config/guilds");
});

it("what the bot cannot do is said with the remedy, in every language", () => {
  const lacking = { level: "broken", key: "", agents: ["moderation"], what: "", fix: "" } as const;
  const all = [
    { ...lacking, about: { kind: "timed-out" } },
    { ...lacking, about: { kind: "house", permission: "VIEW_AUDIT_LOG" } },
    { ...lacking, about: { kind: "guild", permission: "BAN_MEMBERS" } },
    { ...lacking, about: { kind: "channels", permission: "SEND_MESSAGES", channelIds: ["20"] } },
    { ...lacking, about: { kind: "role-order", roleIds: ["11"] } },
    { ...lacking, about: { kind: "place", is: "channel", setting: "noticeChannelId" } },
  ] as const;
  const english = JSON.stringify(donePanel(true, all, "en"));
  for (const named of ["View Audit Log", "Ban Members", "<#20>", "<@&11>", "noticeChannelId"])
    for (const locale of ["en", "de", "es", "fr", "pt-BR"])
      expect(JSON.stringify(donePanel(true, all, locale))).toContain(named);
  expect(JSON.stringify(donePanel(true, all, "de"))).not.toBe(english);
  expect(
    JSON.stringify(
      donePanel(
        true,
        Array.from({ length: 12 }, () => all[0]),
        "en",
      ),
    ),
  ).toContain("and 2 more");
});
