import type {
  Agent,
  Approval,
  CaseFile,
  CasesWanted,
  Directory,
  GuildEvent,
  GuildPolicy,
  Listed,
  Look,
  MessageFacts,
  Mode,
  Passage,
  Ranking,
  RankingWish,
  Read,
  Shortcoming,
  SuggestLook,
  Written,
} from "#core";
import { botPermissions, GuildhallError, NO_LISTS, rank, refusalOf, USES_PER_MINUTE, whatNoLongerWorks } from "#core";
import { type GuildState, type Held, heldIn, keptAs, type Need, needKey } from "../guild/state.ts";
import { choicesOf } from "../approvals/choices.ts";
import type { HouseNeed, HouseReads } from "../approvals/reads.ts";
import { type Situation, situationOf } from "../approvals/situation.ts";

/** What the road's own deciders may look at besides. */
export interface HouseLook extends Look {
  /** Which version of the guild's own choices is in force; 0 where there is none. */
  policyVersion(): number;
  approval(id: string): Approval | undefined;
  /** When one of the decider's counters was last tallied for this key, within its window. */
  last(counter: string, key: string): number | undefined;
  mode(agent: string): Mode;
  /** How many commands, buttons and forms a member may use in a minute. */
  usesPerMinute(): number;
  read<N extends keyof HouseReads>(name: N, ...args: Parameters<HouseReads[N]>): ReturnType<HouseReads[N]>;
  /** What of the guild's choices cannot be carried out as things stand, and the channel where staff are told, if it can be used. */
  standing(): { readonly broken: readonly Shortcoming[]; readonly channelId?: string };
}

/** What of a guild is looked at. */
export type Looked = Pick<GuildState, "policy" | "counters" | "directory"> &
  Held &
  Partial<Pick<GuildState, "moves" | "lists">>;

/** Thrown through an agent when memory does not hold what it asks for. Agents don't catch; should one, the needs still stand. */
class Missing extends Error {}

/**
 * A look over one guild's state as of one event. Every read is recorded in the order it was made; a read that memory cannot
 * answer is noted in `needs` and ends the decision, which is then made again.
 */
export class RecordingLook implements HouseLook, SuggestLook {
  readonly reads: Read[] = [];
  readonly needs: Need[] = [];
  readonly #state: Looked;
  readonly #agent: Pick<Agent, "name" | "counters">;
  readonly #at: number;
  readonly #agents: readonly Agent[];

  constructor(
    state: Looked,
    agent: Pick<Agent, "name" | "counters">,
    event: { readonly at: number },
    agents: readonly Agent[] = [],
  ) {
    this.#agents = agents;
    this.#state = state;
    this.#agent = agent;
    this.#at = event.at;
  }

  count(counter: string, key: string): number {
    const value = this.#state.counters.count(this.#agent.name, counter, key, this.#window(counter), this.#at);
    return this.#recorded("count", [counter, key], value);
  }

  last(counter: string, key: string): number | undefined {
    const at = this.#state.counters.last(this.#agent.name, counter, key);
    const isWithin = at !== undefined && at > this.#at - this.#window(counter) * 1_000;
    return this.#recorded("last", [counter, key], isWithin ? at : undefined);
  }

  mode(agent: string): Mode {
    return this.#recorded("mode", [agent], this.#state.policy.agents[agent]?.mode ?? "off");
  }

  usesPerMinute(): number {
    return this.#recorded("usesPerMinute", [], this.#state.policy.usesPerMinute ?? USES_PER_MINUTE);
  }

