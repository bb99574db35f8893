import { readFileSync } from "node:fs";
import net from "node:net";
import type { Decision, GuildEvent } from "#core";
import { replay } from "../../src/flow/index.ts";
import { assemblePolicies } from "../../src/main/assemble.ts";

/** A fresh process without network or database: from the files alone, every decision must give the same bytes again. */
net.Socket.prototype.connect = () => {
  throw new Error("a replay must not open a connection");
};

interface Recorded {
  readonly guildId: string;
  readonly decisions: Decision[];
  readonly events: GuildEvent[];
}

const { agents, policies } = await assemblePolicies(process.env);
const byName = new Map(agents.map((agent) => [agent.name, agent]));
const results = [];
for (const file of process.argv.slice(2)) results.push(await replayFile(file));
process.stdout.write(JSON.stringify(results));

async function replayFile(file: string) {
  const { guildId, decisions, events } = JSON.parse(readFileSync(file, "utf8")) as Recorded;
  const byId = new Map(events.map((event) => [event.id, event]));
  const different: string[] = [];
  for (const decision of decisions) {
    const result = await replay(decision, byId.get(decision.eventId)!, byName, policies.policyFor(guildId));
    if (!result.same)
      different.push(`${decision.eventId} ${decision.agent}: expected ${result.expected}, found ${result.found}`);
  }
  return { replayed: decisions.length, different };
}
