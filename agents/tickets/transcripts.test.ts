import { describe, expect, it } from "vitest";
import {
  BLANK_LOOK,
  type Action,
  type GuildEvent,
  type Look,
  type Member,
  Permission,
  type ProposedAction,
  type Ticket,
  type Verb,
} from "#core";
import { hostAgent, type AgentHost } from "../../test/kit/agent-host.ts";
import { configSchema } from "./config.ts";
import tickets from "./index.ts";
import { readerOf } from "./reading.ts";

const AT = 1_790_000_000_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const THREAD = "700";
const TYPES = [
  { id: "billing", label: "Billing", staffRoleIds: ["31"] },
  { id: "other", staffRoleIds: ["34"] },
];
const ROLES: Readonly<Record<string, bigint>> = {
  ...{ "31": 0n, "32": Permission.MANAGE_THREADS, "33": Permission.MANAGE_GUILD, "34": 0n },
  ...{ "35": Permission.ADMINISTRATOR, "36": Permission.BAN_MEMBERS | Permission.MANAGE_MESSAGES },
};
const sight: Partial<Look> = {
  role: (id) => {
    const permissions = ROLES[id];
    return permissions === undefined ? undefined : { id, name: id, position: 1, permissions: permissions.toString() };
  },
  channel: (id) => ({ id, name: `c${id}`, overwrites: [], type: id === THREAD ? 12 : 0 }),
  guild: () => ({ name: "The *Lantern*", ownerId: "1", memberCount: 2, locale: "en" }),
};
const who = (userId: string, ...roleIds: string[]): Member => ({ userId, name: `m${userId}`, roleIds });

const ticket: Ticket = {
  ...{
    number: 1,
    status: "open",
    typeId: "billing",
    userId: "50",
    name: "m50",
    said: { title: "Badge", text: "Lost" },
  },
  ...{ parentId: "20", threadId: THREAD, at: AT, priority: "normal", waitsFor: "staff", lastAt: AT, reminders: 0 },
};

describe("who may read what was said in a ticket", () => {
  it.each<readonly [string, Member, string | undefined]>([
    ["whoever opened it", who("50"), "opener"],
    ["staff of its type", who("60", "31"), "staff"],
    ["who manages threads, and so can read it in Discord", who("61", "32"), "staff"],
    ["the owner", who("1"), "staff"],
    ["who manages the guild", who("62", "33"), "manager"],
    ["an administrator", who("63", "35"), "staff"],
    ["staff of another type", who("64", "34"), undefined],
    ["a moderator", who("65", "36"), undefined],
    ["a member", who("51"), undefined],
    ["who has a role that is gone", who("66", "99"), undefined],
  ])("%s", (_name, member, expected) => {
    const config = configSchema.parse({ types: TYPES });
    expect(readerOf(member, ticket, { ...BLANK_LOOK, ...sight }, config)).toBe(expected);
  });
});

let sequence = 0;
const use = (at: number, by: Member) => {
  const id = `i:${++sequence}`;
  const interaction = { id, sealedToken: "sealed", locale: "en" };
  return { id, guildId: "100", at, by, byPermissions: "0", channelId: THREAD, interaction };
};
const command = (at: number, by: Member, name: string, options: object = {}) =>
  ({ ...use(at, by), kind: "command.used", command: `ticket ${name}`, options }) as GuildEvent;
const press = (at: number, by: Member): GuildEvent => ({
  ...use(at, by),
  ...{ kind: "button.pressed", customId: "v1:tickets:transcript:1", messageId: "900" },
});
const texts = (proposals: readonly ProposedAction[]) =>
  proposals.map(({ action }) => ("words" in action ? action.words.text : "")).join("\n");
const actions = <V extends Verb>(proposals: readonly ProposedAction[], verb: V) =>
  proposals.flatMap(({ action }) => (action.verb === verb ? [action as Extract<Action, { verb: V }>] : []));

const form = (at: number): GuildEvent => ({
  ...{ ...use(at, who("50")), kind: "modal.submitted", customId: "v1:tickets:form:billing", channelId: "20" },
  fields: { subject: "Badge", details: "Lost" },
});
const outcome = (of: string, at: number, result: object): GuildEvent => ({
  ...{
    id: `d:${++sequence}`,
    guildId: "100",
    at,
    kind: "action.done",
    orderId: `${of}/tickets/0#0`,
    attempt: 1,
    result,
  },
});
const made = (of: string, at: number, keptUntil = at + 30 * DAY) =>
  outcome(of, at, { transcript: { number: 1, messages: 3, keptUntil } });

