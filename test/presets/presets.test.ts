import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Agent, EventOf, GuildPolicy } from "#core";
import { loadPolicies, type Policies } from "../../src/config/index.ts";
import { scanAgents } from "../../src/main/agents.ts";
import { demoChoices } from "../../src/main/demo/choices.ts";
import { GUILD, member, message } from "../kit/guild.ts";
import { startRoad, type TestRoad } from "../kit/road.ts";

const ROOT = join(import.meta.dirname, "../..");
const agents = await scanAgents(join(ROOT, "agents"));
const moderation: Agent = agents.find(({ name }) => name === "moderation")!;
const policies: Policies = loadPolicies(join(ROOT, "config"), agents);

type Said = EventOf<"message.created">;
/** Far enough from each other that nothing of one is counted for the next. */
let hour = 500_000;
const MOMENT = 400;

interface Scene {
  readonly text?: string;
  /** So many messages, a moment apart. */
  readonly times?: number;
  /** By different members. */
  readonly members?: true;
  readonly mentions?: number;
  readonly varied?: true;
  /** Each in a channel of its own. */
  readonly everywhere?: true;
  readonly file?: string;
  readonly joinedHoursAgo?: number;
}

function messagesOf(scene: Scene): readonly Said[] {
  const { text = "hello there everybody, how was it?", times = 1, mentions = 0 } = scene;
  hour += 1;
  return Array.from({ length: times }, (_, index): Said => {
    const at = hour * 3_600_000 + index * MOMENT;
    const author = member(String(50_000 + hour * 100 + (scene.members === true ? index : 0)));
    const since = scene.joinedHoursAgo === undefined ? {} : { joinedAt: at - scene.joinedHoursAgo * 3_600_000 };
    return message(scene.varied === true ? `${text} ${"abcdefghijklmnopqrstuvwxyzäöüß"[index]!.repeat(9)}` : text, {
      ...{ at, author: { ...author, ...since }, channelId: scene.everywhere === true ? String(20 + index) : "20" },
      mentionedUserIds: Array.from({ length: mentions }, (_each, other) => String(90_000 + other)),
      attachments: scene.file === undefined ? [] : [{ id: "7", name: scene.file, size: 9_000 }],
    });
  });
}

type Row = readonly [what: string, scene: Scene, rule: string | undefined];
const scam = (text: string): Row => [text, { text }, "blocked-word"];
const link = (host: string): Row => [host, { text: `look at https://${host}/x` }, "blocked-link"];
const fine = (text: string): Row => [text, { text }, undefined];

const everywhere: readonly Row[] = [
  scam("FREE NITRO for everybody, quick"),
  link("nitro-claim.example"),
  fine("does anybody still have nitro from last year?"),
  fine("see https://example.org/free-things for the list"),
  ["four quick lines", { times: 4, varied: true }, undefined],
  ["two mentions", { mentions: 2 }, undefined],
];

const PRESETS: Readonly<Record<string, readonly Row[]>> = {
  gaming: [
    scam("get Free Skins here before they are gone"),
    scam("undetected cheats, dm me"),
    link("skin-trade.example"),
    fine("that skin is so good, where did you get it"),
    fine("I will kill you in the next round"),
    ["a dozen quick lines after a round", { times: 12, varied: true }, undefined],
    ["fourteen in a few seconds", { times: 15, varied: true }, "message-flood"],
    ["the same shout five times", { times: 5, text: "let's gooooo team" }, undefined],
    ["the same shout six times", { times: 6, text: "let's gooooo team" }, "duplicate-flood"],
    ["a squad called by name", { mentions: 7 }, undefined],
    ["everybody called by name", { mentions: 8 }, "mention-spam"],
    ["seven who cheer alike", { times: 7, members: true, text: "congratulations to the winners" }, undefined],
    ["a shout in two channels", { times: 2, everywhere: true, text: "scrim tonight at nine, dm me" }, undefined],
    ["a shout in three", { times: 3, everywhere: true, text: "scrim tonight at nine, dm me" }, "same-everywhere"],
    ["an invitation elsewhere", { text: "join us at discord.gg/elsewhere" }, "foreign-invite"],
    ["a cheer", { text: "🎉".repeat(20) }, undefined],
    ["a wall of cheers", { text: "🎉".repeat(60) }, "emoji-wall"],
    ["eight who advertise alike", { times: 8, members: true, text: "join the better server now" }, "duplicate-wave"],
  ],
  course: [
    scam("Hi, I can do your assignment for 20 dollars"),
    scam("Best essay writing service, ask me"),
    link("exam-answers.example"),
    fine("who can help me with my assignment?"),
    fine("when is the exam, and what may we take with us?"),
    ["a question in two channels", { times: 2, text: "does anybody know when it is due?" }, undefined],
    ["a question in three", { times: 3, text: "does anybody know when it is due?" }, "duplicate-flood"],
    ["a program", { file: "solver.exe" }, "program"],
    ["a paper", { file: "solution.pdf" }, undefined],
    ["shouting", { text: "WHY DOES NOBODY EVER ANSWER ME HERE" }, "shouting"],
    ["a name in capitals", { text: "is the GROUP OF UNITS in chapter 3?" }, undefined],
    ["an invitation elsewhere", { text: "cheap tutors: discord.gg/tutors" }, "foreign-invite"],
    ["five people called by name", { mentions: 5 }, "mention-spam"],
    ["a group of four", { mentions: 4 }, undefined],
  ],
  "dao-nft": [
    scam("Claim your airdrop within the hour"),
    scam("please validate your wallet at the link"),
    scam("send me your seed phrase and I will look"),
    link("wallet-airdrop.example"),
    fine("never tell anybody your seed phrase"),
    fine("is the airdrop still planned for may?"),
    ["a newcomer's link", { text: "look: https://example.org/a", joinedHoursAgo: 2 }, "newcomer-link"],
    ["a member's link", { text: "look: https://example.org/a", joinedHoursAgo: 50 }, undefined],
    ["a newcomer's lure", { text: "just connect your wallet and claim", joinedHoursAgo: 50 }, "newcomer-lure"],
    ["a member's advice", { text: "connect your wallet to vote", joinedHoursAgo: 900 }, undefined],
    ["an invitation elsewhere", { text: "mint is at discord.gg/mint" }, "foreign-invite"],
    ["gm by ten members", { times: 10, members: true, text: "gm" }, undefined],
    ["a lure by three", { times: 3, members: true, text: "the mint is open for one hour" }, "duplicate-wave"],
    ["four called by name", { mentions: 4 }, "mention-spam"],
  ],
  friends: [
    scam("steam gift card giveaway, first ten"),
    link("steam-reward.example"),
    fine("kys, as they say"),
    ["twenty quick lines", { times: 20, varied: true }, undefined],
    ["the same joke eight times", { times: 8, text: "is it friday yet, is it friday yet" }, undefined],
    ["the same joke twelve times", { times: 12, text: "is it friday yet, is it friday yet" }, "duplicate-flood"],
    ["everybody invited to a party", { mentions: 15 }, undefined],
  ],
};

