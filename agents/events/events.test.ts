import { describe, expect, it } from "vitest";
import { BLANK_LOOK, type Effect, type EventOf, type Gathering, type Look, type RsvpAnswer, type Rsvps } from "#core";
import { minutesWritten } from "#core/calendar/index";
import { cardOf } from "./card.ts";
import { configSchema } from "./config.ts";
import events from "./index.ts";
import { pastDropped } from "./keeping.ts";
import { factsOf, heard, mirrorAnew, mirrorMade } from "./mirroring.ts";
import { turnoutAt } from "./rooms.ts";
import { answered, filled, forgotten, NOBODY } from "./rsvps.ts";

const START = 1_790_000_000_000;
const HOUR = 3_600_000;

const gathering = (changes: Partial<Gathering> = {}): Gathering => ({
  ...{ number: 1, status: "planned", title: "Owls", startsAt: START, endsAt: START + 2 * HOUR, zone: "UTC" },
  ...{ place: { kind: "voice", channelId: "30" }, channelId: "20", hostId: "50", hostName: "host", cohostIds: [] },
  ...{ createdAt: 0, sequence: 0 },
  ...changes,
});

const rsvps = (changes: Partial<Rsvps>): Rsvps => ({ ...NOBODY, ...changes });

describe("answers", () => {
  const full = rsvps({ going: ["1", "2"], waiting: ["3", "4"] });

  it.each<[string, Rsvps, string, RsvpAnswer | undefined, Partial<Rsvps>, string | undefined, string[]]>([
    ["there is room", NOBODY, "1", "going", { going: ["1"] }, "going", []],
    ["it is full", rsvps({ going: ["1", "2"] }), "3", "going", { waiting: ["3"] }, "waiting", []],
    ["said twice", full, "1", "going", full, "going", []],
    ["waiting twice", full, "4", "going", full, "waiting", []],
    ["one leaves, the first moves up", full, "1", "no", { going: ["2", "3"], waiting: ["4"], no: ["1"] }, "no", ["3"]],
    ["one takes it back", full, "2", undefined, { going: ["1", "3"], waiting: ["4"] }, undefined, ["3"]],
    ["who waits leaves", full, "3", "maybe", { going: ["1", "2"], waiting: ["4"], maybe: ["3"] }, "maybe", []],
    ["maybe becomes going", rsvps({ maybe: ["1"] }), "1", "going", { going: ["1"], maybe: [] }, "going", []],
  ])("%s", (_what, before, userId, answer, expected, placed, movedUp) => {
    const after = answered(before, userId, answer, 2);
    expect(after.rsvps).toEqual({ ...before, ...expected });
    expect([after.placed, after.movedUp]).toEqual([placed, movedUp]);
  });

  it("stay where they are when there is less room, and all move up when there is no limit any more", () => {
    expect(filled(full, 1)).toEqual({ rsvps: full, movedUp: [] });
    expect(filled(full, undefined).rsvps).toMatchObject({ going: ["1", "2", "3", "4"], waiting: [] });
  });

  it("of whoever is erased go with their reminder", () => {
    const before = rsvps({ going: ["1"], waiting: ["2"], reminders: { "1": 10, "2": 5 } });
    expect(forgotten(before, "1", 1).rsvps).toEqual(rsvps({ going: ["2"], reminders: { "2": 5 } }));
  });
});

describe("the twin", () => {
  const made = mirrorMade({ ...gathering(), mirror: { sent: [] } }, "70").gathering;

  it("knows its own echo, an older one too, and what was changed by hand", () => {
    const first = mirrorAnew({ ...made, title: "One" }).gathering;
    const second = mirrorAnew({ ...first, title: "Two" }).gathering;
    const one = heard(factsOf(first), second);
    expect(one).toMatchObject({ means: "echo" });
    const afterOne = (one as { gathering: Gathering }).gathering;
    expect(heard({ ...factsOf(second), name: "By hand" }, afterOne)).toEqual({ means: "hand" });
    const afterTwo = (heard(factsOf(second), afterOne) as { gathering: Gathering }).gathering;
    expect(afterTwo.mirror!.sent).toEqual([]);
    expect(heard(factsOf(second), afterTwo)).toEqual({ means: "same" });
    expect(heard(factsOf(first), afterTwo)).toEqual({ means: "hand" });
  });

  it("is told at once what changed while it was being made, and called off if it came too late", () => {
    const changed = { ...gathering({ title: "Changed" }), mirror: { sent: ["what was sent"] } };
    expect(mirrorMade(changed, "70").orders).toHaveLength(1);
    const late = mirrorMade(gathering({ status: "cancelled" }), "70").orders;
    expect(late).toMatchObject([{ propose: { action: { verb: "scheduled-event.cancel", scheduledEventId: "70" } } }]);
  });
});

