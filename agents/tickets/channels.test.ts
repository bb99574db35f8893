import { describe, expect, it } from "vitest";
import {
  type Channel,
  type GuildEvent,
  type Look,
  type Overwrite,
  Permission,
  type ProposedAction,
  whatNoLongerWorks,
} from "#core";
import type { AgentHost } from "../../test/kit/agent-host.ts";
import { directory, policy } from "../../test/kit/guild.ts";
import * as kit from "../../test/kit/tickets.ts";
import { ada, bo, command, DAY, done, form, HOUR, says, texts, ticketOf, verbs, who } from "../../test/kit/tickets.ts";
import { configSchema } from "./config.ts";
import agent from "./index.ts";
import { channelName } from "./places.ts";

const AT = 1_790_000_000_000;
const CHANNEL = "701";
const BOT = "2";
const { VIEW_CHANNEL, SEND_MESSAGES, READ_MESSAGE_HISTORY, EMBED_LINKS, MANAGE_CHANNELS, MANAGE_ROLES } = Permission;
const OWN = VIEW_CHANNEL | SEND_MESSAGES | READ_MESSAGE_HISTORY | EMBED_LINKS | MANAGE_CHANNELS | MANAGE_ROLES;
const READS = (VIEW_CHANNEL | READ_MESSAGE_HISTORY).toString();
const WRITES = (VIEW_CHANNEL | READ_MESSAGE_HISTORY | SEND_MESSAGES).toString();
const helper = who("60", "31");

const PLACES: Readonly<Record<string, Partial<Channel>>> = {
  ...{ "20": { type: 0 }, [kit.STAFF_CHANNEL]: { type: 0 }, "40": { type: 4 }, "41": { type: 4 }, "42": { type: 4 } },
};

/** What stands in a channel that Discord has made: whoever was let in by name, and how. */
const named = (id: string, allow: string, deny = "0"): Overwrite => ({ id, type: "member", allow, deny });

interface Scene {
  readonly config?: object;
  readonly gone?: readonly string[];
  readonly channel?: Partial<Channel>;
  readonly permissions?: bigint;
}

function open({ config, gone = [], channel, permissions = OWN }: Scene = {}): AgentHost {
  const places: typeof PLACES = {
    ...PLACES,
    ...(channel !== undefined && { [CHANNEL]: { type: 0, parentId: "40", ...channel } }),
  };
  const sight: Partial<Look> = {
    channel: (id) => {
      const found = gone.includes(id) ? undefined : places[id];
      return found && { id, name: `c${id}`, type: 0, overwrites: [], ...found };
    },
  };
  const guild = { botUserId: BOT, botPermissions: permissions.toString() };
  return kit.openDesk({ place: "channel", categoryIds: ["40", "41"], ...config }, guild, sight);
}

const failed = (of: GuildEvent, at: number, code: string): GuildEvent => ({
  ...{ id: `f:${of.id}`, guildId: "100", at, kind: "action.failed", orderId: `${of.id}/tickets/0#0` },
  ...{ attempt: 1, outcome: "failed", code, why: "refused" },
});
const gone = (at: number): GuildEvent => ({
  ...{ id: `g:${at}`, guildId: "100", at, kind: "directory.changed" },
  change: { change: "channel.gone", channelId: CHANNEL },
});
const acts = (proposals: readonly ProposedAction[]) => proposals.map(({ action }) => action);

function opened(host: AgentHost, at = AT): readonly ProposedAction[] {
  const asked = form(at);
  host.bring(asked);
  const came = done(asked, at, { channelId: CHANNEL });
  const proposals = host.bring(came);
  host.bring(done(came, at, { channelId: CHANNEL, messageId: "900" }));
  return proposals;
}

