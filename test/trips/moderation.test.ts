import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCanvas } from "@napi-rs/canvas";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Store } from "#core";
import { createMemoryStore } from "../../src/adapters/memory/store/index.ts";
import type { OpenHouse } from "../../src/main/house.ts";
import { type Control, startSimulator, type Simulator } from "../../src/simulator/index.ts";
import { BOT as BOT_PERMISSIONS, MODERATOR } from "../../src/simulator/world/presets.ts";
import { until } from "../discord/house.ts";
import { assembleOn, openOver } from "../kit/whole-house.ts";

/** The house as it ships with rules of its own, one guild on the simulator, and every trigger, step and exception in it. */
const folder = mkdtempSync(join(tmpdir(), "guildhall-moderation-"));
const store: Store = { ...createMemoryStore(), close: () => Promise.resolve() };
let simulator: Simulator;
let control: Control;
let house: OpenHouse;
let guildId: string;
const channel: Record<string, string> = {};
const role: Record<string, string> = {};
const people: Record<string, string> = {};

/** Written once the guild is there: conditions name its roles and channels. */
const policy = (): string => `
staffRoleIds: ["${role["helper"]}"]
quota: { perRule: { measures: 1000, per: 10m }, perModerator: { measures: 1000, per: 10m } }
approval: { verbs: [] }
lists: { phishing: { from: phishing.txt } }
agents:
  moderation:
    mode: live
    config:
      exemptChannelIds: ["${channel["attic"]}"]
      reportChannelId: "${channel["staff"]}"
      rules:
        word: { about: Kind words only, when: { words: { list: [grumblewort] } }, unless: { channels: ["${channel["jokes"]}"] }, reads: [messages, edits, threads, names] }
        kept-word: { when: { words: { list: [slowpoke] } }, then: { deletes: false } }
        listed: { when: { links: { lists: [phishing] } }, then: { atLeast: delete } }
        part: { when: { words: { list: [snarf], match: part } }, then: { atLeast: delete } }
        exact: { when: { words: { list: [ACME], match: exact } }, then: { atLeast: delete } }
        pattern: { when: { patterns: { list: ["\\\\bsell(ing)? accounts?\\\\b"] } }, then: { atLeast: delete } }
        link: { when: { links: { domains: [evil.example], lookalikes: true, masked: true } }, then: { atLeast: delete } }
        invite: { when: { invites: { allowed: [partner] } }, then: { atLeast: delete } }
        mentions: { when: { mentions: { names: 3, everyone: true } }, then: { atLeast: delete } }
        capitals: { when: { capitals: { share: 0.8, minimumLength: 12 } }, then: { atLeast: delete } }
        emoji: { when: { emoji: { count: 5 } }, then: { atLeast: delete } }
        length: { when: { length: { characters: 900, lines: 12 } }, then: { atLeast: delete } }
        flood: { when: { flood: { messages: 5 } }, then: { atLeast: delete } }
        copies: { when: { duplicates: { copies: 3, channels: 2, alike: true, minimumLength: 20 } }, then: { atLeast: delete } }
        poses: { when: { attachments: { posing: true, contents: [script] } }, then: { atLeast: delete } }
        picture: { when: { pictures: {} }, then: { atLeast: delete } }
        files: { when: { attachments: { extensions: [exe], types: [video/*], doubleEndings: true } }, then: { atLeast: delete } }
        timed: { when: { words: { list: [timeword] } }, then: { atLeast: timeout } }
        kicked: { when: { words: { list: [kickword] } }, then: { atLeast: kick } }
        banned: { when: { words: { list: [banword] } }, then: { atLeast: ban } }
        reported: { when: { words: { list: [oddword] } }, then: { atLeast: report } }
        newcomers: { when: { words: { list: [hello there] } }, only: { all: [{ accountYoungerThanDays: 1 }, { not: { roles: ["${role["regular"]}"] } }] }, then: { atLeast: delete } }
        pushed: { when: { words: { list: [pushword] } }, pushDown: true, unless: { roles: ["${role["regular"]}"] }, then: { atLeast: delete } }
        two: { when: { words: { list: [twoword] } }, then: { points: 2 } }
        three: { when: { words: { list: [threeword] } }, then: { points: 3 } }
        four: { when: { words: { list: [fourword] } }, then: { points: 4 } }
      ladder:
        steps:
          - { points: 1, measure: warn }
          - { points: 2, measure: timeout, minutes: 5 }
          - { points: 3, measure: kick }
          - { points: 4, measure: ban }
        sameIncidentSeconds: 0
        exceptions: [{ roles: ["${role["regular"]}"], atMost: warn }]
        appeal: Write to the owls.
`;