describe("attendance", () => {
  it("counts from the beginning to the end, whenever somebody came or stayed", () => {
    const members = { early: START - HOUR, late: START + HOUR, after: START + 3 * HOUR };
    const look: Look = {
      ...BLANK_LOOK,
      record: ((name: string) =>
        name === "gatheringRoom" ? { numbers: [1], members } : { seconds: { back: 60 } }) as unknown as Look["record"],
    };
    const running = gathering({ status: "running" });
    expect(turnoutAt(running, START + 4 * HOUR, look)).toEqual({ back: 60, early: 7_200, late: 3_600 });
  });
});

describe("what lies long ago", () => {
  it("is forgotten with all that leads to it, once the list of the past is full", () => {
    const past = Array.from({ length: 30 }, (_, index) => index + 1);
    const oldest = gathering({ messageId: "900", mirror: { id: "700", sent: [] } });
    const look = (numbers: readonly number[]): Look => ({
      ...BLANK_LOOK,
      record: ((name: string) =>
        name === "gatherings" ? { open: [], past: numbers } : oldest) as unknown as Look["record"],
    });
    expect(pastDropped(look(past.slice(1)))).toEqual([]);
    expect(pastDropped(look(past))).toMatchObject([
      { write: { record: "gatheringRef", key: "900" } },
      { write: { record: "gatheringRef", key: "700" } },
      ...["gathering", "rsvps", "turnout"].map((record) => ({ write: { write: "record.delete", record, key: "1" } })),
    ]);
  });
});

describe("what costs nothing", () => {
  const decide = (event: object, look: Look = BLANK_LOOK): readonly Effect[] =>
    events.decide(
      { id: "e", guildId: "1", at: START, ...event } as EventOf<"voice.left">,
      look,
      configSchema.parse({}),
    );

  it.each([
    [
      "a reaction that is no answer",
      { kind: "reaction.added", emoji: "🦊", channelId: "1", messageId: "2", userId: "3" },
    ],
    ["a reaction elsewhere", { kind: "reaction.added", emoji: "✅", channelId: "1", messageId: "2", userId: "3" }],
    ["muting", { kind: "voice.changed", state: { userId: "3", channelId: "30", muted: true } }],
    ["somebody else's event in Discord", { kind: "scheduled-event.joined", scheduledEventId: "9", userId: "3" }],
    ["another agent's order", { kind: "action.done", orderId: "x/tickets/0#0", attempt: 1, result: {} }],
    ["a change of a channel", { kind: "directory.changed", change: { change: "channel.gone", channelId: "5" } }],
    ["whoever leaves without an answer", { kind: "member.left", userId: "3", name: "x" }],
  ])("%s", (_what, event) => expect(decide(event)).toEqual([]));
});

describe("the announcement", () => {
  it("shows members' words as they wrote them, and nobody's name is markup", () => {
    const said = cardOf(gathering({ about: "**loud** <@1> [x](https://x.example)" }), NOBODY, "en");
    expect(said.text).toContain("\\*\\*loud\\*\\* \\<\\@1\\>");
  });

  it("has no buttons once it is over, and stays within what Discord takes with a thousand who go", () => {
    const going = Array.from({ length: 1_000 }, (_, index) => `90000000000000${index}`);
    const said = cardOf(
      gathering({ status: "over", about: "a".repeat(1_000) }),
      rsvps({ going, waiting: going, maybe: going }),
      "de",
    );
    expect(said.components).toEqual([]);
    expect(said.text.length).toBeLessThan(4_096);
  });
});

describe("a length of time", () => {
  it.each([
    ["90", 90],
    ["2h", 120],
    ["1:30", 90],
    ["1h30", 90],
    ["1.5 hours", 90],
    ["2 hours 15 minutes", 135],
    ["2 Stunden und 15 Minuten", 135],
    ["1,5 Std", 90],
    ["1 heure et 30 minutes", 90],
    ["2 horas y 5 minutos", 125],
    ["1 dia", 1_440],
  ])("%s is %i minutes", (text, minutes) => expect(minutesWritten(text)).toBe(minutes));

  it.each(["", "a while", "2 owls", "2h and then some", "-5", "1:75"])("%j is none", (text) =>
    expect(minutesWritten(text)).toBeUndefined(),
  );
});
