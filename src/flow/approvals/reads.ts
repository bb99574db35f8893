import {
  MOST_WRITTEN,
  type Approval,
  type CaseFile,
  decisionTimes,
  type DecisionTimes,
  type EventOf,
  type EvidenceLine,
  type GuildEvent,
  type GuildStore,
  type MessageFacts,
  MOST_CASES,
  type OrderView,
  type Written,
} from "#core";
import type { Choices } from "./choices.ts";
import type { Situation } from "./situation.ts";

/** What is known of the member and the moment when a card is made. */
export interface Dossier {
  readonly evidence: readonly EvidenceLine[];
  readonly cases: readonly Pick<CaseFile, "number" | "verb" | "rule" | "openedAt">[];
}

export interface Waiting {
  readonly count: number;
  /** Oldest first. */
  readonly list: readonly Pick<Approval, "id" | "askedAt" | "expiresAt" | "verdict" | "agent" | "progress">[];
}

/** What the house may read besides what agents may: fetched afresh for every event that asks, and recorded. */
export interface HouseReads {
  readonly choices: () => Choices;
  readonly situation: (userId: string, since: number) => Situation;
  readonly dossier: (eventId: string, userId: string) => Dossier;
  readonly waiting: () => Waiting;
  readonly file: (number: number) => CaseFile | undefined;
  readonly times: () => DecisionTimes;
  readonly ordered: (orderId: string) => Pick<OrderView, "action" | "proposalId"> | undefined;
}

/** More than anybody answers by hand in a day; beyond it the oldest are not listed, and still counted. */
const MOST_LISTED = 1_000;
const CONTEXT_LOOKED_AT = 200;
const CONTEXT_LINES = 4;

type Fetched =
  | Exclude<keyof HouseReads, "choices" | "situation">
  | "memberEvents"
  | "wrote"
  | "caseFor"
  | "casesOf"
  | "newestCases"
  | "message"
  | "recent";

export interface HouseNeed {
  readonly need: "house";
  readonly read: Fetched;
  readonly args: readonly (string | number)[];
}

export async function fetchHouse(store: GuildStore, { read, args }: HouseNeed): Promise<unknown> {
  const [first, second] = args as [string, string];
  switch (read) {
    case "memberEvents":
      return store.memberEvents(first, Number(second));
    case "wrote":
      return writtenBy(store, first, Number(second));
    case "dossier":
      return dossierOf(store, first, second);
    case "waiting":
      return waitingIn(store);
    case "file":
      return store.case(Number(first));
    case "caseFor":
      return store.caseFor(first);
    case "casesOf":
      return store.cases({ userId: first, limit: MOST_CASES });
    case "newestCases":
      return store.cases({ limit: MOST_CASES });
    case "message":
      return messageIn(await store.event(first));
    case "recent":
      return recentIn(store, first);
    case "times":
      return decisionTimes(await store.approvals("any", MOST_LISTED));
    case "ordered": {
      const order = await store.order(first);
      return order === undefined ? undefined : { action: order.action, proposalId: order.proposalId };
    }
  }
}

function messageIn(event: GuildEvent | undefined): MessageFacts | undefined {
  return event?.kind === "message.created" || event?.kind === "message.edited" ? event : undefined;
}

const RECENT_LOOKED_AT = 1_000;

async function recentIn(store: GuildStore, channelId: string): Promise<readonly MessageFacts[]> {
  const events = (await store.latest({ limit: RECENT_LOOKED_AT })).map(({ event }) => event);
  const gone = new Set(events.flatMap((event) => (event.kind === "message.deleted" ? event.messageIds : [])));
  return events.filter(
    (event): event is EventOf<"message.created"> =>
      event.kind === "message.created" && event.channelId === channelId && !gone.has(event.messageId),
  );
}

/** Where and when, and nothing of what was said: it is recorded with the decision. */
async function writtenBy(store: GuildStore, userId: string, since: number): Promise<readonly Written[]> {
  const events = await store.memberMessages(userId, since, MOST_WRITTEN);
  return events.flatMap((event) => {
    if (event.kind !== "message.created") return [];
    const { channelId, messageId, at, author } = event;
    return [{ channelId, messageId, at, author }];
  });
}

async function waitingIn(store: GuildStore): Promise<Waiting> {
  const [count, newest] = await Promise.all([store.approvalCount("pending"), store.approvals("pending", MOST_LISTED)]);
  const list = newest.map(({ id, askedAt, expiresAt, verdict, agent, progress }) => {
    return { id, askedAt, expiresAt, verdict, agent, ...(progress === undefined ? {} : { progress }) };
  });
  return { count, list: list.reverse() };
}

async function dossierOf(store: GuildStore, eventId: string, userId: string): Promise<Dossier> {
  const [event, cases] = await Promise.all([
    store.event(eventId),
    userId === "" ? [] : store.cases({ userId, limit: 20 }),
  ]);
  return {
    evidence: event === undefined ? [] : await around(store, event, userId),
    cases: cases.map(({ number, verb, rule, openedAt }) => ({ number, verb, rule, openedAt })),
  };
}

/** What was said, after a few messages of what was said before it in the same place. */
async function around(store: GuildStore, event: GuildEvent, userId: string): Promise<EvidenceLine[]> {
  if (!("channelId" in event)) return [];
  const before = await store.latest({ limit: CONTEXT_LOOKED_AT, before: { at: event.at, id: event.id } });
  const { channelId } = event;
  const said = before.map((row) => row.event).filter((one) => isSaidIn(one, channelId));
  const lines = said.slice(0, CONTEXT_LINES).reverse();
  return [...lines, event].flatMap((one) => lineOf(one, userId));
}

function isSaidIn(event: GuildEvent, channelId: string | undefined): boolean {
  return event.kind === "message.created" && event.channelId === channelId;
}

function lineOf(event: GuildEvent, userId: string): EvidenceLine[] {
  if (event.kind !== "message.created" && event.kind !== "message.edited") return [];
  const { author, text, at, messageId } = event;
  const files = event.attachments.length === 0 ? "" : ` [${event.attachments.map(({ name }) => name).join(", ")}]`;
  return [{ name: author.name, text: `${text}${files}`, at, messageId, isSubject: author.userId === userId }];
}