beforeAll(async () => {
  simulator = await startSimulator({ rateLimits: "off" });
  control = simulator.control;
  const guild = control.createGuild({
    name: "Owlery",
    roles: [{ name: "regular" }, { name: "helper", permissions: MODERATOR }],
    botRole: { permissions: BOT_PERMISSIONS },
    channels: [
      ...["general", "market", "jokes", "attic", "staff"].map((name) => ({ name })),
      { name: "questions", type: FORUM },
    ],
    members: [{ name: "mia" }, { name: "hugo", roles: ["helper"] }],
  });
  guildId = guild.id;
  for (const { user } of control.members(guildId)) people[user.username] = user.id;
  for (const { id, name } of control.channels(guildId)) channel[name ?? ""] = id;
  for (const { id, name } of control.roles(guildId)) role[name] = id;
  older.code = control.createInvite(guildId, channel["general"]!);
  const assembled = await assembleOn(simulator, folder, policy());
  writeFileSync(join(folder, "config", "phishing.txt"), "# published daily\n0.0.0.0 free-skins.example.net\n");
  house = await openOver(store, assembled, folder);
});
afterAll(async () => {
  await house.close();
  await simulator.close();
  rmSync(folder, { recursive: true });
});

const older: { code?: string } = {};

const FORUM = 15;
let newcomers = 0;
const DAY = 86_400_000;
const newcomer = (...roles: readonly string[]): string => arrive(roles);
const arrive = (roles: readonly string[], accountAgeMs = 99 * DAY): string => {
  const userId = control.join(guildId, { name: `guest${++newcomers}`, accountAgeMs });
  if (roles.length > 0)
    control.setRoles(
      guildId,
      userId,
      roles.map((name) => role[name]!),
    );
  return userId;
};

type Options = Parameters<Control["say"]>[4] & { readonly in?: string };
const say = (userId: string, text: string, { in: place = "general", ...options }: Options = {}): string =>
  control.say(guildId, channel[place]!, userId, text, options);

/** What came of a message, once the house has made up its mind: verbs and rules, those that ran. */
async function verdicts(eventId: string): Promise<string[]> {
  await until(`${eventId} to be in the journal`, () => journaled.has(eventId) || (void look(eventId), false));
  const story = await store.guild(guildId).story(eventId);
  const said = story?.decisions.filter(({ agent }) => agent === "moderation") ?? [];
  return said.flatMap((one) =>
    one.verdicts.map(({ proposal, ruling }) =>
      ruling === "run" ? `${proposal.action.verb} ${proposal.rule}` : `${ruling} ${proposal.action.verb}`,
    ),
  );
}
const journaled = new Set<string>();
async function look(eventId: string): Promise<void> {
  if ((await store.guild(guildId).event(eventId)) !== undefined) journaled.add(eventId);
}
const heard = (messageId: string): Promise<string[]> => verdicts(`m:${messageId}`);

