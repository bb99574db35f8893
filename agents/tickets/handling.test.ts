import { describe, expect, it } from "vitest";
import { type Action, BLANK_LOOK, type EventOf, type GuildEvent, type Look } from "#core";
import type { AgentHost } from "../../test/kit/agent-host.ts";
import {
  ada,
  bo,
  command,
  DAY,
  helper,
  HOUR,
  MINUTE,
  openDesk,
  opened,
  says,
  STAFF_CHANNEL,
  texts,
  ticketOf,
  toldOf,
  TYPES,
  verbs,
  who,
} from "../../test/kit/tickets.ts";
import tickets from "./index.ts";
import { configSchema } from "./config.ts";

const AT = 1_790_000_000_000;
const press = (at: number, name: string, ...args: string[]): GuildEvent => ({
  ...{ id: `p:${at}`, guildId: "100", at, by: ada, byPermissions: "0", channelId: "701", messageId: "900" },
  interaction: { id: "9", sealedToken: "sealed", locale: "en" },
  ...{ kind: "button.pressed", customId: ["v1:tickets", name, ...args].join(":") },
});

describe("who may", () => {
  it.each(["snooze", "remind", "merge", "tag", "note", "notes"])("/ticket %s: staff of its type only", (name) => {
    const host = openDesk();
    opened(host, AT);
    const options = { when: "10", into: 1, tag: "x", text: "y" };
    for (const by of [ada, bo, who("70", "33")])
      expect(texts(host.bring(command(AT + HOUR, by, name, options)))).toMatch(/Only the team/);
    const own = openDesk();
    opened(own, AT, helper);
    expect(texts(own.bring(command(AT + HOUR, helper, name, options)))).toMatch(/your own ticket/);
    expect(ticketOf(own)).toMatchObject({ status: "open" });
  });
});