describe("a ticket as a channel", () => {
  it("is made in its category, and seen by whoever opened it, staff of its type and the bot alone", () => {
    const [order] = open().bring(form(AT));
    expect(order!.action).toEqual({
      ...{ verb: "channel.create", type: 0, name: "1-double-charge", parentId: "40" },
      overwrites: [
        { id: "100", type: "role", allow: "0", deny: READS },
        { id: "31", type: "role", allow: WRITES, deny: "0" },
        named("50", WRITES),
        named(BOT, (VIEW_CHANNEL | READ_MESSAGE_HISTORY | SEND_MESSAGES | EMBED_LINKS).toString()),
      ],
    });
  });

  it("has its card in it, lets nobody in twice, and is led to", () => {
    const host = open();
    const proposals = opened(host);
    expect(verbs(proposals)).toEqual(["message.send", "interaction.reply", "message.send"]);
    expect(proposals[0]!.action).toMatchObject({
      channelId: CHANNEL,
      words: { pingUserIds: ["50"], pingRoleIds: ["31"] },
    });
    expect(texts(proposals)).toContain(`Your ticket #1 is here: <#${CHANNEL}>`);
    expect(ticketOf(host)).toMatchObject({ status: "open", place: "channel", threadId: CHANNEL, cardId: "900" });
  });

  it("may be so for one type alone, and grants no more than the bot has", () => {
    const types = [kit.TYPES[1], { ...kit.TYPES[0], place: "channel", categoryIds: ["41"] }];
    const scene = {
      config: { place: "thread", categoryIds: undefined, types },
      permissions: OWN & ~READ_MESSAGE_HISTORY,
    };
    const host = open(scene);
    const [order] = host.bring(form(AT));
    expect(order!.action).toMatchObject({ verb: "channel.create", parentId: "41" });
    expect(JSON.stringify(order)).not.toContain(WRITES);
    expect(verbs(host.bring(form(AT, bo, "chiefs")))).toContain("thread.open");
  });

  it.each<[string, Scene, RegExp]>([
    ["whose categories are all gone", { gone: ["40", "41"] }, /category for tickets is gone/],
    ["whose roles are all gone", { config: { types: [{ id: "billing", staffRoleIds: ["39"] }] } }, /staffRoleIds/],
    [
      "the bot may not make",
      { permissions: OWN & ~MANAGE_ROLES & ~MANAGE_CHANNELS },
      /lacks Manage Channels, Manage Roles/,
    ],
  ])("%s is one clear line", (_name, scene, expected) => {
    const proposals = open(scene).bring(form(AT));
    expect(verbs(proposals)).toEqual(["interaction.reply"]);
    expect(texts(proposals)).toMatch(expected);
  });

  it("goes to the next category where the first is gone, and to the next where one is full", () => {
    const skipping = open({ gone: ["40"] });
    expect(skipping.bring(form(AT))[0]!.action).toMatchObject({ parentId: "41" });
    const host = open();
    const asked = form(AT);
    host.bring(asked);
    const full = failed(asked, AT + 1, "50035");
    const again = host.bring(full);
    expect(acts(again)).toMatchObject([{ verb: "channel.create", parentId: "41", name: "1-double-charge" }]);
    host.bring(done(full, AT + 2, { channelId: CHANNEL }));
    expect(ticketOf(host)).toMatchObject({ status: "open", parentId: "41", threadId: CHANNEL });
  });

  it.each([
    ["category is full", "50035", /<#41> has as many channels as Discord allows/, /categories .* 50 channels each/],
    ["server is full", "30013", /this server has 500 channels/, /deleteClosedAfterHours/],
    ["request is refused", "50013", /no channel came to be in <#4[01]>/, /neither thread nor channel/],
  ])("is told to be none where the last %s, to the member and to staff", (_name, code, toMember, toStaff) => {
    const host = open();
    const asked = form(AT);
    host.bring(asked);
    const first = failed(asked, AT + 1, code);
    const proposals =
      code === "50035" ? (host.bring(first), host.bring(failed(first, AT + 2, code))) : host.bring(first);
    expect(verbs(proposals)).toEqual(["interaction.reply", "message.send"]);
    expect(texts(proposals.slice(0, 1))).toMatch(toMember);
    expect(texts(proposals.slice(1))).toMatch(toStaff);
    expect(ticketOf(host).status).toBe("failed");
    expect(host.record("ticketing", "50")!.open).toEqual([]);
  });

  it.each([
    ["ticket's", [named("50", WRITES)], "member"],
    ["guild's own, nobody let in by name,", [], "staff"],
  ])("hears in a %s channel who has the next word", (_name, overwrites, waitsFor) => {
    const host = open({ channel: { overwrites } });
    opened(host);
    host.bring(says(AT + HOUR, helper, CHANNEL));
    expect(ticketOf(host).waitsFor).toBe(waitsFor);
  });

  it("lets members in and out, and staff in who have no role of its type", () => {
    const host = open();
    opened(host);
    const added = host.bring(command(AT + 1, helper, "add", { member: bo }, CHANNEL));
    expect(acts(added)[0]).toEqual({ verb: "channel.overwrite", channelId: CHANNEL, overwrite: named("51", WRITES) });
    const removed = host.bring(command(AT + 2, helper, "remove", { member: bo }, CHANNEL));
    expect(acts(removed)[0]).toEqual({ verb: "channel.overwrite-clear", channelId: CHANNEL, overwriteId: "51" });
    const keeper = who("61", "32");
    const handed = host.bring(command(AT + 3, helper, "transfer", { member: keeper }, CHANNEL));
    expect(verbs(handed)).toContain("channel.overwrite");
    const back = host.bring(command(AT + 4, keeper, "transfer", { member: helper }, CHANNEL));
    expect(verbs(back)).not.toContain("channel.overwrite");
  });

  it("opens to other staff with a ticket that is late", () => {
    const deadlines = { answerMinutes: 60, escalation: { moveToType: "chiefs" } };
    const host = open({ config: { deadlines } });
    opened(host);
    host.waitUntil(AT + HOUR);
    const moved = host.steps.at(-1)!.proposals.map(({ action }) => action);
    expect(moved).toContainEqual({
      ...{ verb: "channel.overwrite", channelId: CHANNEL },
      overwrite: { id: "33", type: "role", allow: WRITES, deny: "0" },
    });
  });
});

describe("closing a channel", () => {
  const overwrites = [named("50", WRITES), named("51", READS, "8"), named("52", "0", READS), named(BOT, WRITES)];
  const shutFor = (proposals: readonly ProposedAction[]) =>
    acts(proposals).flatMap((action) => (action.verb === "channel.overwrite" ? [action.overwrite] : []));

  it("takes the right to write from whoever was let in by name, and gives it back", () => {
    const host = open({ channel: { overwrites } });
    opened(host);
    const closed = host.bring(command(AT + HOUR, ada, "close", {}, CHANNEL));
    expect(shutFor(closed)).toEqual([
      named("50", READS, SEND_MESSAGES.toString()),
      named("51", READS, SEND_MESSAGES.toString()),
    ]);
    expect(verbs(closed)).not.toContain("thread.edit");
    const reopened = host.bring(command(AT + 2 * HOUR, helper, "reopen", {}, CHANNEL));
    expect(shutFor(reopened)).toMatchObject([named("50", WRITES), { id: "51", allow: WRITES }]);
  });

  it("moves it among the closed ones and back, where there is a place for them", () => {
    const host = open({ config: { closedCategoryId: "42" }, channel: { overwrites } });
    opened(host);
    const edits = (proposals: readonly ProposedAction[]) =>
      acts(proposals).filter(({ verb }) => verb === "channel.edit");
    const closed = host.bring(command(AT + HOUR, ada, "close", {}, CHANNEL));
    expect(edits(closed)).toEqual([{ verb: "channel.edit", channelId: CHANNEL, parentId: "42" }]);
    const elsewhere = open({ config: { closedCategoryId: "49" }, channel: { overwrites } });
    opened(elsewhere);
    expect(edits(elsewhere.bring(command(AT + HOUR, ada, "close", {}, CHANNEL)))).toEqual([]);
  });

  it("is followed by its deletion where the guild wants that, once the transcript is kept", () => {
    const host = open({ config: { deleteClosedAfterHours: 24 } });
    opened(host);
    const closing = command(AT + HOUR, ada, "close", {}, CHANNEL);
    host.bring(closing);
    host.waitUntil(AT + HOUR + DAY);
    expect(host.steps.at(-1)!.proposals.map(({ action }) => action.verb)).toEqual(["transcript.make"]);
    const transcript = { number: 1, messages: 3, keptUntil: AT + 30 * DAY };
    host.bring(done(closing, AT + 2 * HOUR + DAY, { transcript }));
    host.waitUntil(AT + HOUR + 2 * DAY);
    const [deletion] = host.steps.at(-1)!.proposals;
    expect(deletion!.action).toEqual({ verb: "channel.delete", channelId: CHANNEL });
    expect(host.bring(gone(AT + 3 * DAY))).toEqual([]);
    expect(texts(host.bring(command(AT + 3 * DAY, helper, "reopen", { number: 1 })))).toMatch(/was deleted/);
  });

  it.each<[string, object, (host: AgentHost) => void]>([
    ["was opened again", {}, (host) => host.bring(command(AT + 2 * HOUR, helper, "reopen", {}, CHANNEL))],
    ["is gone already", {}, (host) => host.bring(gone(AT + 2 * HOUR))],
    ["is to stay", { deleteClosedAfterHours: 0 }, () => undefined],
  ])("deletes none that %s", (_name, config, happens) => {
    const transcripts = { atClosing: false };
    const host = open({ config: { deleteClosedAfterHours: 24, transcripts, remindAfterHours: 0, ...config } });
    opened(host);
    host.bring(command(AT + HOUR, ada, "close", {}, CHANNEL));
    happens(host);
    host.waitUntil(AT + 2 * DAY);
    expect(host.steps.flatMap(({ proposals }) => verbs(proposals))).not.toContain("channel.delete");
  });

  it("happens by itself where somebody deletes it: staff are told", () => {
    const host = open();
    opened(host);
    const proposals = host.bring(gone(AT + HOUR));
    expect(texts(proposals)).toMatch(/thread or channel of ticket #1 .* is gone/);
    expect(ticketOf(host).closed).toMatchObject({ how: "gone" });
  });
});

it.each([
  ["Double *charge*", "7-double-charge"],
  ["  Ça va?! #1", "7-ça-va-1"],
  ["パス ワード", "7-パス-ワード"],
  ["?!", "7"],
])("%s is called %s", (title, expected) =>
  expect(channelName({ ...ticketOf(withOne()), number: 7, said: { title, text: "" } })).toBe(expected),
);

function withOne(): AgentHost {
  const host = open();
  opened(host);
  return host;
}

describe("the settings", () => {
  const types = [{ id: "a", place: "channel" }];
  it.each<[object, string | undefined]>([
    [{ place: "channel" }, "categoryIds"],
    [{ types }, "types.0.categoryIds"],
    [{ types, categoryIds: ["1"] }, undefined],
    [{ place: "channel", types: [{ id: "a", categoryIds: ["1"] }] }, undefined],
    [{}, undefined],
  ])("%j name a category for every channel", (config, path) => {
    const parsed = configSchema.safeParse(config);
    expect(parsed.error?.issues[0]?.path.join(".")).toBe(path);
  });

  it.each([
    ["thread", []],
    ["channel", ["guild:MANAGE_CHANNELS", "agents.tickets.config.categoryIds:40"]],
  ])("with a %s want no more of the bot than they need", (place, expected) => {
    const types = [{ id: "help", staffRoleIds: ["39"] }];
    const config = configSchema.parse({ place, types, ...(place === "channel" && { categoryIds: ["40"] }) });
    const chosen = policy({ agents: { tickets: { mode: "live", config, hash: "test" } } });
    const keys = whatNoLongerWorks(directory, chosen, [agent], AT).map(({ key }) => key);
    expect(keys.filter((key) => /MANAGE_CHANNELS|categoryIds/.test(key))).toEqual(expected);
    expect(keys).toContain("agents.tickets.config.types.0.staffRoleIds:39");
  });
});