function open(transcripts: object = {}): AgentHost {
  const host = hostAgent(tickets, { types: TYPES, transcripts }, {}, sight);
  const asked = form(AT);
  host.bring(asked);
  host.bring(outcome(asked.id, AT + 1, { channelId: THREAD }));
  return host;
}

describe("a transcript", () => {
  it("is ordered with the closing, for as long and as large as the guild wants", () => {
    const host = open({ keepDays: 3, mostMegabytes: 2 });
    const [order] = actions(host.bring(command(AT + HOUR, who("60", "31"), "close")), "transcript.make");
    expect(order).toEqual({
      ...{ verb: "transcript.make", number: 1, about: "Billing", at: AT + HOUR, keepUntil: AT + HOUR + 3 * DAY },
      ...{ mostBytes: 2 * 1_048_576, locale: "en" },
    });
  });

  it("is not made where the guild keeps none, and there is no button for it", () => {
    const host = open({ atClosing: false });
    const proposals = host.bring(command(AT + HOUR, who("60", "31"), "close"));
    expect(actions(proposals, "transcript.make")).toEqual([]);
    expect(JSON.stringify(proposals)).not.toContain("tickets:transcript");
  });

  it("is told of once: staff by a button, whoever opened it by a link of their own", () => {
    const host = open({ logChannelId: "22", tellMember: true, linkHours: 2 });
    const closing = command(AT + HOUR, who("60", "31"), "close");
    host.bring(closing);
    const proposals = host.bring(made(closing.id, AT + HOUR + 9));
    const [logged] = actions(proposals, "message.send");
    expect(logged).toMatchObject({
      channelId: "22",
      words: { components: [[{ customId: "v1:tickets:transcript:1" }]] },
    });
    const [told] = actions(proposals, "member.tell");
    const until = AT + HOUR + 9 + 2 * HOUR;
    expect(told).toMatchObject({
      userId: "50",
      words: { transcript: { number: 1, userId: "50", as: "opener", until } },
    });
    expect(told!.words.text).toContain("The \\*Lantern\\*");
    expect(host.bring(made(closing.id, AT + 2 * HOUR))).toEqual([]);
  });

  it("is linked at once for who may read it, for whom it is made and no longer than it is kept", () => {
    const host = open();
    const closing = command(AT + HOUR, who("60", "31"), "close");
    host.bring(closing);
    host.bring(made(closing.id, AT + HOUR + 9, AT + 10 * HOUR));
    const [reply] = actions(host.bring(press(AT + 2 * HOUR, who("62", "33"))), "interaction.reply");
    expect(reply).toMatchObject({ ephemeral: true });
    expect(reply!.words.transcript).toEqual({ number: 1, userId: "62", as: "manager", until: AT + 10 * HOUR });
    expect(reply!.words.text).toContain("({link})");
    expect(texts(host.bring(press(AT + 2 * HOUR, who("51"))))).toMatch(/Only the team/);
    expect(texts(host.bring(command(AT + 2 * HOUR, who("51"), "transcript", { number: 1 })))).toMatch(/Only the team/);
  });

  it("of an open ticket, or one whose time is over, is made anew for whoever asks, and linked when it is there", () => {
    const host = open();
    const asking = command(AT + HOUR, who("50"), "transcript");
    const begun = host.bring(asking);
    expect(begun[0]!.action.verb).toBe("transcript.make");
    expect(texts(begun)).toMatch(/being put together/);
    const [reply] = actions(host.bring(made(asking.id, AT + HOUR + 5)), "interaction.reply");
    expect(reply!.words.transcript).toMatchObject({ userId: "50", as: "opener" });
    host.bring(command(AT + 2 * HOUR, who("50"), "close"));
    expect(actions(host.bring(press(AT + 3 * HOUR, who("50"))), "transcript.make")).toHaveLength(1);
  });

  it("that cannot be made says so", () => {
    const host = open();
    const asking = command(AT + HOUR, who("50"), "transcript");
    host.bring(asking);
    const failed: GuildEvent = {
      ...{ id: "f", guildId: "100", at: AT + HOUR, kind: "action.failed", orderId: `${asking.id}/tickets/0#0` },
      ...{ attempt: 1, outcome: "failed", code: "blob.disk", why: "no room" },
    };
    expect(texts(host.bring(failed))).toMatch(/could not be put together/);
    expect(host.bring(failed)).toEqual([]);
  });
});
