import type {
  Agent,
  Approval,
  CommitEntry,
  CountedTally,
  Effect,
  GuildEvent,
  HouseWrite,
  PolicyFor,
  Priority,
  Spending,
  Use,
} from "#core";
import { followEvent, isUse } from "#core";
import { decide, isSilent, Listeners, type Said } from "../decide/decide.ts";
import { memoryNeeds } from "../act/memory.ts";
import { RecordingLook } from "../decide/look.ts";
import { createDesk, type Desk } from "../desk/desk.ts";
import { follow, forgetMember, type GuildState, heldIn, keptAs, type Need, remember } from "../guild/state.ts";
import { isHeard } from "../house/hearing.ts";
import { HOUSE, houseSays } from "../house/house.ts";
import type { HouseSays } from "../house/says.ts";
import { evidenceNeeds } from "../judge/opening.ts";
import { applyWrite, rule, type Ruled } from "../judge/rule.ts";
import { bare, directoryWrite, type Draft, draft, poisoned } from "./drafts.ts";
import type { Item } from "./turns.ts";

export interface ComposeOptions {
  /** "speaking" journals decisions that say something; "all" also those that only looked and counted, for replaying them. */
  readonly record: "speaking" | "all";
  readonly accepts: (priority: Priority) => boolean;
  /** What a guild's new choices come to. A rehearsal has none: there the policy it was given stays in force. */
  readonly policyFor?: PolicyFor;
}

export type Composed = { readonly entry: CommitEntry } | { readonly needs: readonly Need[] };

/** Turns one item into what will be committed for it, or into what must be fetched before that can be done. */
export function createComposer(agents: readonly Agent[], options: ComposeOptions) {
  const listeners = new Listeners(agents);
  const desk = createDesk(agents);
  const nobody: readonly string[] = [];
  const allSilent = new Map<string, readonly string[]>();

  return function compose(item: Item, state: GuildState): Composed {
    if (item.poison !== undefined) return { entry: poisoned(item, item.poison, state) };
    if (item.considered !== undefined) return composeConsidered(item, item.considered, state);
    const { event } = item;
    const before = state.directory;
    state.directory = followEvent(before, event);
    state.moves.follow(event);
    const houseLook = new RecordingLook(state, HOUSE, event, agents);
    const house = attempt(() => houseSays(event, houseLook), houseLook);
    const atDesk = isUse(event) && house?.decides !== true ? passDesk(event, state, desk) : undefined;
    const passes = atDesk?.passes !== false;
    const heard = passes && attempt(() => isHeard(event, state.policy, houseLook), houseLook) === true;
    const { said, needs } = decide(event, state, heard ? hearers(event, atDesk?.owner) : []);
    const all = [...needs, ...houseLook.needs, ...memoriesOf(house?.effects ?? [], state)];
    const missing = all.length > 0 ? all : said.flatMap((one) => (isSilent(one) ? [] : needsOf(one, state)));
    if (missing.length > 0) {
      // The event is decided again from the start, and must not be followed twice.
      state.directory = before;
      return { needs: missing };
    }

    // Agents take back what rests on the member's words; only they know what does.
    if (event.kind === "member.erased") forgetMember(state, event.userId);
    const entry = draft(item, silentNames(event, said));
    if (state.directory !== undefined && state.directory !== before && event.kind !== "guild.available")
      entry.house.push(directoryWrite(event, state.directory));
    addHouse(entry, house!, houseLook, event, state, options);
    if (atDesk !== undefined) addSaid(entry, atDesk.said, event, state, { ...options, isOwn: true });
    for (const one of said) addSaid(entry, one, event, state, options);
    if (state.fresh.size > 0) state.fresh.clear();
    return { entry };
  };

  /** What somebody used is its agent's to answer, and no other's to speak over. */
  function hearers(event: GuildEvent, owner: string | undefined): readonly Agent[] {
    const all = listeners.of(event.kind);
    return owner === undefined ? all : all.filter(({ name }) => name === owner);
  }

  function silentNames(event: GuildEvent, said: readonly Said[]): readonly string[] {
    if (said.length === 0) return nobody;
    const silent = said.filter(isSilent);
    if (silent.length < said.length) return silent.map(({ agent }) => agent.name);
    const key = `${event.kind}/${said.length}`;
    const known = allSilent.get(key);
    if (known !== undefined && known.every((name, index) => name === said[index]!.agent.name)) return known;
    const names = said.map(({ agent }) => agent.name);
    allSilent.set(key, names);
    return names;
  }
}

function needsOf(said: Said, state: GuildState): readonly Need[] {
  return [...basesOf(said, state), ...memoriesOf(said.effects, state)];
}

/** What the plans of these proposals must know of the past. */
function memoriesOf(effects: readonly Effect[], state: GuildState): readonly Need[] {
  if (effects.length === 0) return [];
  const proposals = effects.flatMap((effect) => ("propose" in effect ? [effect.propose] : []));
  const actions = proposals.map(({ action }) => action);
  return [...memoryNeeds(actions, state), ...evidenceNeeds(proposals, state)];
}

/** Before any agent is asked; undefined where nobody waits for a refusal any more. */
function passDesk(
  event: Use,
  state: GuildState,
  desk: Desk,
): { passes: boolean; owner: string | undefined; said: Said } | undefined {
  if (event.interaction.expired === true) return undefined;
  const look = new RecordingLook(state, desk, event);
  const { passes, owner, effects } = desk.says(event, look);
  return { passes, owner, said: { agent: desk, effects, reads: look.reads } };
}