  #window(counter: string): number {
    const spec = this.#agent.counters?.[counter];
    if (spec !== undefined) return spec.windowSeconds;
    throw new GuildhallError("unknown-counter", `${this.#agent.name} counts "${counter}" without declaring it`);
  }

  total(total: string, key: string): number {
    const { name: owner } = this.#agent;
    const value = this.#held({ need: "total", owner, total, key: this.#keptAs(key) }) as number;
    return this.#recorded("total", [total, key], value);
  }

  ranking(wish: RankingWish): Ranking {
    const { name: owner } = this.#agent;
    const key = wish.key === undefined ? {} : { key: this.#keptAs(wish.key) };
    return this.#recorded(
      "ranking",
      [wish],
      this.#held({ need: "ranking", wish: { ...wish, ...key, owner } }) as Ranking,
    );
  }

  record(record: string, key: string): never {
    return this.#recorded(
      "record",
      [record, key],
      this.#held({ need: "record", record, key: this.#keptAs(key, record) }),
    ) as never;
  }

  cases(wanted: CasesWanted): readonly CaseFile[] {
    const found = this.#held({ need: "house", ...caseRead(wanted) }) as CaseFile | readonly CaseFile[] | undefined;
    const list = found === undefined ? [] : "number" in found ? [found] : found;
    return this.#recorded("cases", [wanted], list);
  }

  said(eventId: string): MessageFacts | undefined {
    const found = this.#held({ need: "house", read: "message", args: [eventId] });
    return this.#recorded("said", [eventId], found as MessageFacts | undefined);
  }

  recent(channelId: string): readonly MessageFacts[] {
    const found = this.#held({ need: "house", read: "recent", args: [channelId] }) as readonly MessageFacts[];
    return this.#recorded("recent", [channelId], found);
  }

  wrote(userId: string, since: number): readonly Written[] {
    const found = this.#held({ need: "house", read: "wrote", args: [userId, since] }) as readonly Written[];
    return this.#recorded("wrote", [userId, since], found);
  }

  #keptAs(key: string, record?: string): string {
    return keptAs(this.#state.policy, this.#agent.name, key, record);
  }

  listed(list: string, host: string): Listed {
    return this.#recorded("listed", [list, host], (this.#state.lists ?? NO_LISTS).listed(list, host));
  }

  channel(channelId: string) {
    return this.#recorded("channel", [channelId], this.#state.directory?.channels[channelId]);
  }

  role(roleId: string) {
    return this.#recorded("role", [roleId], this.#state.directory?.roles[roleId]);
  }

  guild() {
    const { directory, policy } = this.#state;
    const { name = "", ownerId = "", memberCount = 0 } = directory ?? {};
    const locale = policy.locale ?? directory?.locale ?? "en";
    const known = directory === undefined ? {} : standingIn(directory, this.#at);
    return this.#recorded("guild", [], { name, ownerId, memberCount, locale, ...known });
  }

  known(partial: string): readonly Passage[] {
    return this.#recorded("known", [partial], this.#held({ need: "known", partial }) as readonly Passage[]);
  }

  policyVersion(): number {
    return this.#recorded("policyVersion", [], this.#state.policy.version ?? 0);
  }

  approval(id: string): Approval | undefined {
    return this.#recorded("approval", [id], this.#held({ need: "approval", id }) as Approval | undefined);
  }

  read<N extends keyof HouseReads>(name: N, ...args: Parameters<HouseReads[N]>): ReturnType<HouseReads[N]> {
    const given = args as readonly (string | number)[];
    const value =
      name === "choices"
        ? choicesOf(this.#state.policy)
        : name === "situation"
          ? this.#situation(given[0] as string, given[1] as number)
          : this.#held({ need: "house", read: name as HouseNeed["read"], args: given });
    return this.#recorded("read", [name, ...given], value as ReturnType<HouseReads[N]>);
  }

  /** What the store knows, and what is decided and not yet in it. */
  #situation(userId: string, since: number): Situation {
    const stored = this.#held({ need: "house", read: "memberEvents", args: [userId, since] }) as readonly GuildEvent[];
    const known = new Set(stored.map(({ id }) => id));
    const recent = (this.#state.moves?.of(userId) ?? []).filter((event) => event.at >= since && !known.has(event.id));
    return situationOf([...stored, ...recent]);
  }

  standing() {
    const { directory, policy } = this.#state;
    const all = directory === undefined ? [] : whatNoLongerWorks(directory, policy, this.#agents, this.#at);
    const broken = all.filter(({ level }) => level === "broken");
    const channelId = noticeChannel(directory, policy, this.#at);
    return this.#recorded("standing", [], { broken, ...(channelId !== undefined && { channelId }) });
  }

  #held(need: Need): unknown {
    const held = heldIn(this.#state, need);
    if (held !== undefined) return held.value;
    this.needs.push(need);
    throw new Missing(needKey(need));
  }

  #recorded<T>(method: string, args: readonly unknown[], value: T): T {
    this.reads.push({ method, args, value });
    return value;
  }
}

function caseRead(wanted: CasesWanted): Pick<HouseNeed, "read" | "args"> {
  if ("number" in wanted) return { read: "file", args: [wanted.number] };
  if ("proposalId" in wanted) return { read: "caseFor", args: [wanted.proposalId] };
  return "userId" in wanted ? { read: "casesOf", args: [wanted.userId] } : { read: "newestCases", args: [] };
}

function standingIn(directory: Directory, at: number) {
  const { botUserId, botRoleIds, verificationLevel, systemChannelId } = directory;
  return {
    botRank: rank(directory, botRoleIds),
    ...{ botUserId, botPermissions: botPermissions(directory, at).toString() },
    ...(verificationLevel !== undefined && { verificationLevel }),
    ...(systemChannelId !== undefined && { systemChannelId }),
  };
}

/** A channel nobody can be told in is none. */
function noticeChannel(directory: Directory | undefined, { noticeChannelId }: GuildPolicy, at: number) {
  if (noticeChannelId === undefined || directory?.channels[noticeChannelId] === undefined) return undefined;
  const notice = { verb: "message.send", channelId: noticeChannelId, words: { text: "" } } as const;
  return refusalOf(notice, directory, at) === undefined ? noticeChannelId : undefined;
}
