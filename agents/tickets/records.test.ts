import { describe, expect, it } from "vitest";
import {
  type Answer,
  type Effect,
  type GuildEvent,
  type Look,
  type Member,
  type MessageFacts,
  type ProposedAction,
  type Question,
  type SlowLook,
  type Ticket,
  type TicketFigures,
  spanText,
} from "#core";
import { smallHouse } from "../../test/kit/small-house.ts";
import { slowLook } from "../../test/kit/slow-look.ts";
import { unknownPlaceholders } from "./placeholders.ts";
import { configSchema } from "./config.ts";
import tickets from "./index.ts";

const AT = 1_790_000_000_000;
const MINUTE = 60_000;
const THREAD = "700";
const who = (userId: string, ...roleIds: string[]): Member => ({ userId, name: `m${userId}`, roleIds });
const ada = who("50");
const hugo = who("60", "31");
const owner = who("1");
const other = who("61", "34");

const ticket: Ticket = {
  ...{
    number: 1,
    status: "open",
    typeId: "billing",
    userId: "50",
    name: "A*da",
    said: { title: "Badge", text: "Lost" },
  },
  ...{ parentId: "20", threadId: THREAD, at: AT, priority: "normal", waitsFor: "staff", lastAt: AT, reminders: 0 },
};
const types = [
  { id: "billing", label: "Billing", staffRoleIds: ["31"] },
  { id: "other", staffRoleIds: ["34"] },
];
const said = (text: string, author: Member): MessageFacts => ({
  ...{ channelId: THREAD, messageId: "1", author, text, mentionedUserIds: [], mentionedRoleIds: [], attachments: [] },
});
const recent = [said("It is still gone", ada), said("Have you looked?", hugo)];

function open(config: object = {}, sight: Partial<Look> = {}) {
  const parsed = configSchema.parse({ types, ...config });
  const house = smallHouse(tickets, parsed, {
    guild: () => ({ name: "Lantern", ownerId: "1", memberCount: 2, locale: "en" }),
    recent: () => recent,
    ...sight,
  });
  house.records.set("ticket 1", ticket);
  house.records.set(`ticketRef ${THREAD}`, { number: 1 });
  return {
    ...house,
    ticket: () => house.look.record("ticket", "1")!,
    /** Whatever the fast half wants to consider, considered. */
    think: (event: GuildEvent, roads: Partial<SlowLook>): Promise<readonly Effect[]> => {
      const wish = tickets.decide(event, house.look, parsed).find((effect) => "consider" in effect);
      if (wish === undefined) throw new Error("there is nothing to consider");
      return tickets.consider!(event, slowLook(house.look, roads), parsed, (wish as { consider: unknown }).consider);
    },
  };
}

let sequence = 0;
const use = (by: Member, channelId = THREAD) => {
  const id = `i:${++sequence}`;
  return {
    id,
    guildId: "100",
    at: AT + MINUTE,
    by,
    byPermissions: "0",
    channelId,
    interaction: { id, sealedToken: "s", locale: "en" },
  };
};
const command = (by: Member, name: string, options: object = {}, channelId = THREAD) =>
  ({ ...use(by, channelId), kind: "command.used", command: name, options }) as GuildEvent;
const form = (name: string, fields: object): GuildEvent =>
  ({ ...use(owner), kind: "modal.submitted", customId: `v1:tickets:${name}`, fields }) as GuildEvent;
const textOf = ({ action }: ProposedAction): string => ("words" in action ? action.words.text : "");
const texts = (proposals: readonly ProposedAction[]): string => proposals.map(textOf).join("\n");
const proposed = (effects: readonly Effect[]) => effects.flatMap((one) => ("propose" in one ? [one.propose] : []));

const REPLIES = [
  { name: "Hello", text: "Hello {member}, {staff} here about #{number} {title}." },
  { name: "Refund", text: "Refunded, {name}.", typeIds: ["other"] },
];

