import { describe, expect, it } from "vitest";
import { nextOpening, openBetween, openingHours, openingHoursSchema } from "#core/calendar/index";
import type { AgentHost } from "../../test/kit/agent-host.ts";
import {
  ada,
  command,
  DAY,
  form,
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
} from "../../test/kit/tickets.ts";
import { configSchema } from "./config.ts";

/** A Monday, 10:00 in Berlin. */
const MONDAY = Date.parse("2026-03-02T09:00:00Z");
const office = (zone = "Europe/Berlin") => ({
  ...{ zone, closed: [] },
  week: Object.fromEntries(["mon", "tue", "wed", "thu", "fri"].map((day) => [day, ["09:00-17:00"]])),
});
const DUE = /^ticket-(due|late)$/;
const told = (host: AgentHost) => toldOf(host, DUE).map(({ at, text }) => [at, text.replace(/ ?<.*$/, "")]);

describe("the first answer", () => {
  const config = { hours: office(), deadlines: { answerMinutes: 120 } };

  it("is warned of and missed in opening hours, each once", () => {
    const host = openDesk(config);
    opened(host, MONDAY + 6 * HOUR);
    host.waitUntil(MONDAY + 30 * DAY);
    // An hour on Monday until five; the rest on Tuesday from nine.
    expect(told(host)).toEqual([
      [MONDAY + 6 * HOUR + 60 * MINUTE + 16 * HOUR + 30 * MINUTE, "⏳ Ticket #1 needs its first answer"],
      [MONDAY + DAY, "⏰ Ticket #1 should have had its first answer"],
    ]);
  });

  it("in time is kept, one too late is not, and neither is told of afterwards", () => {
    for (const [after, isKept] of [
      [HOUR, true],
      [3 * HOUR, false],
    ] as const) {
      const host = openDesk(config);
      opened(host, MONDAY);
      host.bring(says(MONDAY + after, helper));
      const before = told(host).length;
      host.waitUntil(MONDAY + 30 * DAY);
      expect(ticketOf(host).clock!.answerKept).toBe(isKept);
      expect(told(host)).toHaveLength(before);
      expect(before).toBe(isKept ? 0 : 2);
    }
  });

  it("is owed by the priority the ticket has now", () => {
    const host = openDesk({ deadlines: { answerMinutes: 600, priorities: { urgent: { answerMinutes: 60 } } } });
    opened(host, MONDAY);
    host.bring(command(MONDAY + 10 * MINUTE, helper, "priority", { priority: "urgent" }));
    host.waitUntil(MONDAY + DAY);
    expect(told(host).map(([at]) => at)).toEqual([MONDAY + 45 * MINUTE, MONDAY + 60 * MINUTE]);
  });

  it("is told to staff in their channel, whoever has claimed it, and without a channel in the thread", () => {
    const inChannel = openDesk({ deadlines: { answerMinutes: 60 } });
    opened(inChannel, MONDAY);
    inChannel.bring(command(MONDAY + MINUTE, helper, "claim"));
    inChannel.waitUntil(MONDAY + 50 * MINUTE);
    expect(inChannel.steps.at(-1)!.proposals[0]!.action).toMatchObject({
      channelId: STAFF_CHANNEL,
      words: { pingUserIds: ["60"], text: expect.stringContaining("<#701>") as string },
    });
    const inThread = openDesk({ staffChannelId: undefined, deadlines: { answerMinutes: 60 } });
    opened(inThread, MONDAY);
    inThread.waitUntil(MONDAY + 50 * MINUTE);
    expect(inThread.steps.at(-1)!.proposals[0]!.action).toMatchObject({
      channelId: "701",
      words: { pingRoleIds: ["31"] },
    });
  });
});

