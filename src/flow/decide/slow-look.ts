import type { Look, SlowLook } from "#core";
import type { RecordingLook } from "./look.ts";

/** What only slow halves may do: the roads to a model, to what the guild chose, and out of the house's memory. */
export type Roads = Omit<SlowLook, keyof Look>;

/** Adds them to a look, recorded like any other read. */
export function slowLook(look: RecordingLook, roads: Roads): SlowLook {
  const recorded = <T>(method: string, args: readonly unknown[], value: T): T => {
    look.reads.push({ method, args, value });
    return value;
  };
  return {
    ...reads(look),
    ask: async (question) => recorded("ask", [question.prompt, question.variables], await roads.ask(question)),
    witness: async (text) => recorded("witness", [text], await roads.witness(text)),
    search: async (query) => recorded("search", [query], await roads.search(query)),
    passages: async (query) => recorded("passages", [query], await roads.passages(query)),
    message: async (messageId) => recorded("message", [messageId], await roads.message(messageId)),
    pins: async (channelId) => recorded("pins", [channelId], await roads.pins(channelId)),
    pinned: async (...args) => recorded("pinned", args, await roads.pinned(...args)),
    file: async (url, wish) => recorded("file", [url, wish], await roads.file(url, wish)),
    ticketFigures: async (since) => recorded("ticketFigures", [since], await roads.ticketFigures(since)),
    inForce: async () => recorded("inForce", [], await roads.inForce()),
    amended: async (changes) => recorded("amended", [changes], await roads.amended(changes)),
    rehearse: async (...args) => recorded("rehearse", args, await roads.rehearse(...args)),
  };
}

function reads(look: RecordingLook): Look {
  return {
    count: look.count.bind(look),
    total: look.total.bind(look),
    ranking: look.ranking.bind(look),
    record: look.record.bind(look),
    listed: look.listed.bind(look),
    channel: look.channel.bind(look),
    role: look.role.bind(look),
    cases: look.cases.bind(look),
    said: look.said.bind(look),
    recent: look.recent.bind(look),
    wrote: look.wrote.bind(look),
    guild: look.guild.bind(look),
  };
}
