import {
  type CaseFile,
  type Decision,
  type GuildEvent,
  type GuildStore,
  type JournalRow,
  type Story,
  targetOf,
  type Verdict,
} from "#core";
import { sentenceOf, standingOf, type Standing } from "./standing.ts";
import { phraseOf } from "./deeds.ts";
import { describeEvent, groundInWords, type Names, namesFrom } from "./words.ts";

/** One proposal with what became of it, in words. */
export interface Deed {
  readonly proposalId: string;
  readonly agent: string;
  readonly verb: string;
  readonly rule: string;
  readonly why: string;
  readonly confidence: number;
  readonly ruling: Verdict["ruling"];
  readonly ground: Verdict["ground"];
  readonly groundInWords: string;
  readonly because: string;
  readonly standing: Standing;
  readonly sentence: string;
  readonly target?: { readonly userId: string; readonly name: string };
  readonly approvalId?: string;
  readonly caseNumber?: number;
}

/** One event with what it caused. */
export interface Activity {
  readonly eventId: string;
  readonly at: number;
  readonly kind: GuildEvent["kind"];
  readonly headline: string;
  readonly excerpt?: string;
  readonly deeds: readonly Deed[];
  readonly errors: readonly { readonly agent: string; readonly code: string }[];
  readonly poison?: string;
}

/** A place in the journal. */
export interface Place {
  readonly at: number;
  readonly id: string;
}

export interface ActivityPage {
  readonly items: readonly Activity[];
  /** Where the next, older page starts; absent at the beginning of time. */
  readonly before?: Place;
}

export interface PageOptions {
  readonly limit: number;
  readonly only: "deeds" | "all";
  readonly before?: Place;
}

const ROWS_A_LOOK = 100;
const LOOKS_A_PAGE = 10;

/**
 * Newest first. With `only: "deeds"` quiet events are passed over, at most a thousand a page, so a page may be short and
 * still have one after it. Costs two queries a hundred rows, and one for each event that proposed something.
 */
export async function activityPage(guild: GuildStore, options: PageOptions): Promise<ActivityPage> {
  const names = namesFrom(await guild.directory());
  const { rows, before } = await rowsFor(guild, options);
  const items = await Promise.all(
    rows.map(async ({ row, isLoud }) => {
      const story = isLoud ? await guild.story(row.event.id) : undefined;
      return activityOf(story ?? quiet(row), names);
    }),
  );
  return before === undefined ? { items } : { items, before };
}

interface Found {
  readonly rows: readonly { readonly row: JournalRow; readonly isLoud: boolean }[];
  readonly before?: Place;
}

async function rowsFor(guild: GuildStore, options: PageOptions): Promise<Found> {
  const rows: { row: JournalRow; isLoud: boolean }[] = [];
  let before = options.before;
  for (let look = 0; look < LOOKS_A_PAGE; look += 1) {
    const found = await guild.latest({ limit: ROWS_A_LOOK, ...(before === undefined ? {} : { before }) });
    const loud = await loudEvents(guild, found);
    for (const row of found) {
      before = { at: row.event.at, id: row.event.id };
      const isLoud = loud.has(row.event.id);
      if (options.only === "deeds" && !isLoud && row.poison === undefined) continue;
      rows.push({ row, isLoud });
      if (rows.length === options.limit) return { rows, before };
    }
    if (found.length < ROWS_A_LOOK) return { rows };
  }
  return before === undefined ? { rows } : { rows, before };
}

async function loudEvents(guild: GuildStore, rows: readonly JournalRow[]): Promise<ReadonlySet<string>> {
  const loud = new Set<string>();
  if (rows.length === 0) return loud;
  const times = rows.map((row) => row.event.at);
  for await (const decision of guild.decisions({ from: Math.min(...times), to: Math.max(...times) + 1 })) {
    if (decision.verdicts.length > 0 || decision.error !== undefined) loud.add(decision.eventId);
  }
  return loud;
}

function quiet(row: JournalRow): Story {
  return { row, decisions: [], orders: [], approvals: [], cases: [] };
}

export function activityOf(story: Story, names: Names): Activity {
  const { event, poison } = story.row;
  const excerpt = excerptOf(event);
  return {
    eventId: event.id,
    at: event.at,
    kind: event.kind,
    headline: describeEvent(event, names),
    ...(excerpt === undefined ? {} : { excerpt }),
    deeds: story.decisions.flatMap((decision) => deedsOf(decision, story, names)),
    errors: story.decisions.flatMap(({ agent, error }) => (error === undefined ? [] : [{ agent, code: error }])),
    ...(poison === undefined ? {} : { poison }),
  };
}

function deedsOf(decision: Decision, story: Story, names: Names): Deed[] {
  return decision.verdicts.map((verdict) => deedOf(decision.agent, verdict, story, names));
}

export function deedOf(
  agent: string,
  verdict: Verdict,
  story: Pick<Story, "orders" | "approvals" | "cases">,
  names: Names,
): Deed {
  const { proposal, proposalId, ruling, ground, because } = verdict;
  const approval = story.approvals.find((each) => each.verdict.proposalId === proposalId);
  const orders = story.orders.filter((order) => order.proposalId === proposalId);
  const file = story.cases.find((each: CaseFile) => each.proposalId === proposalId);
  const standing = standingOf(verdict, approval, orders);
  const target = targetOf(proposal.action);
  return {
    proposalId,
    agent,
    verb: proposal.action.verb,
    rule: proposal.rule,
    why: proposal.why,
    confidence: proposal.confidence,
    ruling,
    ground,
    groundInWords: groundInWords(ground),
    because,
    standing,
    sentence: sentenceOf(phraseOf(proposal.action, names), standing),
    ...(target === undefined ? {} : { target: { userId: target.userId, name: target.name } }),
    ...(approval === undefined ? {} : { approvalId: approval.id }),
    ...(file === undefined ? {} : { caseNumber: file.number }),
  };
}

const EXCERPT = 280;

function excerptOf(event: GuildEvent): string | undefined {
  if (event.kind === "message.created" || event.kind === "message.edited") return event.text.slice(0, EXCERPT);
  if (event.kind === "approval.answered") return event.note;
  return undefined;
}