it("each shipped preset is tried here", () => {
  expect(policies.presets.map(({ name }) => name)).toEqual(Object.keys(PRESETS).sort());
});

describe.each(Object.entries(PRESETS))("the preset %s", (name, rows) => {
  let house: TestRoad;
  const chosen = (): GuildPolicy => policies.check(GUILD, `preset: ${name}\n`);
  beforeAll(async () => void (house = await startRoad({ agents: [moderation], policyFor: chosen })));
  afterAll(() => house.stop());

  it.each([...everywhere, ...rows])("%s", async (_what, scene, rule) => {
    const messages = messagesOf(scene);
    house.bring(...messages);
    const last = messages.at(-1)!;
    await house.commitOf(({ event }) => event.id === last.id);
    const ids = new Set(messages.map(({ id }) => id));
    const decisions = house.committed.filter(({ event }) => ids.has(event.id)).flatMap((entry) => entry.decisions);
    const rules = decisions.flatMap(({ verdicts }) => verdicts.map(({ proposal }) => proposal.rule));
    expect([...new Set(rules)]).toEqual(rule === undefined ? [] : [rule]);
  });

  it("acts, and says in five languages for whom it is", () => {
    expect(chosen()).toMatchObject({ preset: name, agents: { moderation: { mode: "live" } } });
    const { title, about } = policies.presets.find((preset) => preset.name === name)!;
    for (const text of [title, about]) expect(Object.keys(text).sort()).toEqual(["de", "en", "es", "fr", "pt-BR"]);
  });
});

it.each([
  ["Official Support 24h", ["posing-as-support"]],
  ["supportive_sam", []],
])("where wallets are at stake, moderators hear of somebody called %s", async (nickname, rules) => {
  const chosen = (): GuildPolicy =>
    policies.check(GUILD, "preset: dao-nft\nagents: { moderation: { config: { reportChannelId: '20' } } }\n");
  const house = await startRoad({ agents: [moderation], policyFor: chosen });
  const named = { ...member("777"), name: nickname };
  house.bring({ id: "n:1", guildId: GUILD, at: 1_760_000_000_000, kind: "member.updated", member: named, nickname });
  const { decisions } = await house.commitOf(({ event }) => event.id === "n:1");
  await house.stop();
  expect([...new Set(decisions.flatMap(({ verdicts }) => verdicts.map(({ proposal }) => proposal.rule)))]).toEqual(
    rules,
  );
});

it("friends decide together: a time-out waits for a human there", () => {
  expect(policies.check(GUILD, "preset: friends\n").approval.verbs).toContain("member.timeout");
});

it("a guild's own choices lie over its preset", () => {
  const { agents: chosen } = policies.check(GUILD, "preset: friends\nagents: { moderation: { mode: shadow } }\n");
  expect(chosen["moderation"]).toMatchObject({
    mode: "shadow",
    config: { rules: { "mention-spam": { when: { mentions: { names: 20 } } } } },
  });
});

it("what the demo's owner chose is taken as anybody's choices are", () => {
  const ids = (...names: string[]) => Object.fromEntries(names.map((name, index) => [name, String(200 + index)]));
  const guild = {
    guildId: GUILD,
    userIds: {},
    roleIds: ids("moderator"),
    channelIds: ids("mod-log", "help", "events"),
  };
  const { agents: chosen } = policies.check(GUILD, demoChoices(guild, 0).document);
  const live = Object.entries(chosen).flatMap(([name, { mode }]) => (mode === "live" ? [name] : []));
  expect(live.sort()).toEqual(["casework", "events", "faq", "levels", "moderation", "setup", "tickets"]);
});
