import { Routes } from "discord-api-types/v10";
import { asList, asObject, isId, type Raw } from "../normalise/raw.ts";
import { standingOf } from "../normalise/membership.ts";
import { refusalCode } from "../outcome.ts";
import { ask, type GapTools } from "./gap-tools.ts";

/**
 * Discord lists the bot itself among the members of every guild it sends. A server that does not leaves open what the bot may
 * do, and the house would do nothing there: so it is asked, once for each time the guild comes. Costs nothing on Discord.
 */
export async function learnOwnStanding(guild: Raw, tools: GapTools): Promise<void> {
  const { botUserId } = tools.context;
  const guildId = guild["id"];
  const isListed = asList(guild["members"]).some((one) => asObject(asObject(one)?.["user"])?.["id"] === botUserId);
  if (isListed || !isId(guildId)) return;
  try {
    const membership = asObject(await ask(tools, Routes.guildMember(guildId, botUserId)));
    if (membership === undefined) return;
    const receivedAt = tools.clock.now();
    const change = { change: "bot.roles" as const, ...standingOf(membership) };
    const id = `standing:${guildId}:${receivedAt}`;
    const event = { id, guildId, at: receivedAt, kind: "directory.changed" as const, change };
    tools.road.arrive({ receivedAt, events: [event] });
  } catch (error) {
    if (tools.signal.aborted) return;
    const code = refusalCode(error);
    tools.log.warn({ guildId, code, error: String(error) }, "nobody says what the bot may do in this guild");
  }
}
