import { describe, expect, it } from "vitest";
import type { Action, EventOf, GuildEvent, Member, ProposedAction, Ticket, Verb } from "#core";
import { Permission } from "#core";
import { hostAgent, type AgentHost } from "../../test/kit/agent-host.ts";
import { message } from "../../test/kit/guild.ts";
import tickets from "./index.ts";

const AT = 1_790_000_000_000;
const HOUR = 3_600_000;
const THREAD = "700";
const TYPES = [
  { id: "billing", label: "Billing", staffRoleIds: ["31"] },
  { id: "other", label: "Anything *else*" },
];

const who = (userId: string, ...roleIds: string[]): Member => ({ userId, name: `m${userId}`, roleIds });
const ada = who("50");
const bo = who("51");
const helper = who("60", "31");
const keeper = who("61", "32");

const roles: Readonly<Record<string, string>> = { "31": "0", "32": Permission.MANAGE_THREADS.toString() };
const channels: Readonly<Record<string, { type: number; parentId?: string }>> = {
  "20": { type: 0 },
  "21": { type: 2 },
  "22": { type: 0 },
  "23": { type: 11, parentId: "20" },
};

const open = (config: object = {}, gone: readonly string[] = []): AgentHost =>
  hostAgent(
    tickets,
    { types: TYPES, ...config },
    {},
    {
      channel: (id) => {
        const found = gone.includes(id) ? undefined : channels[id];
        return found && { id, name: `c${id}`, overwrites: [], ...found };
      },
      role: (id) => {
        const permissions = gone.includes(id) ? undefined : roles[id];
        return permissions === undefined ? undefined : { id, name: `r${id}`, position: 1, permissions };
      },
    },
  );

let sequence = 0;
const use = (at: number, by: Member, channelId = "20") => {
  const id = `i:${++sequence}`;
  const interaction = { id, sealedToken: "sealed", locale: "en" };
  return { id, guildId: "100", at, by, byPermissions: "0", channelId, interaction };
};
const form = (at: number, by = ada, type = "billing", channelId = "20"): EventOf<"modal.submitted"> => ({
  ...{ ...use(at, by, channelId), kind: "modal.submitted", customId: `v1:tickets:form:${type}` },
  fields: { subject: "Double *charge*", details: "Twice in <@1> May\nand again" },
});
const command = (at: number, by: Member, name: string, options: object = {}, channelId = THREAD) =>
  ({ ...use(at, by, channelId), kind: "command.used", command: `ticket ${name}`, options }) as GuildEvent;
const press = (at: number, by: Member, name: string, ...args: string[]): GuildEvent => ({
  ...use(at, by, THREAD),
  ...{ kind: "button.pressed", customId: ["v1:tickets", name, ...args].join(":"), messageId: "900" },
});
const done = (of: GuildEvent, at: number, result: object): GuildEvent => ({
  ...{ id: `d:${++sequence}`, guildId: "100", at, kind: "action.done", orderId: `${of.id}/tickets/0#0` },
  ...{ attempt: 1, result },
});
const failed = (of: GuildEvent, at: number): GuildEvent => ({
  ...{ id: `d:${++sequence}`, guildId: "100", at, kind: "action.failed", orderId: `${of.id}/tickets/0#0` },
  ...{ attempt: 1, outcome: "failed", code: "10003", why: "gone" },
});
const says = (at: number, author: Member, channelId = THREAD): GuildEvent =>
  message("hello", { at, author, channelId });

const texts = (proposals: readonly ProposedAction[]): string =>
  proposals.map(({ action }) => ("words" in action ? action.words.text : "")).join("\n");
const verbs = (proposals: readonly ProposedAction[]): readonly Verb[] => proposals.map(({ action }) => action.verb);
const ticket = (host: AgentHost, number = 1): Ticket | undefined => host.record("ticket", String(number));