describe("a reply that is kept", () => {
  it("is said by staff in the thread, filled for this ticket, and is their answer", () => {
    const house = open({ replies: REPLIES });
    const [posted] = house.bring(command(hugo, "ticket reply", { reply: "hello" }));
    expect(posted!.action).toMatchObject({ verb: "message.send", channelId: THREAD });
    expect(posted!.action).toMatchObject({
      words: { text: "Hello <@50>, <@60> here about #1 Badge.", pingUserIds: ["50"] },
    });
    expect(house.ticket()).toMatchObject({ waitsFor: "member", answeredAt: AT + MINUTE });
  });

  it.each<readonly [string, Member, string, RegExp]>([
    ["by whoever opened it", ada, "Hello", /Only the team/],
    ["by staff of another type", other, "Hello", /Only the team/],
    ["that is for other types", hugo, "Refund", /no reply called “refund”/],
    ["that nobody keeps", hugo, "*nope*", /no reply called “\\\*nope\\\*”/],
  ])("is not said %s", (_name, by, reply, expected) => {
    const house = open({ replies: REPLIES });
    const proposals = house.bring(command(by, "ticket reply", { reply }));
    expect(texts(proposals)).toMatch(expected);
    expect(proposals.map(({ action }) => action.verb)).toEqual(["interaction.reply"]);
    expect(house.ticket()).toEqual(ticket);
  });

  it("is added, changed, listed, offered while one types, and forgotten", () => {
    const house = open({ replies: REPLIES });
    const save = (name: string, fields: object) => texts(house.bring(form(name, fields)));
    expect(save("reply-add", { name: "Bye", text: "Bye {name}!", types: "billing" })).toMatch(/“Bye” is kept/);
    expect(save("reply-add", { name: "bye", text: "x" })).toMatch(/already/);
    expect(save("reply-edit", { name: "BYE", text: "Farewell, {name}!" })).toMatch(/says that from now on/);
    expect(save("reply-edit", { name: "none", text: "x" })).toMatch(/no reply called/);
    expect(save("reply-add", { name: "Odd", text: "Hi {nmae}" })).toMatch(/\\{nmae\\}|\{nmae\}/);
    expect(save("reply-add", { name: "Odd", text: "Hi", types: "billing nope" })).toMatch(
      /no kind of ticket with the id nope/,
    );
    expect(save("reply-add", { name: " ", text: "Hi" })).toMatch(/needs a name and a text/);
    expect(texts(house.bring(command(owner, "ticket-replies list")))).toMatch(/\*\*BYE\*\*\n-# Farewell, \{name\}\\?!/);
    const typing = { command: "ticket reply", option: "reply", partial: "h", userId: "60", locale: "en" };
    const known = { ...house.look, known: () => [] };
    const config = configSchema.parse({ types, replies: REPLIES });
    expect(tickets.suggest!(known, typing, config).map(({ value }) => value)).toEqual(["Hello"]);
    house.bring(command(hugo, "ticket reply", { reply: "bye" }));
    expect(texts(house.bring(command(owner, "ticket-replies remove", { reply: "Bye" })))).toMatch(/is forgotten/);
    expect(texts(house.bring(command(owner, "ticket-replies remove", { reply: "Hello" })))).toMatch(/no reply called/);
  });

  it("in the settings may only hold what is filled", () => {
    expect(unknownPlaceholders("{member} {nmae} {x}")).toEqual(["{nmae}", "{x}"]);
    const wrong = configSchema.safeParse({ types, replies: [{ name: "a", text: "Hi {nmae}" }] });
    expect(wrong.error?.issues[0]).toMatchObject({
      path: ["replies", 0, "text"],
      message: expect.stringMatching(/\{member\}/),
    });
  });
});

const answers =
  <T>(value: T): SlowLook["ask"] =>
  () =>
    Promise.resolve({ ok: true, value, model: "m" } as Answer<never>);
const passage = {
  source: { id: "s", kind: "entry", by: "x", at: 1 },
  part: 0,
  version: 1,
  asks: ["Lost badge"],
  text: "See https://lantern.example/badges",
} as const;
const search: SlowLook["search"] = () =>
  Promise.resolve({ hits: [{ passage, score: 1 }], confidence: 1, answers: true } as never);

describe("a draft", () => {
  const draft = (reply: string, enough = true) => answers({ enough, reply });

  it("is shown to whoever asked, sent only by the button, exactly as shown, once, and counts as an answer", async () => {
    const house = open();
    const asking = command(hugo, "ticket draft");
    const asked: Question<unknown>[] = [];
    const ask: SlowLook["ask"] = (question) => (asked.push(question), draft("Look in the office.")(question));
    const effects = await house.think(asking, { ask, search });
    expect(asked[0]!.variables).toMatchObject({
      ...{ title: "Badge", conversation: "staff: Have you looked?\nmember: It is still gone" },
      sources: "[1] Lost badge\nSee https://lantern.example/badges",
    });
    const [shown] = proposed(effects);
    expect(shown!.action).toMatchObject({
      verb: "interaction.reply",
      ephemeral: true,
      words: { text: "Look in the office." },
    });
    expect(proposed(effects)).toHaveLength(1);
    house.records.set("ticketDraft 1", { text: "Look in the office.", userId: "50", at: asking.at });
    const press = (at: number, by = hugo): GuildEvent => ({
      ...{ ...use(by), kind: "button.pressed", customId: `v1:tickets:send:1:${at}`, messageId: "9" },
    });
    expect(texts(house.bring(press(asking.at, ada)))).toMatch(/Only the team/);
    expect(texts(house.bring(press(asking.at - 1)))).toMatch(/newer draft/);
    const [posted] = house.bring(press(asking.at));
    expect(posted!.action).toMatchObject({ verb: "message.send", channelId: THREAD });
    expect(textOf(posted!)).toMatch(/^Look in the office\.\n\n-# Drafted by a model/);
    expect(house.ticket()).toMatchObject({ waitsFor: "member", answeredAt: AT + MINUTE });
    expect(texts(house.bring(press(asking.at)))).toMatch(/sent already/);
  });

  it.each<readonly [string, Partial<SlowLook>, RegExp]>([
    ["no model", {}, /No model answers/],
    ["too little to go by", { ask: draft("", false) }, /does not make an answer/],
    ["a link out of nowhere", { ask: draft("See https://evil.example") }, /link that stands in no source/],
    ["a hidden link out of nowhere", { ask: draft("[here](hxxps://evil[.]example)") }, /link that stands in no source/],
    ["somebody called", { ask: draft("Ask <@&31>") }, /called somebody/],
    ["everybody called", { ask: draft("@everyone look") }, /called somebody/],
  ])("with %s is none, and staff are told why", async (_name, roads, expected) => {
    const effects = await open().think(command(hugo, "ticket draft"), roads);
    expect(texts(proposed(effects))).toMatch(expected);
    expect(effects).toHaveLength(1);
  });

  it("may hold a link of its sources", async () => {
    const reply = "See https://lantern.example/badges";
    const effects = await open().think(command(hugo, "ticket draft"), { ask: draft(reply), search });
    expect(texts(proposed(effects))).toBe(reply);
  });

  it("is sent by itself only where the guild wants that, into the ticket as it stands then", async () => {
    const house = open({ sendDrafts: true });
    const effects = await house.think(command(hugo, "ticket draft"), { ask: draft("Look there.") });
    const writes = effects.flatMap((one) => ("write" in one ? [one.write] : []));
    expect(writes.map(({ write }) => write)).toEqual(["record.put", "timer.set"]);
    house.records.set("ticketDraft 1", { text: "Look there.", userId: "50", at: AT });
    const due: GuildEvent = {
      id: "t",
      guildId: "100",
      at: AT + 2,
      kind: "clock.struck",
      timer: "draft:1",
      owner: "tickets",
      payload: {},
    };
    expect(texts(house.bring(due))).toMatch(/^Look there\./);
    expect(house.bring(due)).toEqual([]);
  });

  it.each([
    ["whoever opened it", ada, /Only the team/],
    ["staff of another type", other, /Only the team/],
  ])("is not for %s", (_name, by, expected) =>
    expect(texts(open().bring(command(by, "ticket draft")))).toMatch(expected),
  );
});

describe("a summary", () => {
  it("says what is wanted, done and next, as plain text, to staff alone", async () => {
    const ask = answers({ wish: "A *badge*", done: "", next: "Staff look" });
    const [told] = proposed(await open().think(command(hugo, "ticket summary"), { ask }));
    expect(told!.action).toMatchObject({ verb: "interaction.reply", ephemeral: true });
    expect(textOf(told!)).toBe("**What is wanted**\nA \\*badge\\*\n\n**What comes next**\nStaff look");
    expect(texts(open().bring(command(ada, "ticket summary")))).toMatch(/Only the team/);
  });
});

const figures = (number: number, typeId: string, facts: Partial<TicketFigures> = {}): TicketFigures => ({
  ...{ number, typeId, at: AT, ...facts },
});
const FIGURES = [
  figures(1, "billing", {
    answeredAt: AT + 5 * MINUTE,
    closedAt: AT + 90 * MINUTE,
    staffId: "60",
    answerKept: true,
    stars: 4,
  }),
  figures(2, "billing", { answeredAt: AT + 15 * MINUTE, answerKept: false }),
  figures(3, "other", { staffId: "61" }),
  figures(4, "gone"),
];

describe("statistics", () => {
  const told = async (by: Member, found: readonly TicketFigures[] = FIGURES) => {
    const roads = { ticketFigures: () => Promise.resolve(found) };
    return texts(proposed(await open().think(command(by, "ticket stats", { days: 7 }), roads)));
  };

  it("tell who manages the guild of all, also of types that are gone", async () => {
    const text = await told(owner);
    expect(text).toContain("Opened: **4** · closed of them: **1**");
    expect(text).toContain("mostly within **5 min**, nearly always within 15 min");
    expect(text).toContain("Answered in the promised time: **50 %** (1 of 2)");
    expect(text).toContain("★ **4.0** from 1 rating");
    expect(text).toMatch(/\*\*Billing\*\* · 2 tickets[^]*gone[^]*<@60> · 1 ticket/);
  });

  it("tell staff of what is theirs, and nobody else of anything", async () => {
    expect(await told(hugo)).toContain("Opened: **2**");
    expect(await told(other)).toContain("Opened: **1**");
    expect(await told(hugo, [])).toBe("There were none.");
    expect(texts(open().bring(command(ada, "ticket stats")))).toMatch(/Only the team/);
  });

  it.each([
    [0, "< 1 min"],
    [59, "59 min"],
    [60, "1 h"],
    [185, "3 h 5 min"],
    [1_440, "1 d"],
    [3_060, "2 d 3 h"],
  ])("write %i minutes as %s", (minutes, expected) => expect(spanText(minutes * MINUTE)).toBe(expected));
});

describe("a panel", () => {
  const posted = (of: GuildEvent): GuildEvent => ({
    ...{ id: `d:${++sequence}`, guildId: "100", at: AT, kind: "action.done", orderId: `${of.id}/tickets/0#0` },
    ...{ attempt: 1, result: { messageId: "900", channelId: "20" } },
  });
  const gone = (messageId: string): GuildEvent => ({
    ...{ id: `x:${++sequence}`, guildId: "100", at: AT + 5, kind: "message.deleted", channelId: "20" },
    messageIds: [messageId],
  });

  it("is known by where it stands and what it offers, and staff are told once when it is deleted", () => {
    const channel: Look["channel"] = (id) => ({ id, name: id, type: 0, overwrites: [] });
    const house = open({ staffChannelId: "22" }, { channel });
    const asked = command(owner, "ticket panel", {}, "20");
    house.bring(asked);
    house.bring(posted(asked));
    const panel = { channelId: "20", messageId: "900", typeIds: ["billing", "other"] };
    expect(house.look.record("ticketPanels", "all")).toEqual({ panels: [panel] });
    expect(house.bring(gone("901"))).toEqual([]);
    expect(texts(house.bring(gone("900")))).toMatch(/panel for tickets in <#20> was deleted/);
    expect(house.bring(gone("900"))).toEqual([]);
    expect(house.look.record("ticketPanels", "all")).toEqual({ panels: [{ ...panel, goneAt: AT + 5 }] });
    const again = command(owner, "ticket panel", {}, "20");
    house.bring(again);
    house.bring(posted(again));
    expect(house.look.record("ticketPanels", "all")!.panels).toHaveLength(1);
  });
});