/** A picture of blots, the same for the same name, in any size and format. */
function drawing(name: string, side = 120, format: "image/png" | "image/jpeg" = "image/png"): Buffer {
  const canvas = createCanvas(side, side);
  const context = canvas.getContext("2d");
  context.fillStyle = "#dde";
  context.fillRect(0, 0, side, side);
  for (let index = 0; index < 24; index += 1) {
    const part = (step: number): number => ((name.charCodeAt(index % name.length) * (index + 3) * step) % 97) / 97;
    context.fillStyle = `rgb(${Math.round(part(7) * 255)}, ${Math.round(part(13) * 255)}, 80)`;
    context.fillRect(part(17) * side, part(29) * side, (0.1 + part(5) / 3) * side, (0.1 + part(11) / 3) * side);
  }
  return format === "image/png" ? canvas.toBuffer(format) : canvas.toBuffer(format, 60);
}

const isThere = (messageId: string, place = "general"): boolean =>
  control.messages(channel[place]!).some(({ id }) => id === messageId);
const told = (userId: string): string =>
  control
    .dms(userId)
    .map(({ content, embeds }) => content + JSON.stringify(embeds))
    .join("\n");
const file = (name: string, contentType = "application/octet-stream") => [
  { name, contentType, bytes: Buffer.from("x") },
];

describe("triggers", () => {
  it.each<[string, string, Options?]>([
    ["word", "what a GRUMBLEWORT"],
    ["word", "what a gru\u200bmblew0rt"],
    ["word", "what a g.r.u.m.b.l.e.w.o.r.t"],
    ["word", "what a grumblеwоrt"],
    ["part", "unsnarfable"],
    ["exact", "the ACME company"],
    ["pattern", "Selling   accounts? no: selling accounts"],
    ["link", "see hxxps://login.evil[.]example"],
    ["link", "https://www.google.com/url?q=https%3A%2F%2Fevil.example"],
    ["link", "https://dlscord.com/gift"],
    ["link", "[discord.com](https://else.example)"],
    ["listed", "log in at hxxps://login.free-skins.example.net/now"],
    ["invite", "come to discord.gg/elsewhere"],
    ["mentions", "hey @everyone"],
    ["capitals", "WHY DOES NOBODY ANSWER ME"],
    ["emoji", "🎉🎉🎉🎉🎉"],
    ["length", "x ".repeat(500)],
    ["length", "a\n".repeat(12) + "b"],
    ["files", "look", { attachments: file("game.exe") }],
    ["files", "look", { attachments: file("clip.bin", "video/mp4") }],
    ["files", "look", { attachments: file("holiday.jpg.scr") }],
  ])("%s (row %#) is taken away", async (rule, text, options) => {
    const messageId = say(newcomer(), text, options);
    expect((await heard(messageId)).at(0)).toBe(`message.delete ${rule}`);
    await until("the message to be gone", () => !isThere(messageId));
  });

  it.each<[string, Options?]>([
    ["grumbleworts are a plant"],
    ["the acme of taste"],
    ["who buys an account here?"],
    ["see https://example.org and https://discord.com/channels/1/2"],
    ["come to discord.gg/partner"],
    ["NASA is fine"],
    ["🎉🎉🎉🎉"],
    ["look", { attachments: file("notes.tar.gz") }],
    ["a grumblewort walks into a bar", { in: "jokes" }],
    ["a grumblewort in the attic", { in: "attic" }],
  ])("%j stays", async (text, options) => {
    const messageId = say(newcomer(), text, options);
    expect(await heard(messageId)).toEqual([]);
    expect(isThere(messageId, options?.in)).toBe(true);
  });

  it("naming many members", async () => {
    const names = [newcomer(), newcomer(), newcomer()].map((id) => `<@${id}>`).join(" ");
    expect(await heard(say(newcomer(), `hi ${names}`))).toEqual(["message.delete mentions"]);
  });

  it("this server's own invitations are welcome", async () => {
    const code = control.createInvite(guildId, channel["general"]!);
    expect(await heard(say(newcomer(), `discord.gg/${code}`))).toEqual([]);
  });

  it("and so are those from before the house came, until they are withdrawn", async () => {
    const known = () => store.guild(guildId).records([{ record: "ownInvites", key: "listed" }]);
    await vi.waitFor(async () => expect(await known()).toEqual([{ codes: [older.code] }]));
    expect(await heard(say(newcomer(), `discord.gg/${older.code}`))).toEqual([]);
    control.deleteInvite(older.code!);
    await vi.waitFor(async () => expect(await known()).toEqual([{ codes: [] }]));
    expect(await heard(say(newcomer(), `discord.gg/${older.code}`))).toEqual(["message.delete invite"]);
  });

  it("many messages at once", async () => {
    const userId = newcomer();
    const ids = Array.from({ length: 5 }, (_, index) => say(userId, `line number ${index}`));
    expect(await heard(ids[3]!)).toEqual([]);
    expect(await heard(ids[4]!)).toEqual(["message.delete flood"]);
  });

  it("near copies, by one member and in two channels", async () => {
    const userId = newcomer();
    const text = (gift: number): string => `Dear friend ${gift}, your gift number ${gift} waits for you here`;
    await heard(say(userId, text(1)));
    expect(await heard(say(userId, text(2)))).toEqual([]);
    expect(await heard(say(userId, text(3)))).toEqual(["message.delete copies"]);
    const other = newcomer();
    await heard(say(other, "I sell the very best lamps in town"));
    const elsewhere = say(other, "I sell the very best lamps in town!!", { in: "market" });
    expect(await heard(elsewhere)).toEqual(["message.delete copies"]);
  });

  it("an edit", async () => {
    const messageId = say(newcomer(), "what a day");
    await heard(messageId);
    control.editMessage(channel["general"]!, messageId, "what a grumblewort");
    await until("the edited message to be gone", () => !isThere(messageId));
  });

  it("a nickname, which is replaced", async () => {
    const userId = newcomer();
    control.setNick(guildId, userId, "Grumblewort");
    await until("the nickname to be replaced", () => control.member(guildId, userId)?.nick === "Member");
    await until("a warning", () => told(userId).includes("Kind words only"));
  });
});

