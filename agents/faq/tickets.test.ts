import { describe, expect, it } from "vitest";
import { BLANK_LOOK, type Effect, type Look, Permission, type Ticket } from "#core";
import { member, message } from "../../test/kit/guild.ts";
import { slowLook } from "../../test/kit/slow-look.ts";
import { configSchema } from "./config.ts";
import { draftTicket, ticketClosed, ticketErased } from "./tickets.ts";

const THREAD = "700";
const ticket: Ticket = {
  ...{
    number: 7,
    status: "closed",
    typeId: "help",
    userId: "50",
    name: "ada",
    parentId: "20",
    at: 1,
    priority: "normal",
  },
  ...{
    said: { title: "Where is the net?", text: "" },
    threadId: THREAD,
    cardId: "701",
    waitsFor: "member",
    lastAt: 2,
    reminders: 0,
  },
  closed: { at: 9, how: "asked" },
};
const config = configSchema.parse({ knowledge: { ticketTypeIds: ["help"] } });
const agreed = (sources: readonly string[] = []) => ({ given: true, at: 1, sources });
const says = (text: string, userId: string, ...roleIds: string[]) =>
  message(text, { channelId: THREAD, author: { ...member(userId), roleIds } });

function lookAt(
  over: Partial<Ticket>,
  records: Readonly<Record<string, unknown>> = {},
  said: readonly ReturnType<typeof says>[] = [],
): Look {
  const known: Readonly<Record<string, unknown>> = {
    ...{ [`ticketRef/${THREAD}`]: { number: 7 }, "ticket/7": { ...ticket, ...over } },
    ...records,
  };
  return {
    ...BLANK_LOOK,
    record: ((record: string, key: string) => known[`${record}/${key}`]) as Look["record"],
    recent: () => [...said].reverse(),
    role: (id) => ({
      id,
      name: id,
      position: 1,
      permissions: (id === "mod" ? Permission.MANAGE_THREADS : 0n).toString(),
    }),
  };
}
const kinds = (effects: readonly Effect[]): readonly string[] =>
  effects.map((effect) =>
    "write" in effect
      ? `${effect.write.write}${"key" in effect.write ? ` ${effect.write.key}` : ""}`
      : "propose" in effect
        ? effect.propose.rule
        : "consider",
  );

describe("a ticket whose place has changed", () => {
  it.each<readonly [string, Partial<Ticket>, Readonly<Record<string, unknown>>, boolean]>([
    ["closed, of a type that is kept", {}, {}, true],
    ["closed by silence", { closed: { at: 9, how: "silence" } }, {}, true],
    ["of another type", { typeId: "chiefs" }, {}, false],
    ["merged into another", { closed: { at: 9, how: "merged", into: 3 } }, {}, false],
    ["looked at already", {}, { "note/faq/ticket/7": { text: "9", at: 1 } }, false],
    ["closed again since", {}, { "note/faq/ticket/7": { text: "5", at: 1 } }, true],
    ["in another thread", { threadId: "999" }, {}, false],
  ])("%s", (_what, over, records, isTaken) => {
    const effects = ticketClosed(THREAD, 10, lookAt(over, records), config);
    expect(kinds(effects)).toEqual(isTaken ? ["record.put faq/ticket/7", "consider"] : []);
  });

  it("is nobody's business where no type is kept", () => {
    expect(ticketClosed(THREAD, 10, lookAt({}), configSchema.parse({}))).toEqual([]);
  });
});

describe("the draft", () => {
  const conversation = [
    says("It is green", "50"),
    says("Which one?", "60", "mod"),
    says("I saw it too, call me", "70"),
    says("Behind the boat.", "61"),
  ];
  const draft = (records: Readonly<Record<string, unknown>>, over: Partial<Ticket> = {}) =>
    draftTicket(THREAD, 10, slowLook(lookAt(over, records, conversation)), config);

  it("holds what was asked and what staff said, and is noted as the member's", () => {
    const effects = draft({ "consent/50": agreed(["message:1"]) }, { claimedBy: "61" });
    expect(kinds(effects)).toEqual(["knowledge.put", "record.put faq/draft/question:ticket-7", "record.put 50"]);
    expect(effects).toMatchObject([
      {
        write: {
          source: { id: "question:ticket-7", kind: "question", authorId: "50" },
          passages: [{ asks: ["Where is the net?"] }],
        },
      },
      { write: { value: { text: "Which one?\n\nBehind the boat." } } },
      { write: { value: { sources: ["message:1", "question:ticket-7"] } } },
    ]);
  });

  it.each<readonly [string, Readonly<Record<string, unknown>>, Partial<Ticket>, readonly string[]]>([
    ["asks its member where they were never asked", {}, {}, ["record.put faq/asked/50", "consent-asked"]],
    ["is not made against their will", { "consent/50": { given: false, at: 1, sources: [] } }, {}, []],
    ["is not asked twice", { "note/faq/asked/50": { text: "asked", at: 1 } }, {}, []],
    [
      "is not made again of what is an entry",
      { "consent/50": agreed(), "source/entry:ticket-7": { answers: [] } },
      {},
      [],
    ],
    [
      "is not made of a ticket that was opened again",
      { "consent/50": agreed() },
      { closed: undefined } as unknown as Partial<Ticket>,
      [],
    ],
  ])("%s", (_what, records, over, expected) => {
    expect(kinds(draft(records, over))).toEqual(expected);
  });

  it("is none where nobody of staff said anything", () => {
    const look = lookAt({}, { "consent/50": agreed() }, [says("hello?", "50"), says("me too", "70")]);
    expect(draftTicket(THREAD, 10, slowLook(look), config)).toEqual([]);
  });
});

describe("a thread that is deleted", () => {
  it.each([
    ["takes its draft with it", ["question:ticket-7"]],
    ["takes its entry with it", ["message:1", "entry:ticket-7"]],
    ["takes nothing where nothing was made of it", ["message:1"]],
  ])("%s", (_what, sources) => {
    const scene = { guildId: "100", at: 10, look: lookAt({}, { "consent/50": agreed(sources) }) };
    const effects = ticketErased(scene, THREAD);
    const own = sources.filter((id) => id.endsWith("ticket-7"));
    const withdrawn = effects.flatMap((one) =>
      "write" in one && one.write.write === "knowledge.withdraw" ? [one.write.sourceId] : [],
    );
    expect(withdrawn).toEqual(own);
    if (own.length > 0)
      expect(effects.at(-1)).toMatchObject({
        write: { value: { sources: sources.filter((id) => !own.includes(id)) } },
      });
    else expect(effects).toEqual([]);
  });
});