/** A ticket of Ada's whose thread and card are there. */
function opened(host: AgentHost, at = AT, thread = THREAD): readonly ProposedAction[] {
  const asked = form(at);
  host.bring(asked);
  const came = done(asked, at + 1_000, { threadId: thread, channelId: thread });
  const proposals = host.bring(came);
  host.bring(done(came, at + 2_000, { channelId: thread, messageId: "900" }));
  return proposals;
}

describe("opening", () => {
  it("is a private thread, then a card that calls whom it concerns, with the member's words as words", () => {
    const host = open({ staffChannelId: "22" });
    const asked = form(AT);
    const [thread, reply] = host.bring(asked);
    const name = "#1 · Double *charge*";
    expect(thread!.action).toEqual({ verb: "thread.open", channelId: "20", name, isPrivate: true });
    expect(texts([reply!])).toBe("Your ticket #1 is being opened …");
    const came = done(asked, AT + 1_000, { threadId: THREAD, channelId: THREAD });
    const proposals = host.bring(came);
    expect(verbs(proposals)).toEqual(["message.send", "thread.add-member", "interaction.reply", "message.send"]);
    expect(proposals[0]!.action).toMatchObject({
      channelId: THREAD,
      words: { pingUserIds: ["50"], pingRoleIds: ["31"], title: "#1 · Billing · Double \\*charge\\*" },
    });
    expect(texts(proposals)).toContain("> Twice in \\<\\@1\\> May\n> and again");
    expect(texts(proposals)).toContain(`Your ticket #1 is here: <#${THREAD}>`);
    host.bring(done(came, AT + 2_000, { channelId: THREAD, messageId: "900" }));
    expect(ticket(host)).toMatchObject({ status: "open", threadId: THREAD, cardId: "900", waitsFor: "staff" });
    expect(ticket(host)).not.toHaveProperty("interaction");
  });

  it.each<[string, object, readonly string[], [Member?, string?, string?], RegExp]>([
    ["of a type that is gone", {}, [], [ada, "sales"], /no such kind of ticket/],
    ["whose channel is gone", { channelId: "22" }, ["22"], [], /channelId/],
    ["in a voice channel", {}, [], [ada, "billing", "21"], /channelId/],
    ["whose roles are all gone", {}, ["31"], [], /staffRoleIds/],
  ])("%s is one clear line", (_name, config, gone, [by, type, channelId], expected) => {
    const host = open(config, gone);
    const proposals = host.bring(form(AT, by, type, channelId));
    expect(verbs(proposals)).toEqual(["interaction.reply"]);
    expect(texts(proposals)).toMatch(expected);
    expect(ticket(host)).toBeUndefined();
  });

  it("within a thread belongs to the channel around it; without a panel the choice comes by a command", () => {
    const host = open();
    expect(host.bring(form(AT, ada, "other", "23"))[0]!.action).toMatchObject({ channelId: "20" });
    const [offer] = host.bring(command(AT, bo, "open", {}, "20"));
    expect(JSON.stringify(offer)).toContain("v1:tickets:open:other");
  });

  it("has limits: what is open at once, what is opened in a day, and what the guild can take", () => {
    const host = open({ openPerMember: 1, openInAll: 2 });
    opened(host);
    expect(texts(host.bring(form(AT + HOUR)))).toMatch(/already have 1 ticket open/);
    host.bring(form(AT + HOUR, bo));
    expect(texts(host.bring(form(AT + HOUR, helper)))).toMatch(/There are 2 tickets open on this server/);
    host.bring(command(AT + HOUR, ada, "close"));
    expect(verbs(host.bring(form(AT + HOUR, helper)))).toContain("thread.open");
  });

  it("and closing in turns ends after so many in a day, and goes on the day after", () => {
    const host = open({ opensPerDay: 2 });
    for (const hour of [0, 1]) {
      opened(host, AT + hour * HOUR, `70${hour}`);
      host.bring(command(AT + hour * HOUR + 60_000, ada, "close", {}, `70${hour}`));
    }
    expect(texts(host.bring(form(AT + 2 * HOUR)))).toMatch(/opened 2 tickets in the last 24 hours/);
    expect(verbs(host.bring(form(AT + 25 * HOUR)))).toContain("thread.open");
    expect(ticket(host, 3)).toMatchObject({ number: 3, status: "opening" });
  });

  it.each<[string, (host: AgentHost, asked: GuildEvent) => readonly ProposedAction[]]>([
    ["that Discord refuses", (host, asked) => host.bring(failed(asked, AT + 1_000))],
    [
      "of which nothing is heard",
      (host) => {
        host.waitUntil(AT + HOUR);
        return host.steps.at(-1)!.proposals;
      },
    ],
  ])("%s is told to the member and to staff, and takes nobody's place", (_name, fails) => {
    const host = open({ staffChannelId: "22", openPerMember: 1 });
    const asked = form(AT);
    host.bring(asked);
    const proposals = fails(host, asked);
    expect(texts(proposals)).toMatch(/could not be opened: no private thread came to be in <#20>/);
    expect(verbs(proposals)).toEqual(["interaction.reply", "message.send"]);
    expect(ticket(host)!.status).toBe("failed");
    expect(verbs(host.bring(form(AT + HOUR)))).toContain("thread.open");
  });

  it("that comes later than anybody waited for is a ticket all the same, once", () => {
    const host = open();
    const asked = form(AT);
    host.bring(asked);
    host.waitUntil(AT + HOUR);
    const came = done(asked, AT + 2 * HOUR, { threadId: THREAD, channelId: THREAD });
    expect(verbs(host.bring(came))).toEqual(["message.send", "thread.add-member"]);
    expect(host.bring({ ...came, id: "again" })).toEqual([]);
    expect(ticket(host)!.status).toBe("open");
    expect(host.record("ticketing", "50")!.open).toEqual([1]);
  });
});

describe("staff", () => {
  it("are whoever has the type's role, manages threads, or owns the guild; nobody else", () => {
    const host = open();
    opened(host);
    for (const by of [ada, bo]) expect(texts(host.bring(press(AT + HOUR, by, "claim", "1")))).toMatch(/Only the team/);
    expect(ticket(host)!.claimedBy).toBeUndefined();
    const claimed = host.bring(press(AT + HOUR, helper, "claim", "1"));
    expect(claimed[0]!.action).toMatchObject({ verb: "interaction.reply", update: true });
    expect(ticket(host)!.claimedBy).toBe("60");
    expect(texts(host.bring(command(AT + HOUR, keeper, "claim")))).toBe("<@60> looks after it already.");
    expect(verbs(host.bring(command(AT + HOUR, keeper, "unclaim")))).toEqual(["message.edit", "interaction.reply"]);
    expect(ticket(host)!.claimedBy).toBeUndefined();
    expect(texts(host.bring(command(AT + HOUR, keeper, "unclaim")))).toMatch(/Nobody looks after it/);
    expect(verbs(host.bring(command(AT + HOUR, who("1"), "claim")))).toContain("message.edit");
  });

  it("hand a ticket to one another, and to nobody else", () => {
    const host = open();
    opened(host);
    for (const member of [ada, bo, { ...helper, bot: true }])
      expect(texts(host.bring(command(AT + HOUR, helper, "transfer", { member })))).toMatch(/do not belong/);
    const proposals = host.bring(command(AT + HOUR, helper, "transfer", { member: keeper }));
    expect(proposals.at(-1)!.action).toMatchObject({ channelId: THREAD, words: { pingUserIds: ["61"] } });
    expect(ticket(host)!.claimedBy).toBe("61");
  });

  it("let others in and out, but not out whose ticket it is, and say what is urgent", () => {
    const host = open();
    opened(host);
    const added = host.bring(command(AT + HOUR, helper, "add", { member: bo }));
    expect(added[0]!.action).toEqual({ verb: "thread.add-member", channelId: THREAD, userId: "51" });
    const removed = host.bring(command(AT + HOUR, helper, "remove", { member: bo }));
    expect(removed[0]!.action).toEqual({ verb: "thread.remove-member", channelId: THREAD, userId: "51" });
    expect(texts(host.bring(command(AT + HOUR, helper, "remove", { member: ada })))).toMatch(/their ticket/);
    expect(texts(host.bring(command(AT + HOUR, helper, "priority", { priority: "urgent" })))).toContain("urgent");
    expect(ticket(host)!.priority).toBe("urgent");
  });

  it("see all that is theirs, the most urgent first; members see their own; elsewhere a command says where to use it", () => {
    const host = open();
    opened(host);
    host.bring(form(AT + HOUR, bo, "other"));
    host.bring(command(AT + HOUR, keeper, "priority", { priority: "high" }));
    const numbers = (by: Member) =>
      [...texts(host.bring(command(AT + HOUR + 1_000, by, "list"))).matchAll(/#(\d)\*\*/g)].map(([, number]) => number);
    expect(numbers(keeper)).toEqual(["1", "2"]);
    expect(numbers(helper)).toEqual(["1"]);
    expect(numbers(bo)).toEqual(["2"]);
    expect(numbers(who("99"))).toEqual([]);
    expect(texts(host.bring(command(AT, helper, "claim", {}, "20")))).toMatch(/no ticket's thread or channel/);
  });
});

describe("closing", () => {
  it("by a button asks first, by whoever may, and once", () => {
    const host = open({ staffChannelId: "22" });
    opened(host);
    expect(texts(host.bring(press(AT + HOUR, bo, "close", "1")))).toMatch(/Only the team and whoever opened it/);
    expect(texts(host.bring(press(AT + HOUR, ada, "close", "1")))).toBe("Close ticket #1?");
    expect(ticket(host)!.status).toBe("open");
    const proposals = host.bring(press(AT + HOUR, ada, "confirm", "1"));
    expect(verbs(proposals)).toEqual([
      ...["message.send", "thread.edit", "message.edit", "transcript.make", "message.send", "interaction.reply"],
    ]);
    expect(proposals[1]!.action).toMatchObject({ channelId: THREAD, locked: true });
    expect(ticket(host)!.closed).toEqual({ at: AT + HOUR, how: "asked", byUserId: "50" });
    expect(texts(host.bring(press(AT + HOUR, helper, "confirm", "1")))).toBe("This ticket is not open.");
    expect(host.record("ticketsOpen", "all")!.numbers).toEqual([]);
  });

  it("is undone by whoever opened it for some days, by staff always, within what a member may have open", () => {
    const host = open({ openPerMember: 1, reopenDays: 2 });
    opened(host);
    host.bring(command(AT + HOUR, helper, "close", { reason: "paid *back*" }));
    expect(texts(host.bring(press(AT + 60 * HOUR, ada, "reopen", "1")))).toMatch(/for 2 days only/);
    const proposals = host.bring(command(AT + 60 * HOUR, keeper, "reopen"));
    expect(verbs(proposals)).toEqual(["thread.edit", "message.send", "message.edit", "interaction.reply"]);
    expect(proposals[0]!.action).toMatchObject({ locked: false });
    expect(ticket(host)).toMatchObject({ status: "open", waitsFor: "member" });
    expect(ticket(host)).not.toHaveProperty("closed");
    host.bring(command(AT + 61 * HOUR, ada, "close"));
    opened(host, AT + 62 * HOUR, "701");
    expect(texts(host.bring(press(AT + 63 * HOUR, ada, "reopen", "1")))).toMatch(/already have 1 ticket/);
  });

  it("asks for stars and a word: once, of whoever opened it", () => {
    const host = open();
    opened(host);
    const rate = (by: Member, stars: string): GuildEvent => ({
      ...{ ...use(AT + 2 * HOUR, by), kind: "modal.submitted", customId: `v1:tickets:rate:1:${stars}` },
      fields: { comment: " kind and quick " },
    });
    expect(texts(host.bring(rate(ada, "5")))).toMatch(/not closed/);
    const closed = host.bring(command(AT + HOUR, helper, "close"));
    expect(JSON.stringify(closed[0])).toContain("v1:tickets:rate:1:5");
    expect(texts(host.bring(rate(bo, "1")))).toMatch(/Only whoever opened/);
    expect(texts(host.bring(rate(ada, "6")))).toMatch(/no such ticket/);
    expect(texts(host.bring(rate(ada, "4")))).toMatch(/Thank you/);
    expect(texts(host.bring(rate(ada, "1")))).toMatch(/already/);
    expect(ticket(host)!.feedback).toEqual({ stars: 4, text: "kind and quick", at: AT + 2 * HOUR });
  });

  it("happens by itself where the thread is deleted: staff are told, and what is pressed later says so", () => {
    const host = open({ staffChannelId: "22", openPerMember: 1 });
    opened(host);
    const proposals = host.bring({
      ...{ id: "t:1", guildId: "100", at: AT + HOUR, kind: "thread.deleted", threadId: THREAD, parentId: "20" },
    });
    expect(verbs(proposals)).toEqual(["transcript.make", "message.send"]);
    expect(texts(proposals)).toMatch(/channel of ticket #1 of <@50> is gone/);
    expect(texts(host.bring(press(AT + HOUR, ada, "reopen", "1")))).toMatch(/channel was deleted/);
    host.waitUntil(AT + 9_999 * HOUR);
    expect(host.steps.at(-1)!.event.kind).toBe("button.pressed");
    expect(verbs(host.bring(form(AT + 10_000 * HOUR)))).toContain("thread.open");
  });
});

describe("silence", () => {
  const silent = (host: AgentHost, until: number) => {
    const before = host.steps.length;
    host.waitUntil(until);
    return host.steps.slice(before);
  };

  it("after staff's word is warned of, and then ends the ticket; a word in between starts it anew", () => {
    const host = open();
    opened(host);
    host.bring(says(AT + HOUR, helper));
    expect(ticket(host)).toMatchObject({ waitsFor: "member", answeredAt: AT + HOUR });
    const [warning] = silent(host, AT + 49 * HOUR);
    expect(warning!.event.at).toBe(AT + 49 * HOUR);
    expect(texts(warning!.proposals)).toMatch(/<@50>, is this settled\? The ticket is closed in 24 hours/);
    host.bring(done(warning!.event, AT + 50 * HOUR, { messageId: "901" }));
    host.bring(says(AT + 60 * HOUR, ada));
    expect(ticket(host)).toMatchObject({ waitsFor: "staff" });
    host.bring(says(AT + 61 * HOUR, helper));
    const [again] = silent(host, AT + 109 * HOUR);
    host.bring(done(again!.event, AT + 109 * HOUR, { messageId: "902" }));
    const [end] = silent(host, AT + 133 * HOUR);
    expect(end!.event.at).toBe(AT + 133 * HOUR);
    expect(ticket(host)).toMatchObject({ status: "closed", closed: { how: "silence", at: AT + 133 * HOUR } });
    expect(ticket(host)!.answeredAt).toBe(AT + HOUR);
  });

  it("gives the whole time from when the warning is there, however late that is, and none where somebody wrote meanwhile", () => {
    const host = open();
    opened(host);
    host.bring(says(AT + HOUR, helper));
    const [warning] = silent(host, AT + 49 * HOUR);
    host.bring(says(AT + 80 * HOUR, helper));
    host.bring(done(warning!.event, AT + 90 * HOUR, { messageId: "901" }));
    expect(ticket(host)!.warnedAt).toBeUndefined();
    const [late] = silent(host, AT + 128 * HOUR);
    host.bring(done(late!.event, AT + 200 * HOUR, { messageId: "902" }));
    expect(silent(host, AT + 224 * HOUR - 1)).toEqual([]);
    expect(silent(host, AT + 224 * HOUR)).toHaveLength(1);
    expect(ticket(host)!.status).toBe("closed");
  });

  it("of staff never ends a ticket: they are called three times", () => {
    const host = open();
    opened(host);
    for (let reminder = 1; reminder <= 3; reminder++) {
      const [struck, ...more] = silent(host, AT + 30 * reminder * HOUR);
      expect(more).toEqual([]);
      expect(struck!.proposals[0]!.action).toMatchObject({ words: { pingRoleIds: ["31"] } });
      host.bring(done(struck!.event, AT + 30 * reminder * HOUR, { messageId: `91${reminder}` }));
    }
    expect(silent(host, AT + 9_999 * HOUR)).toEqual([]);
    expect(ticket(host)).toMatchObject({ status: "open", reminders: 3 });
  });

  it("calls whoever has claimed it, counts nothing a bot says, and is off where the guild wants it so", () => {
    const host = open();
    opened(host);
    host.bring(press(AT + HOUR, helper, "claim", "1"));
    host.bring(says(AT + 2 * HOUR, { ...who("77"), bot: true }));
    const [struck] = silent(host, AT + 25 * HOUR);
    expect(struck!.proposals[0]!.action).toMatchObject({ words: { pingUserIds: ["60"] } });
    const never = open({ closeAfterHours: 0, remindAfterHours: 0 });
    opened(never);
    expect(silent(never, AT + 9_999 * HOUR)).toEqual([]);
    never.bring(says(AT + 10_000 * HOUR, helper));
    expect(silent(never, AT + 99_999 * HOUR)).toEqual([]);
  });

  it("in a thread that cannot be written to any more ends the ticket, and staff are told", () => {
    const host = open({ staffChannelId: "22" });
    opened(host);
    host.bring(says(AT + HOUR, helper));
    const [warning] = silent(host, AT + 49 * HOUR);
    expect(texts(host.bring(failed(warning!.event, AT + 49 * HOUR)))).toMatch(/channel of ticket #1/);
    expect(ticket(host)!.closed).toMatchObject({ how: "gone" });
  });
});

describe("the panel", () => {
  const panel = (config: object, options: object = {}) =>
    open(config).bring(command(AT, who("1"), "panel", options, "20"))[0]!.action;

  const componentsOf = (action: Action) => ("words" in action ? action.words.components : undefined);

  it("has a button for each of up to five types, and a list beyond", () => {
    expect(componentsOf(panel({}))).toMatchObject([
      [{ customId: "v1:tickets:open:billing", label: "Billing" }, { customId: "v1:tickets:open:other" }],
    ]);
    const many = Array.from({ length: 6 }, (_, index) => ({ id: `t${index}`, label: `T${index}` }));
    expect(componentsOf(panel({ types: many }))).toMatchObject([
      [{ component: "select", customId: "v1:tickets:open", choices: many.map(({ id }) => ({ value: id })) }],
    ]);
  });

  it("goes where it is wanted, in the community's own words", () => {
    const channel = { channelId: "22", name: "help", type: 0 };
    expect(panel({ panel: { title: "Ask!", text: "Us." } }, { channel })).toMatchObject({
      ...{ verb: "message.send", channelId: "22", words: { title: "Ask!", text: "Us." } },
    });
    expect(panel({}, { channel: { ...channel, channelId: "404" } })).toMatchObject({ verb: "interaction.reply" });
  });
});

it("whoever is erased has no tickets any more, and what they had claimed is anybody's", () => {
  const host = open({ openPerMember: 3 });
  opened(host);
  opened(host, AT + 1_000, "701");
  host.bring(form(AT + 5_000, bo, "other"));
  host.bring({ id: "e:1", guildId: "100", at: AT + 6_000, kind: "member.erased", userId: "50", by: "owner" });
  expect(host.record("ticketsOpen", "all")!.numbers).toEqual([3]);
  const other = open();
  opened(other);
  other.bring(press(AT + HOUR, helper, "claim", "1"));
  other.bring({ id: "e:2", guildId: "100", at: AT + HOUR, kind: "member.erased", userId: "60", by: "owner" });
  expect(ticket(other)).not.toHaveProperty("claimedBy");
});

it("one type cannot stand twice in the configuration", () => {
  expect(() => tickets.config.parse({ types: [TYPES[0], TYPES[0]] })).toThrow(/two types are called billing/);
});