describe("what files hold", () => {
  const upload = (name: string, bytes: Buffer, contentType = "image/png") => [{ name, contentType, bytes }];
  const shown = (used: string): string => JSON.stringify(control.interaction(used)?.embeds);
  /** What came of a message once its files were looked into, too. */
  async function lookedInto(messageId: string): Promise<string[]> {
    const isThought = async () =>
      (await store.guild(guildId).story(`m:${messageId}`))?.decisions.some(({ phase }) => phase === "slow") === true;
    let done = false;
    await until("the slow half", () => done || (void isThought().then((found) => (done ||= found)), false));
    return heard(messageId);
  }

  it.each([
    ["a program called a picture", "holiday.png", Buffer.from("MZ\x90\0 and more")],
    ["a page called a picture", "cat.jpg", Buffer.from("<!doctype html><script>")],
    ["a script under its own name", "setup.sh", Buffer.from("#!/bin/sh\nrm -rf /")],
  ])("%s is taken away", async (_name, name, bytes) => {
    const messageId = say(newcomer(), "look", { attachments: upload(name, bytes) });
    expect(await lookedInto(messageId)).toEqual(["message.delete poses"]);
    await until("the message to be gone", () => !isThere(messageId));
  });

  it("what is what it says stays", async () => {
    const messageId = say(newcomer(), "look", { attachments: upload("cat.png", drawing("sunrise")) });
    expect(await lookedInto(messageId)).toEqual([]);
    expect(isThere(messageId)).toBe(true);
  });

  it("a picture that a moderator has blocked is known in another size and format, until it is allowed again", async () => {
    const general = channel["general"]!;
    const first = say(newcomer(), "look", { attachments: upload("owl.png", drawing("owl")) });
    await lookedInto(first);
    const used = control.useMenu(guildId, general, people["hugo"]!, "Block this picture", first);
    await until("an answer", () => shown(used).includes("1 picture is blocked"));
    const same = { attachments: upload("other.jpg", drawing("owl", 300, "image/jpeg"), "image/jpeg") };
    const again = say(newcomer(), "look", same);
    expect(await lookedInto(again)).toEqual(["message.delete picture"]);
    const other = say(newcomer(), "look", { attachments: upload("cat.png", drawing("sunrise")) });
    expect(await lookedInto(other)).toEqual([]);
    const { messageId } = control.interaction(used)!;
    const button = JSON.stringify(control.interaction(used)!.components).match(/v1:moderation:allow-picture:\w+/)![0];
    const pressed = control.pressButton(guildId, general, people["hugo"]!, messageId!, button);
    await until("it to be allowed", () => control.interaction(pressed)?.callback !== undefined);
    await until("an answer", () => shown(used).includes("allowed again"));
    const third = say(newcomer(), "look", same);
    expect(await lookedInto(third)).toEqual([]);
  });

  it("a message without a picture has none to block", async () => {
    const plain = say(newcomer(), "nothing to see");
    const used = control.useMenu(guildId, channel["general"]!, people["hugo"]!, "Block this picture", plain);
    await until("an answer", () => shown(used).includes("No picture can be had"));
  });
});

