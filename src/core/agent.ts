import type { z } from "zod";
import type { Verb } from "./actions.ts";
import type { ButtonSpec, Choice, CommandSpec, FormOpening, ModalField, ModalSpec, Typing } from "./commands.ts";
import type { Channel, Role } from "./directory.ts";
import type { Effect } from "./effects.ts";
import type { EventKind, EventOf, GuildEvent, Member, MessageFacts } from "./events.ts";
import type { KnowledgeFound, Passage, PassageQuery } from "./knowledge/index.ts";
import type { Priority } from "./orders.ts";
import type { FileFacts, FileWish } from "./looked-files.ts";
import type { Listed } from "./lists.ts";
import type { InForce, PolicyChange } from "./policy.ts";
import type { Answer, Findings, Question } from "./questions.ts";
import type { Pin } from "./pins.ts";
import type { Ranking, RankingWish } from "./ranking.ts";
import type { CaseFile } from "./cases.ts";
import type { RecordName, Records } from "./records/index.ts";
import type { Amended, Rehearsal } from "./rehearsal.ts";
import type { TicketFigures } from "./ticket-stats.ts";

/**
 * What an agent may look at, as of `event.at`. Reads are synchronous and recorded. What memory does not hold is fetched
 * and the decision made again from the start, which an agent never notices: it is a pure function.
 */
export interface Look {
  /** How often the agent's counter was tallied for this key within its window, this event's own tallies not included. */
  count(counter: string, key: string): number;
  /** An exact running total, kept with `total.add`. */
  total(total: string, key: string): number;
  /** Who has most of a total that is `ranked`, as it stood at the last commit. One small read of the store, whenever it is asked. */
  ranking(wish: RankingWish): Ranking;
  record<N extends RecordName>(record: N, key: string): Records[N] | undefined;
  /**
   * Cases as the store holds them, newest first, at most `MOST_CASES`: one by its number (with its evidence) or by the proposal it came
   * from, all of a member, or the newest of all. What is decided beside this very decision is not among them.
   */
  cases(wanted: CasesWanted): readonly CaseFile[];
  /** What an event said of a message, while the journal holds it; `writtenIn` names the event in which it was written. */
  said(eventId: string): MessageFacts | undefined;
  /** What was said lately in a channel and not deleted since, newest first, as far as the latest thousand events of the guild tell. */
  recent(channelId: string): readonly MessageFacts[];
  /** Whether a host is on one of the lists of domains that the house keeps up to date. */
  listed(list: string, host: string): Listed;
  /** What somebody wrote since then, in all channels, newest first and at most `MOST_WRITTEN`, as the store holds it. */
  wrote(userId: string, since: number): readonly Written[];
  channel(channelId: string): Channel | undefined;
  role(roleId: string): Role | undefined;
  guild(): {
    readonly name: string;
    readonly ownerId: string;
    readonly memberCount: number;
    readonly locale: string;
    /** Who the bot is here; unknown until the guild was seen. */
    readonly botUserId?: string;
    /** What the bot may do in the guild as a whole, as a decimal string; channels may say otherwise. */
    readonly botPermissions?: string;
    /** Where its highest role stands: what is below it, it can give and take. */
    readonly botRank?: number;
    /** Discord's number, 0 to 4, for what newcomers must have before they may speak. */
    readonly verificationLevel?: number;
    readonly systemChannelId?: string;
  };
}

export interface Written {
  readonly channelId: string;
  readonly messageId: string;
  readonly at: number;
  readonly author: Member;
}

export type CasesWanted =
  | { readonly number: number }
  | { readonly proposalId: string }
  | { readonly userId: string }
  | { readonly newest: true };

export const MOST_CASES = 100;
export const MOST_WRITTEN = 500;