describe("the time until a ticket is closed", () => {
  const solve = (deadlines: object = {}) => ({
    closeAfterHours: 0,
    remindAfterHours: 0,
    deadlines: { solveMinutes: 600, ...deadlines },
  });

  it("stands still while the member is waited for", () => {
    const host = openDesk(solve());
    opened(host, MONDAY);
    host.bring(says(MONDAY + 4 * HOUR, helper));
    host.waitUntil(MONDAY + 5 * DAY);
    expect(told(host)).toEqual([]);
    host.bring(says(MONDAY + 5 * DAY, ada));
    host.waitUntil(MONDAY + 6 * DAY);
    expect(told(host).map(([at]) => at)).toEqual([MONDAY + 5 * DAY + 3.5 * HOUR, MONDAY + 5 * DAY + 6 * HOUR]);
    host.bring(command(MONDAY + 6 * DAY, helper, "close"));
    expect(ticketOf(host).clock).toMatchObject({ solveKept: false, spent: 4 * HOUR + DAY });
  });

  it("goes on where the guild wants it to", () => {
    const host = openDesk(solve({ pausesForMember: false, warnAtPercent: 0 }));
    opened(host, MONDAY);
    host.bring(says(MONDAY + 4 * HOUR, helper));
    host.waitUntil(MONDAY + 5 * DAY);
    expect(told(host).map(([at]) => at)).toEqual([MONDAY + 10 * HOUR]);
  });

  it("ends with the ticket, and goes on when it is opened again", () => {
    const host = openDesk(solve());
    opened(host, MONDAY);
    host.bring(command(MONDAY + 2 * HOUR, ada, "close"));
    expect(ticketOf(host).clock).toMatchObject({ solveKept: true, spent: 2 * HOUR });
    host.bring(command(MONDAY + DAY, ada, "reopen"));
    host.waitUntil(MONDAY + 3 * DAY);
    expect(told(host).map(([at]) => at)).toEqual([MONDAY + DAY + 5.5 * HOUR, MONDAY + DAY + 8 * HOUR]);
  });

  it("passes once: others are called, it is more urgent, and it is for other staff", () => {
    const escalation = { roleIds: ["32", "99"], raisePriority: true, moveToType: "chiefs" };
    const host = openDesk(solve({ escalation }));
    opened(host, MONDAY);
    host.bring(command(MONDAY + MINUTE, helper, "claim"));
    host.waitUntil(MONDAY + 10 * HOUR);
    const { proposals } = host.steps.at(-1)!;
    expect(proposals[0]!.action).toMatchObject({ words: { pingUserIds: ["60"], pingRoleIds: ["32"] } });
    expect(proposals.at(-1)!.action).toMatchObject({ channelId: "701", words: { pingRoleIds: ["33"] } });
    expect(texts(proposals)).toContain("From now on Chiefs looks after this.");
    expect(ticketOf(host)).toMatchObject({ typeId: "chiefs", priority: "high", status: "open" });
    expect(ticketOf(host)).not.toHaveProperty("claimedBy");
    host.waitUntil(MONDAY + 90 * DAY);
    expect(told(host)).toHaveLength(2);
  });

  it("is of whatever was promised when it was, not before: a guild that promises something new finds nobody late", () => {
    const host = openDesk();
    opened(host, MONDAY);
    expect(ticketOf(host)).not.toHaveProperty("clock");
  });
});