/** Undefined where something has to be fetched first, which the look then says. */
function attempt<T>(work: () => T, look: RecordingLook): T | undefined {
  try {
    return work();
  } catch (error) {
    if (look.needs.length > 0) return undefined;
    throw error;
  }
}

function addHouse(
  entry: Draft,
  says: HouseSays,
  look: RecordingLook,
  event: GuildEvent,
  state: GuildState,
  options: ComposeOptions,
): void {
  addWrites(entry, says.house, state);
  for (const write of says.house) followPolicy(write, state, options.policyFor);
  for (const each of says.tallies) countOne(entry, { owner: HOUSE.name, by: 1, ...each }, event, state);
  for (const change of says.writes) {
    applyWrite(HOUSE.name, change, state, entry);
  }
  if (!says.decides) return;
  const said: Said = { agent: HOUSE, effects: says.effects, reads: look.reads };
  const approved = says.approved === undefined ? {} : { approved: says.approved };
  const ruled = rule(said, { event, state, phase: "fast", accepts: options.accepts, ...approved });
  add(entry, ruled);
  addWrites(entry, says.afterwards?.(ruled.decision.verdicts) ?? [], state);
}

function followPolicy(write: HouseWrite, state: GuildState, policyFor: PolicyFor | undefined): void {
  if (write.write !== "policy.put" || policyFor === undefined) return;
  follow(state, policyFor(state.guildId, write.policy));
}

function addWrites(entry: Draft, writes: readonly HouseWrite[], state: GuildState): void {
  entry.house.push(...writes);
  for (const write of writes) followAnswer(write, state);
}

/** Whoever answers next, even in the same group, finds it as this one left it. */
function followAnswer(write: HouseWrite, state: GuildState): void {
  if (write.write !== "approval.resolve" && write.write !== "approval.progress") return;
  const key = `approval/${write.approvalId}`;
  const approval = state.cache.get(key) as Approval;
  if (write.write === "approval.progress") remember(state, key, { ...approval, progress: write.progress });
  else remember(state, key, { ...approval, status: write.to, answeredBy: write.by, answeredAt: write.at });
}

interface SaidOptions extends ComposeOptions {
  readonly isOwn?: boolean;
}

function addSaid(entry: Draft, said: Said, event: GuildEvent, state: GuildState, options: SaidOptions): void {
  if (isSilent(said) && options.record === "speaking") return countOnly(entry, said, event, state);
  const { accepts, isOwn = false } = options;
  add(entry, rule(said, { event, state, phase: "fast", accepts, isOwn }));
}

/** The road's most travelled stretch: an agent that only counts leaves nothing but its tallies. */
function countOnly(entry: Draft, said: Said, event: GuildEvent, state: GuildState): void {
  for (const effect of said.effects) {
    if (!("tally" in effect)) continue;
    const { counter, key, by = 1 } = effect.tally;
    countOne(entry, { owner: said.agent.name, counter, key, by }, event, state);
  }
}

function countOne(entry: Draft, tally: CountedTally, event: GuildEvent, state: GuildState): void {
  state.counters.add(tally, event.at);
  entry.tallies.push(tally);
}

function add(entry: Draft, ruled: Ruled): void {
  entry.decisions.push(ruled.decision);
  entry.tallies.push(...ruled.tallies);
  entry.writes.push(...ruled.writes);
  entry.house.push(...ruled.house);
  entry.rollups.push(...ruled.rollups);
}

function composeConsidered(item: Item, considered: NonNullable<Item["considered"]>, state: GuildState): Composed {
  const agent = { name: considered.agent } as Agent;
  const { effects, reads, about, error, exhausted, spent } = considered;
  const said: Said = { agent, effects, reads, ...(error === undefined ? {} : { error }) };
  const needs = needsOf(said, state);
  if (needs.length > 0) return { needs };
  // A slow half that wishes to consider again would go round for ever: it is not taken on.
  const ruled = rule(said, { event: item.event, state, phase: "slow", about, accepts: () => false });
  const decision = { ...ruled.decision, ...(exhausted === undefined ? {} : { exhausted }) };
  const house = [...ruled.house, ...bookings(considered.agent, spent)];
  const { tallies, writes, rollups } = ruled;
  return {
    entry: {
      ...bare(item),
      ...{ tallies, writes, house, rollups },
      considered: { agent: considered.agent },
      decisions: [decision],
    },
  };
}

function bookings(agent: string, spent: readonly Spending[]): HouseWrite[] {
  return spent.map((one) => ({ write: "spending.book", agent, spent: one }));
}

/**
 * Totals that are added to must be held first: were one read later in the same group, the store would not know of what
 * was added in between.
 */
function basesOf({ agent, effects }: Said, state: GuildState): Need[] {
  const needs: Need[] = [];
  for (const effect of effects) {
    if (!("write" in effect) || effect.write.write !== "total.add") continue;
    const { total, key } = effect.write;
    const need: Need = { need: "total", owner: agent.name, total, key: keptAs(state.policy, agent.name, key) };
    if (heldIn(state, need) === undefined) needs.push(need);
  }
  return needs;
}