/** The slow half may also ask, and search; a time-out is a recorded read like any other. */
export interface SlowLook extends Look {
  ask<T>(question: Question<T>): Promise<Answer<T>>;
  /** What a provider's own classifier finds in a text. Nobody can put a question to it, so no text can steer it. */
  witness(text: string): Promise<Answer<Findings>>;
  /** What the guild's knowledge has for a question: no model, no network. */
  search(query: { readonly of: PassageQuery["of"]; readonly text: string }): Promise<KnowledgeFound>;
  passages(query: PassageQuery): Promise<readonly Passage[]>;
  /** A message as the journal has it, while it has it: its whole text for a month, then an excerpt. */
  message(messageId: string): Promise<MessageFacts | undefined>;
  /** What is pinned in a channel of the guild's, newest pin first; undefined where nobody can tell. */
  pins(channelId: string): Promise<readonly Pin[] | undefined>;
  /** One of them with its words, for somebody who may be quoted. */
  pinned(channelId: string, messageId: string): Promise<MessageFacts | undefined>;
  /** What a member's file is by its bytes, fetched from where Discord keeps it: the address is an attachment's own. */
  file(url: string, wish: FileWish): Promise<FileFacts>;
  /** What is counted of the guild's tickets since a moment. */
  ticketFigures(since: number): Promise<readonly TicketFigures[]>;
  /** What holds in the guild now, which may be later than `event.at`. */
  inForce(): Promise<InForce>;
  /** The guild's document with these settings changed; nothing is chosen by it. */
  amended(changes: readonly PolicyChange[]): Promise<Amended>;
  /** What a document would have done with what happened. Costs a look at every event of the stretch. */
  rehearse(document: string, from: number, to: number): Promise<Rehearsal>;
}

/** What can be looked at while somebody types. */
export interface SuggestLook extends Look {
  /** Of the guild's knowledge, what is called like this, and the newest where nothing is typed yet. */
  known(partial: string): readonly Passage[];
}

export interface CounterSpec {
  /** Up to 600 seconds, kept in memory and rebuilt from the journal's tail. For ever-growing sums there are totals. */
  readonly windowSeconds: number;
}

/** One decider. A folder in `agents/` exports one of these as its default, and that is all it takes to join the house. */
export interface AgentSpec<K extends EventKind = EventKind, C = unknown> {
  readonly name: string;
  readonly description: string;
  readonly listens: readonly K[];
  readonly config: z.ZodType<C>;
  readonly counters?: Readonly<Record<string, CounterSpec>>;
  readonly commands?: readonly CommandSpec[];
  readonly buttons?: readonly ButtonSpec[];
  readonly modals?: readonly ModalSpec[];
  /** What it may ever propose: from this follows which permissions the bot is invited with, and what `doctor` looks for. */
  readonly verbs?: readonly Verb[];
  /** What it may propose besides where a configuration asks for it: nobody else has to give the bot the permissions. */
  verbsFor?(config: C): readonly Verb[];
  /**
   * In shadow it is asked about these events alone: for agents whose own bookkeeping would cost as much as being live. A pure function of
   * the event; a rehearsal asks about all of them.
   */
  readonly heardInShadow?: (event: EventOf<K>) => boolean;
  /** Which of the house's lists a configuration names, and where in it: a name that is none is a mistake there. */
  lists?(config: C): readonly { readonly name: string; readonly path: readonly (string | number)[] }[];
  /** Priority belongs to (event, agent); medium where nothing is said. */
  readonly priority?: (event: EventOf<K>) => Priority;
  /** The fast half: synchronous, no model, within microseconds. */
  decide(event: EventOf<K>, look: Look, config: C): readonly Effect[];
  /** The slow half, later and elsewhere, about what `decide` wanted to consider. */
  consider?(event: EventOf<K>, look: SlowLook, config: C, about: unknown): Promise<readonly Effect[]>;
  /**
   * What could stand in an option, while it is typed: at most 25 choices, at once and from memory. What memory lacks yields
   * none, and is there for the next keystroke. Nothing of it is recorded.
   */
  suggest?(look: SuggestLook, typing: Typing, config: C): readonly Choice[];
  /**
   * The fields of one of its forms, where a guild's own configuration says which: instead of those declared. Asked when the
   * form is opened, of the configuration alone, because a form must be the first answer. Nothing of it is recorded.
   */
  fields?(opening: FormOpening, config: C): readonly ModalField[] | undefined;
}

/** How the rest of the house sees an agent: its event and configuration types are its own business. */
export type Agent = AgentSpec<EventKind, unknown>;

/** Types an agent's `decide` by the kinds it listens to and by its configuration's schema. */
export function defineAgent<const K extends EventKind, C>(spec: AgentSpec<K, C>): Agent {
  return spec as unknown as Agent;
}

export function isOf<K extends EventKind>(event: GuildEvent, kind: K): event is EventOf<K> {
  return event.kind === kind;
}
