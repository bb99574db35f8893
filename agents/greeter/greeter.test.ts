import { describe, expect, it } from "vitest";
import { BLANK_LOOK, type GuildEvent, type Member, type ProposedAction } from "#core";
import { smallHouse } from "../../test/kit/small-house.ts";
import { configSchema } from "./config.ts";
import greeter from "./index.ts";

const NOON = 1_790_000_000_000;
const HALL = "50";

function open(config: object = {}) {
  const parsed = configSchema.parse({ welcome: { channelId: HALL, texts: ["Hi {name}"] }, ...config });
  return smallHouse(greeter, parsed, {
    guild: () => ({ ...BLANK_LOOK.guild(), name: "The *Lantern*", locale: "en", memberCount: 41 }),
    channel: (id) => (id === HALL ? { id, name: "hall", type: 0, overwrites: [] } : undefined),
  });
}

let count = 0;
const base = (at = NOON) => ({ id: `e${++count}`, guildId: "100", at });
const ada = (facts: Partial<Member> = {}): Member => ({ userId: "7", name: "Ada", roleIds: [], ...facts });
const joins = (facts: Partial<Member> = {}, at = NOON): GuildEvent => ({
  ...{ ...base(at), kind: "member.joined", member: ada(facts) },
});
const changes = (facts: Partial<Member>): GuildEvent => ({ ...base(), kind: "member.updated", member: ada(facts) });
const leaves = (at = NOON): GuildEvent => ({ ...base(at), kind: "member.left", userId: "7", name: "Ada" });
const asks = (what?: string): GuildEvent => ({
  ...{ ...base(), kind: "command.used", command: "welcome preview", options: what === undefined ? {} : { what } },
  ...{ by: ada(), byPermissions: "0", channelId: "20", interaction: { id: "1", sealedToken: "s", locale: "en" } },
});
const said = (proposed: readonly ProposedAction[]): string[] =>
  proposed.flatMap(({ action }) => ("words" in action ? [action.words.text] : []));

describe("whoever comes", () => {
  it.each([
    ["is welcomed", {}, [joins()], ["Hi Ada"]],
    ["is no bot", {}, [joins({ bot: true })], []],
    ["is welcomed nowhere without a channel", { welcome: {} }, [joins()], []],
    ["is welcomed nowhere in a channel that is gone", { welcome: { channelId: "404" } }, [joins()], []],
    ["is called what they are called", {}, [joins({ name: "*{count}* <@5>" })], ["Hi \\*{count}\\* \\<\\@5\\>"]],
    [
      "is told where they are",
      { welcome: { channelId: HALL, texts: ["{server}: {count}"] } },
      [joins()],
      ["The \\*Lantern\\*: 41"],
    ],
    [
      "hears the house's own words",
      { welcome: { channelId: HALL } },
      [joins()],
      ["Welcome to The \\*Lantern\\*, <@7>!"],
    ],
    ["is told directly, too", { welcome: { direct: ["Read the rules, {name}"] } }, [joins()], ["Read the rules, Ada"]],
    ["waits for the role", { after: { roleId: "9" } }, [joins(), changes({})], []],
    [
      "is welcomed with the role, once",
      { after: { roleId: "9" } },
      [joins(), changes({ roleIds: ["9"] }), changes({ roleIds: ["9", "8"] })],
      ["Hi Ada"],
    ],
    ["waits for the rules", { after: { screening: true } }, [joins({ pending: true })], []],
    [
      "is welcomed after the rules",
      { after: { screening: true } },
      [joins({ pending: true }), changes({})],
      ["Hi Ada"],
    ],
    ["was there before", { after: { roleId: "9" } }, [changes({ roleIds: ["9"] })], []],
  ])("%s", (_what, config, events, expected) => {
    const house = open(config);
    expect(events.flatMap((event) => said(house.bring(event)))).toEqual(expected);
  });

  it("in a crowd is not welcomed; a minute later is again", () => {
    const house = open({ quietAfter: 3 });
    const crowd = Array.from({ length: 10 }, (_, index) => joins({}, NOON + index * 1_000));
    expect(crowd.flatMap((event) => said(house.bring(event)))).toHaveLength(3);
    expect(said(house.bring(joins({}, NOON + 120_000)))).toHaveLength(1);
  });

  it("is called only where the text does", () => {
    const mentioned = open({ welcome: { channelId: HALL, texts: ["{mention}"] } }).bring(joins());
    expect(mentioned).toMatchObject([{ action: { words: { text: "<@7>", pingUserIds: ["7"] } } }]);
    expect(open().bring(joins())[0]!.action).toEqual({
      verb: "message.send",
      channelId: HALL,
      words: { text: "Hi Ada" },
    });
  });

  it("hears one of several texts: another for others, the same for the same event", () => {
    const texts = ["a", "b", "c"];
    const house = open({ welcome: { channelId: HALL, texts }, quietAfter: 100 });
    const events = Array.from({ length: 60 }, () => joins());
    const first = events.flatMap((event) => said(house.bring(event)));
    const again = events.flatMap((event) => said(open({ welcome: { channelId: HALL, texts } }).bring(event)));
    expect(again).toEqual(first);
    expect(new Set(first)).toEqual(new Set(texts));
  });
});

describe("whoever goes", () => {
  const leave = { channelId: HALL, texts: ["Bye {name}"] };
  const banned: GuildEvent = { ...base(), kind: "member.banned", userId: "7", name: "Ada" };

  it.each([
    ["is spoken of", { leave }, [leaves()], ["Bye Ada"]],
    ["is not, unless that is wanted", {}, [leaves()], []],
    ["is not after a ban", { leave }, [banned, leaves()], []],
    ["is not where they never came in", { leave, after: { roleId: "9" } }, [joins(), leaves()], []],
    [
      "is where they came in",
      { leave, welcome: {}, after: { roleId: "9" } },
      [joins(), changes({ roleIds: ["9"] }), leaves()],
      ["Bye Ada"],
    ],
    ["in a crowd is not", { leave, quietAfter: 1 }, [leaves(), leaves(), leaves()], ["Bye Ada"]],
  ])("%s", (_what, config, events, expected) => {
    const house = open(config);
    expect(events.flatMap((event) => said(house.bring(event)))).toEqual(expected);
    expect(house.records.size).toBe(0);
  });
});

describe("a preview", () => {
  it.each([
    ["the welcome", {}, undefined, /^Hi Ada\n\n-# Said in <#50>\.$/],
    ["what waits for a role", { after: { roleId: "9" } }, "welcome", /once a newcomer has the role <@&9>/],
    ["a channel that is gone", { welcome: { channelId: "404" } }, "welcome", /\(404\) is gone/],
    ["no direct message", {}, "direct", /No text is set/],
    ["no channel for farewells", {}, "leave", /^Ada has left\.\n\n-# No channel is set/],
  ])("of %s", (_what, config, what, expected) => {
    const proposed = open(config).bring(asks(what));
    expect(proposed.map(({ action }) => action.verb)).toEqual(["interaction.reply"]);
    expect(said(proposed)[0]).toMatch(expected);
    expect(JSON.stringify(proposed)).not.toContain("pingUserIds");
  });
});

it.each([
  ["Welcome, {nmae}", "{nmae} is no placeholder: did you mean {name}?"],
  ["{wallet}", "{wallet} is no placeholder: there are {name}, {mention}, {server}, {count}"],
])("a placeholder nobody fills is named: %s", (text, expected) => {
  const { error } = configSchema.safeParse({ welcome: { texts: ["fine", text] } });
  expect(error!.issues).toMatchObject([{ path: ["welcome", "texts", 1], message: expected }]);
});