describe("posts of a forum", () => {
  it("go as a whole with a title that breaks a rule: message, title and thread", async () => {
    const userId = newcomer();
    const post = control.openPost(guildId, channel["questions"]!, userId, "What a grumblewort", "hello everybody");
    expect(await heard(post)).toEqual(["message.delete word", "thread.edit word", "member.warn word"]);
    const thread = () => control.channels(guildId).find(({ id }) => id === post);
    const isClosed = () => JSON.stringify(thread()).includes('"locked":true');
    await until("the post to be closed", isClosed);
    expect(thread()).toMatchObject({ name: "(title removed)", thread_metadata: { archived: true } });
    await until("a warning", () => told(userId).includes("What a grumblewort"));
  });

  it("stay with an honest one", async () => {
    const post = control.openPost(guildId, channel["questions"]!, newcomer(), "How do owls sleep?", "I wonder");
    expect(await heard(post)).toEqual([]);
  });
});

describe("measures and the ladder", () => {
  it("a first offence is a warning: which rule, one's own words, and how to object", async () => {
    const userId = newcomer();
    expect(await heard(say(userId, "what a grumblewort"))).toEqual(["message.delete word", "member.warn word"]);
    await until("the warning", () => told(userId).includes("You wrote: what a grumblewort"));
    for (const part of ["Kind words only", "Owlery", "says “grumblewort”", "Write to the owls."])
      expect(told(userId)).toContain(part);
    expect(told(userId)).toMatch(/case #\d+/);
  });

  it.each([
    ["timed", "timeword", "member.timeout"],
    ["two", "twoword", "member.timeout"],
    ["kicked", "kickword", "member.kick"],
    ["three", "threeword", "member.kick"],
    ["banned", "banword", "member.ban"],
    ["four", "fourword", "member.ban"],
  ])("%s: %s leads to %s", async (rule, text, verb) => {
    const userId = newcomer();
    expect(await heard(say(userId, text))).toEqual([`message.delete ${rule}`, `${verb} ${rule}`]);
    if (verb === "member.timeout")
      await until(
        "a time-out",
        () => typeof control.member(guildId, userId)?.communication_disabled_until === "string",
      );
    else await until("them to be gone", () => control.member(guildId, userId) === undefined);
    expect(control.bans(guildId).some(({ userId: id }) => id === userId)).toBe(verb === "member.ban");
    expect(told(userId)).toContain("Owlery");
  });

  it("the second offence leads to the next step", async () => {
    const userId = newcomer();
    await heard(say(userId, "what a grumblewort"));
    expect(await heard(say(userId, "grumblewort again"))).toEqual(["message.delete word", "member.timeout word"]);
  });

  it("what is only reported stays, and moderators read of it", async () => {
    const userId = newcomer();
    const messageId = say(userId, "an oddword");
    expect(await heard(messageId)).toEqual(["message.send reported"]);
    const lines = () =>
      control.messages(channel["staff"]!).map(({ content, embeds }) => content + JSON.stringify(embeds));
    await until("the report", () => lines().some((line) => line.includes(userId) && line.includes("`an oddword`")));
    expect(isThere(messageId)).toBe(true);
  });
});

describe("exceptions", () => {
  it("a role the ladder is milder with", async () => {
    const userId = newcomer("regular");
    expect(await heard(say(userId, "fourword"))).toEqual(["message.delete four", "member.warn four"]);
  });

  it("a rule only for new accounts without a role", async () => {
    expect(await heard(say(arrive([], DAY / 2), "hello there"))).toEqual(["message.delete newcomers"]);
    expect(await heard(say(arrive(["regular"], DAY / 2), "hello there"))).toEqual([]);
    expect(await heard(say(arrive([], 2 * DAY), "hello there"))).toEqual([]);
  });
});

it("what is pushed down stands in Discord's own AutoMod, once", async () => {
  await until("the rule to be there", () => control.automodRules(guildId).length > 0);
  expect(control.automodRules(guildId)).toMatchObject([
    { name: "guildhall: pushed", trigger_metadata: { keyword_filter: ["pushword"] }, exempt_roles: [role["regular"]] },
  ]);
});

describe("what other bots' users complain about", () => {
  it("the bot acting on staff or on itself", async () => {
    for (const name of ["mia", "hugo"]) {
      const messageId = say(people[name]!, "what a grumblewort");
      expect(await heard(messageId)).toEqual(["drop message.delete", "drop member.warn"]);
      expect(isThere(messageId)).toBe(true);
    }
    const before = control.requests().length;
    const quoted = control.messages(channel["staff"]!).filter(({ author }) => author.id === control.botId);
    expect(quoted.length).toBeGreaterThan(0);
    expect(
      control
        .requests()
        .slice(before)
        .filter(({ method }) => method === "DELETE"),
    ).toEqual([]);
  });

  it("an edited message, or its preview, that triggers a rule again", async () => {
    const userId = newcomer();
    const messageId = say(userId, "you slowpoke");
    expect(await heard(messageId)).toEqual(["member.warn kept-word"]);
    control.editMessage(channel["general"]!, messageId, "you slowpoke, see https://example.org");
    const after = say(userId, "anything else");
    await heard(after);
    await until("the one warning", () => told(userId).includes("slowpoke"));
    const cases = await store.guild(guildId).cases({ userId, limit: 9 });
    expect(cases.map(({ verb }) => verb)).toEqual(["member.warn"]);
  });

  it("several AutoMod events for one message: what Discord tells of each action is one offence", async () => {
    const userId = newcomer();
    const actions = [{ type: 1 }, { type: 2, metadata: { channel_id: channel["staff"]! } }, { type: 3 }];
    const rule = { name: "by hand", trigger_type: 1, actions, trigger_metadata: { keyword_filter: ["heldword"] } };
    control.keepAutomodRule(guildId, rule as Parameters<Control["keepAutomodRule"]>[1]);
    expect(() => say(userId, "a heldword")).toThrow("AutoMod keeps that out");
    const acted = async (): Promise<boolean> => {
      const rows = await store.guild(guildId).latest({ limit: 60 });
      return rows.filter(({ event }) => event.kind === "automod.acted" && event.userId === userId).length === 3;
    };
    await vi.waitUntil(acted, { timeout: 8_000 });
    const [conduct] = await store.guild(guildId).records([{ record: "conduct", key: userId }]);
    expect(conduct).toMatchObject({ warnings: 1 });
  });

  it("autorole fighting mute: a mute is Discord's own, and no role lifts it", async () => {
    const userId = newcomer();
    await heard(say(userId, "timeword"));
    const silenced = () => typeof control.member(guildId, userId)?.communication_disabled_until === "string";
    await until("a time-out", silenced);
    control.setRoles(guildId, userId, [role["regular"]!]);
    control.setRoles(guildId, userId, []);
    expect(silenced()).toBe(true);
    expect(() => say(userId, "I can speak")).toThrow();
  });
});