describe("a house that was away", () => {
  it("over the warning and the deadline tells of the deadline alone", () => {
    const host = openDesk({ deadlines: { answerMinutes: 60 } });
    opened(host, MONDAY);
    const struck = { id: "late", guildId: "100", kind: "clock.struck", timer: "due:1", owner: "tickets" } as const;
    // Brought without the timers before it: nobody was there to hear them.
    const proposals = host.bringLate({ ...struck, at: MONDAY + DAY, payload: {} });
    expect(texts(proposals)).toMatch(/^⏰ Ticket #1 should have had its first answer <t:\d+:R>\. <#701>$/);
    host.waitUntil(MONDAY + 30 * DAY);
    expect(told(host)).toHaveLength(1);
  });
});

describe("opening out of hours", () => {
  it("says when somebody is back, to the member alone and in the thread", () => {
    const host = openDesk({ hours: office() });
    const saturday = MONDAY + 5 * DAY;
    const back = Date.parse("2026-03-09T08:00:00Z") / 1_000;
    const said = texts(opened(host, saturday));
    expect(said.split(`The team is away now, and back <t:${back}:f> (<t:${back}:R>)`)).toHaveLength(4);
    expect(texts(openDesk({ hours: office() }).bring(form(MONDAY)))).not.toContain("away");
  });

  it("goes by the hours of the type where it has its own, and says when nobody knows", () => {
    const types = [{ ...TYPES[0], hours: { ...office(), closed: ["01-01..12-31"] } }, TYPES[1]];
    const host = openDesk({ types, hours: office() });
    expect(texts(host.bring(form(MONDAY)))).toContain("has not said until when");
    expect(texts(host.bring(form(MONDAY, ada, "chiefs")))).not.toContain("away");
  });

  it("closes no silent ticket and calls nobody, until the next opening", () => {
    const host = openDesk({ hours: office(), closeAfterHours: 72, warnBeforeHours: 24 });
    const wednesday = MONDAY + 2 * DAY;
    opened(host, wednesday);
    host.bring(says(wednesday + 6.5 * HOUR, helper));
    host.waitUntil(wednesday + 20 * DAY);
    const at = toldOf(host, /ticket-warning/).map((one) => one.at);
    // Forty-eight hours after Wednesday half past four is Friday, half past four; a day later would be Saturday.
    expect(at).toEqual([wednesday + 54.5 * HOUR]);
    const warned = host.steps.findLast(({ event }) => event.kind === "clock.struck")!;
    expect(warned.event.at).toBe(wednesday + 54.5 * HOUR);

    const late = openDesk({ hours: office(), closeAfterHours: 26, warnBeforeHours: 24 });
    opened(late, MONDAY);
    late.bring(says(MONDAY + 6 * HOUR, helper));
    late.waitUntil(MONDAY + 20 * DAY);
    expect(toldOf(late, /ticket-warning/).map((one) => one.at)).toEqual([MONDAY + 23 * HOUR]);
    const anyway = openDesk({ hours: office(), closeAfterHours: 26, warnBeforeHours: 24, quietWhileClosed: false });
    opened(anyway, MONDAY);
    anyway.bring(says(MONDAY + 6 * HOUR, helper));
    anyway.waitUntil(MONDAY + 20 * DAY);
    expect(toldOf(anyway, /ticket-warning/).map((one) => one.at)).toEqual([MONDAY + 8 * HOUR]);
  });
});

describe("a year of tickets", () => {
  it.each(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])(
    "in %s: each is told of once, in opening hours, after as much of them as was promised, also where clocks change",
    (zone) => {
      const settings = office(zone);
      const hours = openingHours(openingHoursSchema.parse(settings));
      const limits = { openPerMember: 20, opensPerDay: 50, openInAll: 500, remindAfterHours: 0 };
      const host = openDesk({ ...limits, hours: settings, deadlines: { answerMinutes: 600, warnAtPercent: 50 } });
      const start = Date.parse("2026-01-01T00:00:00Z");
      const asked: number[] = [];
      // Every 53 hours, so that every hour of the week comes; whoever opens one is always somebody else.
      for (let at = start; at < start + 365 * DAY; at += 53 * HOUR) {
        asked.push(at);
        opened(host, at, { ...ada, userId: String(1_000 + asked.length) }, asked.length);
      }
      host.waitUntil(start + 400 * DAY);
      const late = toldOf(host, /^ticket-late$/);
      const near = toldOf(host, /^ticket-due$/);
      expect([near.length, late.length]).toEqual([asked.length, asked.length]);
      for (const [index, at] of asked.entries()) {
        const of = ({ text }: { text: string }) => text.includes(`#${index + 1} `);
        const [warnedAt, lateAt] = [near.find(of)!.at, late.find(of)!.at];
        expect(openBetween(hours, at, warnedAt)).toBe(5 * HOUR);
        expect(openBetween(hours, at, lateAt)).toBe(10 * HOUR);
        // At the very end of a day it may be closed from this moment on, and was open just before.
        for (const moment of [warnedAt, lateAt]) expect(nextOpening(hours, moment - 1)).toBe(moment - 1);
      }
    },
  );
});

describe("settings", () => {
  it.each<[string, object, RegExp]>([
    ["a type that is none", { deadlines: { escalation: { moveToType: "sales" } } }, /no type called sales/],
    ["a type's own", { types: [{ id: "a", deadlines: { escalation: { moveToType: "b" } } }] }, /no type called b/],
    ["a priority that is none", { deadlines: { priorities: { highest: {} } } }, /highest/],
    ["less than no time", { deadlines: { answerMinutes: -1 } }, />=0/],
  ])("%s is refused", (_name, config, expected) =>
    expect(JSON.stringify(configSchema.safeParse(config).error?.issues)).toMatch(expected),
  );
});
