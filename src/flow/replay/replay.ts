import type { Agent, Answer, Decision, Effect, GuildEvent, GuildPolicy, Read, SlowLook } from "#core";
import { canonical, GuildhallError } from "#core";
import { createDesk, DESK } from "../desk/desk.ts";
import { HOUSE } from "../house/house.ts";
import { errorCode } from "../decide/decide.ts";

export type Replayed =
  { readonly same: true } | { readonly same: false; readonly expected: string; readonly found: string };

/**
 * Executes a decision again from what was recorded: the event, the reads, what it was about. Nothing else is at hand, so
 * equal bytes prove that the record is whole and that the agent is a function of it.
 */
export async function replay(
  decision: Decision,
  event: GuildEvent,
  agents: ReadonlyMap<string, Agent>,
  policy: GuildPolicy,
): Promise<Replayed> {
  const own = decision.agent === DESK ? createDesk([...agents.values()]) : undefined;
  const agent = own ?? (decision.agent === HOUSE.name ? HOUSE : agents.get(decision.agent));
  if (agent === undefined)
    throw new GuildhallError("unknown-agent", `the decision was made by "${decision.agent}", which is not installed`);
  const config = policy.agents[agent.name]?.config;
  const look = replayLook(decision.reads);
  const again = await decideAgain(agent, decision, event, look, config);
  const expected = canonical({ effects: decision.effects, error: decision.error });
  const found = canonical(again);
  return expected === found ? { same: true } : { same: false, expected, found };
}

async function decideAgain(
  agent: Agent,
  decision: Decision,
  event: GuildEvent,
  look: SlowLook,
  config: unknown,
): Promise<{ effects: readonly Effect[]; error?: string }> {
  try {
    const slow = decision.phase === "slow" && agent.consider !== undefined;
    return {
      effects: slow ? await agent.consider!(event, look, config, decision.about) : agent.decide(event, look, config),
    };
  } catch (error) {
    return { effects: [], error: errorCode(error) };
  }
}

/** Answers every read with what was recorded for (method, arguments, occurrence); any other read is an error by name. */
function replayLook(reads: readonly Read[]): SlowLook {
  const recorded = new Map<string, unknown[]>();
  for (const { method, args, value } of reads) {
    const key = canonical([method, args]);
    recorded.set(key, [...(recorded.get(key) ?? []), value]);
  }
  const read = (method: string, ...args: unknown[]): never => {
    const values = recorded.get(canonical([method, args]));
    if (values === undefined || values.length === 0)
      throw new GuildhallError("read-not-recorded", `${method} was never read like this`);
    return (values.shift() ?? undefined) as never;
  };
  return {
    count: (counter, key) => read("count", counter, key),
    total: (total, key) => read("total", total, key),
    ranking: (wish) => read("ranking", wish),
    record: (record, key) => read("record", record, key),
    cases: (wanted) => read("cases", wanted),
    recent: (channelId) => read("recent", channelId),
    wrote: (userId, since) => read("wrote", userId, since),
    said: (eventId) => read("said", eventId),
    listed: (list, host) => read("listed", list, host),
    channel: (channelId) => read("channel", channelId),
    role: (roleId) => read("role", roleId),
    guild: () => read("guild"),
    ask: <T>(question: { prompt: string; variables: object }) =>
      Promise.resolve(read("ask", question.prompt, question.variables) as Answer<T>),
    witness: (text) => Promise.resolve(read("witness", text)),
    search: async (query) => read("search", query),
    passages: async (query) => read("passages", query),
    message: async (messageId) => read("message", messageId),
    pins: async (channelId) => read("pins", channelId),
    pinned: async (...args) => read("pinned", ...args),
    file: async (url, wish) => read("file", url, wish),
    inForce: () => Promise.resolve(read("inForce")),
    amended: (changes) => Promise.resolve(read("amended", changes)),
    ticketFigures: (since) => Promise.resolve(read("ticketFigures", since)),
    rehearse: (...args) => Promise.resolve(read("rehearse", ...args)),
    ...{
      approval: (id: string) => read("approval", id),
      last: (counter: string, key: string) => read("last", counter, key),
      mode: (agent: string) => read("mode", agent),
      policyVersion: () => read("policyVersion"),
      standing: () => read("standing"),
      usesPerMinute: () => read("usesPerMinute"),
      read: (name: string, ...args: unknown[]) => read("read", name, ...args),
    },
  };
}