describe("putting off", () => {
  const config = { deadlines: { solveMinutes: 600, warnAtPercent: 0 }, closeAfterHours: 48, remindAfterHours: 1 };

  it("calls nobody, closes nothing and stops the clock until its time has come", () => {
    const host = openDesk(config);
    opened(host, AT);
    host.bring(says(AT + HOUR, helper));
    host.bring(says(AT + HOUR + MINUTE, ada));
    const put = host.bring(command(AT + 2 * HOUR, helper, "snooze", { when: "10 days" }));
    expect(verbs(put)).toEqual(["message.edit", "interaction.reply"]);
    const card = JSON.stringify(put[0]!.action);
    expect(card).toContain(`put off, back <t:${Math.floor((AT + 2 * HOUR + 10 * DAY) / 1_000)}:R>`);
    const before = host.steps.length;
    host.waitUntil(AT + 2 * HOUR + 10 * DAY - 1);
    expect(host.steps).toHaveLength(before);
    host.waitUntil(AT + 2 * HOUR + 10 * DAY);
    const back = host.steps.at(-1)!.proposals;
    expect(back[0]!.action).toMatchObject({ channelId: STAFF_CHANNEL, words: { pingRoleIds: ["31"] } });
    expect(ticketOf(host)).toMatchObject({ status: "open", waitsFor: "staff", clock: { spent: 2 * HOUR - MINUTE } });
    expect(ticketOf(host)).not.toHaveProperty("snoozedUntil");
    host.waitUntil(AT + 12 * DAY);
    expect(toldOf(host, /ticket-late/).map(({ at }) => at)).toEqual([AT + 10 * DAY + 10 * HOUR + MINUTE]);
    expect(ticketOf(host).status).toBe("open");
  });

  it("ends when the member writes, and not when staff do", () => {
    const host = openDesk(config);
    opened(host, AT);
    host.bring(says(AT + HOUR, helper));
    host.bring(command(AT + 2 * HOUR, helper, "snooze", { when: "6000" }));
    host.bring(says(AT + 3 * HOUR, helper));
    expect(ticketOf(host)).toHaveProperty("snoozedUntil");
    const back = host.bring(says(AT + 4 * HOUR, ada));
    expect(texts(back)).toMatch(/<@50> has written in ticket #1, which was put off\. <#701>/);
    expect(ticketOf(host)).toMatchObject({ waitsFor: "staff", lastAt: AT + 4 * HOUR });
    const told = toldOf(host, /ticket-snooze/).length;
    host.waitUntil(AT + 20 * DAY);
    expect(toldOf(host, /ticket-snooze/)).toHaveLength(told);
  });

  it("ends by the command without a time, and with the ticket", () => {
    const host = openDesk(config);
    opened(host, AT);
    expect(texts(host.bring(command(AT + HOUR, helper, "snooze")))).toMatch(/not put off/);
    host.bring(command(AT + HOUR, helper, "snooze", { when: "60" }));
    expect(texts(host.bring(command(AT + HOUR, helper, "snooze")))).toMatch(/#1 is taken up again/);
    host.bring(command(AT + HOUR, helper, "snooze", { when: "600" }));
    host.bring(command(AT + 2 * HOUR, helper, "close"));
    const before = host.steps.length;
    host.waitUntil(AT + 20 * DAY);
    expect(host.steps).toHaveLength(before);
    expect(ticketOf(host)).not.toHaveProperty("snoozedUntil");
  });
});

describe("reminders", () => {
  it("come to whoever asked, once, in the channel of staff's or by direct message", () => {
    for (const staffChannelId of [STAFF_CHANNEL, undefined]) {
      const host = openDesk({ staffChannelId, remindAfterHours: 0 });
      opened(host, AT);
      host.bring(command(AT + HOUR, helper, "remind", { when: "90", text: "call the *bank*" }));
      host.bring(command(AT + HOUR, helper, "remind", { when: "30" }));
      host.waitUntil(AT + 30 * DAY);
      const told = host.steps.filter(({ proposals }) => proposals[0]?.rule === "ticket-remind").slice(2);
      expect(told.map(({ event }) => event.at)).toEqual([AT + HOUR + 30 * MINUTE, AT + HOUR + 90 * MINUTE]);
      expect(texts(told[1]!.proposals)).toContain("> call the \\*bank\\*");
      const place = staffChannelId === undefined ? { verb: "member.tell", userId: "60" } : { channelId: STAFF_CHANNEL };
      expect(told[0]!.proposals[0]!.action).toMatchObject(place);
      expect(ticketOf(host).nudges).toEqual([]);
    }
  });

  it("end with the ticket, are ten at most, and are forgotten with whoever is erased", () => {
    const host = openDesk({ remindAfterHours: 0 });
    opened(host, AT);
    for (let count = 0; count < 10; count += 1)
      host.bring(command(AT + HOUR, helper, "remind", { when: String(60 + count) }));
    expect(texts(host.bring(command(AT + HOUR, helper, "remind", { when: "5" })))).toMatch(/10 reminders already/);
    host.bring({
      id: "erased",
      guildId: "100",
      at: AT + HOUR,
      kind: "member.erased",
      userId: "60",
    } as GuildEvent);
    expect(ticketOf(host).nudges).toEqual([]);
    host.bring(command(AT + HOUR, who("61", "31"), "remind", { when: "60" }));
    host.bring(command(AT + HOUR, ada, "close"));
    const before = host.steps.length;
    host.waitUntil(AT + DAY);
    expect(host.steps).toHaveLength(before);
  });
});

describe("two tickets of a member's", () => {
  it("become one: each thread leads to the other, one is closed without stars, and nothing is lost", () => {
    const host = openDesk({ closeAfterHours: 0, remindAfterHours: 0 });
    opened(host, AT);
    opened(host, AT, ada, 2);
    host.bring(says(AT + HOUR, helper, "701"));
    host.bring(command(AT + HOUR, helper, "priority", { priority: "urgent" }, "702"));
    host.bring(command(AT + HOUR, helper, "tag", { tag: "refund" }, "702"));
    host.bring(command(AT + HOUR, helper, "note", { text: "second time" }, "702"));
    const proposals = host.bring(command(AT + 2 * HOUR, helper, "merge", { into: 1 }, "702"));
    const posted = proposals.flatMap(({ action }) => (action.verb === "message.send" ? [action] : []));
    expect(posted.map(({ channelId, words }) => [channelId, words.text])).toEqual([
      ["702", "Ticket #2 is closed here, and goes on in <#701>."],
      [STAFF_CHANNEL, expect.stringContaining("#2")],
      ["701", "Ticket #2 goes on here: what was said before stands in <#702>."],
    ]);
    expect(JSON.stringify(proposals)).not.toContain("v1:tickets:rate");
    expect(verbs(proposals)).toContain("thread.edit");
    expect(ticketOf(host, 2)).toMatchObject({ status: "closed", closed: { how: "merged", into: 1 } });
    expect(ticketOf(host)).toMatchObject({
      ...{ status: "open", priority: "urgent", waitsFor: "staff", tags: ["refund"] },
      notes: [{ text: "second time", byUserId: "60" }],
    });
    expect(host.record("ticketing", "50")!.open).toEqual([1]);
    expect(host.record("ticketsOpen", "all")!.numbers).toEqual([1]);
    expect(texts(host.bring(press(AT + 3 * HOUR, "reopen", "2")))).toMatch(/goes on in another ticket/);
  });

  it.each<[string, number, RegExp]>([
    ["itself", 1, /this very ticket/],
    ["none", 9, /no such ticket/],
    ["another member's", 2, /somebody else's/],
    ["a closed one", 3, /not open/],
    ["one of staff they do not belong to", 4, /Only the team/],
  ])("and not with %s", (_name, into, expected) => {
    const host = openDesk({ openPerMember: 5 });
    opened(host, AT);
    opened(host, AT, bo, 2);
    opened(host, AT, ada, 3);
    opened(host, AT, ada, 4, "chiefs");
    host.bring(command(AT + HOUR, ada, "close", {}, "703"));
    const proposals = host.bring(command(AT + HOUR, helper, "merge", { into }));
    expect(verbs(proposals)).toEqual(["interaction.reply"]);
    expect(texts(proposals)).toMatch(expected);
    expect(ticketOf(host).status).toBe("open");
  });
});

describe("tags", () => {
  it("are put on and taken off, shown on the card and in the list, and are of the guild's where it lists them", () => {
    const host = openDesk({ tags: ["refund", "bug"] });
    opened(host, AT);
    const on = host.bring(command(AT + HOUR, helper, "tag", { tag: "Refund" }));
    expect(texts(on)).toMatch(/#refund[\s\S]*tagged refund now/);
    expect(texts(host.bring(command(AT + HOUR, helper, "tag", { tag: "other" })))).toMatch(/There are: refund, bug/);
    expect(texts(host.bring(command(AT + HOUR, helper, "list")))).toContain("#refund");
    host.bring(command(AT + HOUR, helper, "tag", { tag: "refund" }));
    expect(ticketOf(host).tags).toEqual([]);
    const free = openDesk();
    opened(free, AT);
    for (let count = 0; count < 10; count += 1) free.bring(command(AT + HOUR, helper, "tag", { tag: `t${count}` }));
    expect(texts(free.bring(command(AT + HOUR, helper, "tag", { tag: "more" })))).toMatch(/10 tags, and this one has/);
  });

  it("and spans of time and all replies are suggested while they are typed", () => {
    const replies = [{ name: "Found", text: "x" }];
    const config = configSchema.parse({ tags: ["refund", "bug"], replies });
    const typing = (option: string, partial: string) => ({
      command: "ticket tag",
      option,
      partial,
      userId: "60",
      locale: "en",
    });
    const own = { name: "Found by hand", text: "Here it is.", typeIds: [] };
    const record = ((name: string) => (name === "cannedReplies" ? { replies: [own] } : undefined)) as Look["record"];
    const look = { ...BLANK_LOOK, record, known: () => [] };
    const suggest = (option: string, partial: string) =>
      tickets.suggest!(look, typing(option, partial), config).map(({ value }) => value);
    expect(suggest("tag", "REF")).toEqual(["refund"]);
    expect(suggest("when", "45")).toEqual(["45"]);
    expect(suggest("when", "")).toEqual(expect.arrayContaining(["1440", "tomorrow at 9:00"]));
    expect(suggest("when", "soon")).toEqual([]);
    expect(suggest("reply", "found")).toEqual(["Found by hand", "Found"]);
    expect(suggest("reason", "")).toEqual([]);
  });
});

/** A Friday, 18:00 in Berlin and 12:00 in New York. */
const FRIDAY = Date.parse("2026-11-20T17:00:00Z");

describe("when", () => {
  const hours = { zone: "America/New_York", week: { mon: ["09:00-17:00"] } };
  const asked = (locale: string, when: string | undefined): GuildEvent => {
    const used = command(FRIDAY, helper, "remind", when === undefined ? {} : { when });
    return { ...used, interaction: { ...(used as EventOf<"command.used">).interaction, locale } } as GuildEvent;
  };
  function momentOf(config: object, locale: string, when?: string): string {
    const host = openDesk(config);
    opened(host, FRIDAY - HOUR);
    const said = texts(host.bring(asked(locale, when)));
    const at = ticketOf(host).nudges?.[0]?.at;
    return at === undefined ? said : new Date(at).toISOString().slice(0, 16);
  }

  it.each([
    ["en", "tomorrow at nine", "2026-11-21T08:00"],
    ["de", "morgen um neun", "2026-11-21T08:00"],
    ["es", "mañana a las nueve", "2026-11-21T08:00"],
    ["fr", "demain à neuf heures", "2026-11-21T08:00"],
    ["pt-BR", "amanhã às nove", "2026-11-21T08:00"],
    ["en", "tomorrow at 9:00", "2026-11-21T08:00"],
    ["de", "18:30", "2026-11-20T17:30"],
    ["en", "in 2 hours", "2026-11-20T19:00"],
    ["en", "2h", "2026-11-20T19:00"],
    ["fr", "1h30", "2026-11-20T18:30"],
    ["en", "90", "2026-11-20T18:30"],
    ["en", "90 days", "2027-02-18T17:00"],
    ["en", "91 days", "That is more than 90 days away. Choose an earlier time."],
    ["en", "0", "That is past already. Choose a time to come."],
    ["en", "yesterday at 6pm", "That is past already. Choose a time to come."],
    ["en", "tomorrow", "Say the time of day, too: “tomorrow 18:00”."],
    ["en", "whenever", "“whenever” is no time I can read. Try “tomorrow at nine”, “2h” or “2027-03-31 18:00”."],
    ["en", " ", "Say when: “tomorrow at nine”, or “2h”."],
  ])("%s: %s", (locale, when, expected) => {
    expect(momentOf({ timeZone: "Europe/Berlin" }, locale, when)).toBe(expected);
  });

  it("is by the clocks of whoever says it, of the type's hours, of all hours, of the settings, in this order", () => {
    const types = [{ ...TYPES[0], hours: { ...hours, zone: "Asia/Tokyo" } }];
    expect(momentOf({}, "en", "tomorrow at nine")).toBe("2026-11-21T09:00");
    expect(momentOf({ hours }, "en", "tomorrow at nine")).toBe("2026-11-21T14:00");
    expect(momentOf({ hours, types }, "en", "tomorrow at nine")).toBe("2026-11-22T00:00");
    const host = openDesk({ hours, types }, {}, {});
    opened(host, FRIDAY - HOUR);
    host.keep("zone", helper.userId, { zone: "Europe/Berlin" });
    host.bring(asked("en", "tomorrow at nine"));
    expect(new Date(ticketOf(host).nudges![0]!.at).toISOString().slice(0, 16)).toBe("2026-11-21T08:00");
  });

  it("is nine on the clock also where clocks change before it", () => {
    const host = openDesk({ timeZone: "Europe/Berlin" });
    const at = Date.parse("2026-10-24T16:00:00Z");
    opened(host, at - HOUR);
    host.bring(command(at, helper, "snooze", { when: "tomorrow at nine" }));
    expect(new Date(ticketOf(host).snoozedUntil!).toISOString()).toBe("2026-10-25T08:00:00.000Z");
  });
});

describe("who of staff is there", () => {
  const keeper = who("61", "32");
  const called = (host: AgentHost) => host.steps.at(-1)!.proposals.flatMap(({ action }) => pingsOf(action));
  const pingsOf = (action: Action) =>
    action.verb === "message.send" ? [...(action.words.pingUserIds ?? []), ...(action.words.pingRoleIds ?? [])] : [];

  it.each<[string, object, string[]]>([
    ["there, it is them", {}, ["60"]],
    ["away, it is the others", { when: "3 days" }, ["31"]],
    ["back by then, it is them", { when: "2h" }, ["60"]],
  ])("a ticket calls for whoever has claimed it: where they are %s", (name, when, expected) => {
    const host = openDesk({ remindAfterHours: 24 });
    opened(host, AT);
    host.bring(command(AT, helper, "claim"));
    if (!name.startsWith("there"))
      expect(texts(host.bring(command(AT, helper, "away", when)))).toMatch(/^You are away/);
    host.bring(says(AT + HOUR, ada));
    host.waitUntil(AT + 26 * HOUR);
    expect(called(host)).toEqual(expected);
  });

  it("still calls whoever has claimed it where there is nobody else", () => {
    const host = openDesk({ remindAfterHours: 24, types: [{ id: "billing" }] });
    opened(host, AT);
    host.bring(command(AT, keeper, "claim"));
    host.bring(command(AT, keeper, "away"));
    host.waitUntil(AT + 26 * HOUR);
    expect(called(host)).toEqual(["61"]);
  });

  it("is shown to staff, those who are there and have least to do first, and said where a ticket is handed over", () => {
    const host = openDesk();
    opened(host, AT);
    opened(host, AT, bo, 2);
    host.bring(command(AT, helper, "claim"));
    host.bring(command(AT, who("62", "31"), "away", { when: "tomorrow at nine" }));
    host.bring(command(AT, helper, "claim", { number: 2 }));
    host.bring(command(AT, keeper, "claim", { number: 1 }));
    const until = "away until <t:1790067600:f>";
    const shown = () => texts(host.bring(command(AT + HOUR, keeper, "team"))).split("\n");
    expect(shown()).toEqual(["<@60> · 2 open tickets", `<@62> · 0 open tickets · ${until}`]);
    const member = who("62", "31");
    expect(texts(host.bring(command(AT + HOUR, helper, "transfer", { member, number: 2 })))).toContain(
      `<@62> is ${until}`,
    );
    expect(shown()).toEqual(["<@60> · 1 open ticket", `<@62> · 1 open ticket · ${until}`]);
    expect(texts(host.bring(command(AT + HOUR, member, "away")))).toBe("You are back.");
    expect(shown()).toEqual(["<@60> · 1 open ticket", "<@62> · 1 open ticket"]);
  });

  it("ends by itself, is nobody's business but staff's, and is forgotten with whoever is erased", () => {
    const host = openDesk();
    for (const name of ["away", "team"]) expect(texts(host.bring(command(AT, ada, name)))).toMatch(/Only the team/);
    expect(texts(host.bring(command(AT, helper, "away", { when: "soon" })))).toMatch(/no time I can read/);
    host.bring(command(AT, helper, "away", { when: "2h" }));
    expect(texts(host.bring(command(AT + HOUR, keeper, "team")))).toContain("<@60>");
    expect(texts(host.bring(command(AT + 2 * HOUR, keeper, "team")))).toMatch(/nobody is away/);
    host.bring(command(AT + 3 * HOUR, helper, "away"));
    host.bring({ id: "x", guildId: "100", at: AT + 3 * HOUR, kind: "member.erased", userId: "60", by: "1" });
    expect(host.record("ticketAway", "all")).toEqual({ away: [] });
  });
});

describe("notes", () => {
  it("are seen by staff alone: nothing of them ever reaches the thread", () => {
    const host = openDesk();
    opened(host, AT);
    const proposals = [
      ...host.bring(command(AT + HOUR, helper, "note", { text: "is *rude*\nevery time" })),
      ...host.bring(command(AT + HOUR, ada, "close")),
      ...host.bring(command(AT + 2 * HOUR, helper, "note", { text: "rated us badly" })),
    ];
    expect(JSON.stringify(proposals)).not.toMatch(/rude|badly/);
    const [shown] = host.bring(command(AT + 3 * HOUR, helper, "notes"));
    expect(shown!.action).toMatchObject({ verb: "interaction.reply", ephemeral: true });
    expect(texts([shown!])).toContain("> is \\*rude\\*\n> every time");
    expect(texts([shown!])).toContain("> rated us badly");
  });

  it("that are too many for one answer show the newest, and how many are older", () => {
    const host = openDesk();
    opened(host, AT);
    expect(texts(host.bring(command(AT, helper, "notes")))).toMatch(/Nobody has written/);
    expect(texts(host.bring(command(AT, helper, "note", { text: "  " })))).toMatch(/nothing in this note/);
    for (let count = 0; count < 50; count += 1)
      host.bring(command(AT + count, helper, "note", { text: "x".repeat(900) }));
    const shown = texts(host.bring(command(AT + HOUR, helper, "notes")));
    expect(shown).toMatch(/^40 older notes/);
    expect(shown.length).toBeLessThan(4_096);
    expect(texts(host.bring(command(AT + HOUR, helper, "note", { text: "one more" })))).toMatch(/50 notes/);
  });
});
