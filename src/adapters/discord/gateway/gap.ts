import { type APIGuildMember, type APIMessage, ChannelType, Routes } from "discord-api-types/v10";
import { type EventKind, type GuildEvent, snowflakeAt, snowflakeTime } from "#core";
import { normalise } from "../normalise/index.ts";
import { asList, asNumber, asObject, isId, type Raw } from "../normalise/raw.ts";
import { refusalCode } from "../outcome.ts";
import type { Gap } from "./frames.ts";
import { fillFromAuditLog } from "./gap-audit.ts";
import { ask, type GapTools } from "./gap-tools.ts";

/** What Discord keeps nowhere that it could be read again. */
const LOST: readonly EventKind[] = [
  ...(["message.edited", "message.deleted", "reaction.added", "reaction.removed", "reaction.cleared"] as const),
  ...(["thread.deleted", "voice.changed", "voice.left", "invite.created", "invite.deleted", "automod.acted"] as const),
  ...(["scheduled-event.joined", "scheduled-event.left"] as const),
  ...(["member.joined", "member.left", "member.updated"] as const),
  ...(["command.used", "button.pressed", "select.chosen", "modal.submitted"] as const),
];

/** Where people write. Forums hold threads, which come with the guild by themselves while they are open. */
const WRITTEN_IN: ReadonlySet<number> = new Set([
  ...[ChannelType.GuildText, ChannelType.GuildAnnouncement, ChannelType.GuildVoice, ChannelType.GuildStageVoice],
  ...[ChannelType.PublicThread, ChannelType.PrivateThread, ChannelType.AnnouncementThread],
]);

const PAGE = 100;
/** A channel that said more than this while we were away was flooded, and its flood is over: it is not worth the requests. */
const PAGES = 10;

/**
 * At the first sight of a guild after a lost session, what is missing is journaled, and what can be had again is fetched:
 * one guild after the other, so that hands are not left without requests.
 */
export function createGapCloser(tools: GapTools) {
  const gaps = new Map<string, Gap>();
  let fills = Promise.resolve();
  return {
    opened: (guildIds: readonly string[], gap: Gap) => {
      for (const guildId of guildIds) gaps.set(guildId, gap);
    },
    guildArrived: (_shardId: number, guild: Raw) => {
      const guildId = String(guild["id"]);
      const gap = gaps.get(guildId);
      if (gap === undefined) return;
      gaps.delete(guildId);
      tools.road.arrive({ receivedAt: tools.clock.now(), events: [gapEvent(guildId, gap)] });
      const { from } = gap;
      if (from === undefined) return;
      const channelIds = channelsToRead(guild, from);
      fills = fills
        .then(() => fillMessages(guildId, channelIds, from, tools))
        .then(() => fillFromAuditLog(guildId, from, tools))
        .catch((error: unknown) => tools.log.error({ guildId, error: String(error) }, "a gap could not be filled"));
    },
  };
}

/** The hole in the journal itself, which nobody can be asked to forget: one event per guild. */
export function gapEvent(guildId: string, gap: Gap): GuildEvent {
  const lost =
    gap.from === undefined ? ["message.created", "member.banned", "member.unbanned", "audit.logged", ...LOST] : LOST;
  const span = { at: gap.to, from: gap.from ?? 0, to: gap.to, lost };
  return { id: `gap:${gap.sessionId}:${guildId}`, guildId, kind: "gap", ...span };
}

/**
 * What was said meanwhile, channel after channel, oldest first, with the same ids the gateway would have given: what came
 * both ways counts once. One request for each channel that says it has something new, and one for each author.
 */
export async function fillMessages(
  guildId: string,
  channelIds: readonly string[],
  since: number,
  tools: GapTools,
): Promise<void> {
  const members = new Map<string, Promise<Raw | undefined>>();
  for (const channelId of channelIds) {
    try {
      await fillChannel(guildId, channelId, since, members, tools);
    } catch (error) {
      if (tools.signal.aborted) return;
      tools.metrics.count("gap_channels_skipped");
      tools.log.warn({ guildId, channelId, code: refusalCode(error) }, "messages of a gap could not be read");
    }
  }
}

/** Those that may have something new, as far as the guild itself says. */
export function channelsToRead(guild: Raw, since: number): readonly string[] {
  return [...asList(guild["channels"]), ...asList(guild["threads"])].flatMap((value) => {
    const channel = asObject(value);
    const id = channel?.["id"];
    if (!isId(id) || !WRITTEN_IN.has(asNumber(channel?.["type"]) ?? -1)) return [];
    const last = channel?.["last_message_id"];
    return last === null || (isId(last) && snowflakeTime(last) < since) ? [] : [id];
  });
}

async function fillChannel(
  guildId: string,
  channelId: string,
  since: number,
  members: Map<string, Promise<Raw | undefined>>,
  tools: GapTools,
): Promise<void> {
  let after = snowflakeAt(since);
  for (let page = 0; page < PAGES; page += 1) {
    const query = { limit: String(PAGE), after };
    const route = Routes.channelMessages(channelId);
    const newestFirst = await ask<APIMessage[]>(tools, route, query);
    for (const message of newestFirst.toReversed()) await arriveLate(guildId, message, members, tools);
    const newest = newestFirst[0]?.id;
    if (newestFirst.length < PAGE || newest === undefined) return;
    after = newest;
  }
  tools.metrics.count("gap_channels_cut");
}

/** REST tells nothing of an author's roles, and without them staff would look like anybody. */
async function arriveLate(
  guildId: string,
  message: APIMessage,
  members: Map<string, Promise<Raw | undefined>>,
  tools: GapTools,
): Promise<void> {
  const author = message.author.id;
  if (message.webhook_id === undefined && !members.has(author)) members.set(author, memberOf(guildId, author, tools));
  const member = await members.get(author);
  const receivedAt = tools.clock.now();
  const payload = { ...message, guild_id: guildId, ...(member !== undefined && { member }) };
  const said = normalise("MESSAGE_CREATE", payload, { ...tools.context, receivedAt, frameId: `late:${message.id}` });
  if (said.event !== undefined) tools.road.arrive({ receivedAt, events: [said.event] });
}

async function memberOf(guildId: string, userId: string, tools: GapTools): Promise<Raw | undefined> {
  try {
    return asObject(await ask<APIGuildMember>(tools, Routes.guildMember(guildId, userId)));
  } catch (error) {
    if (refusalCode(error) !== undefined) return undefined;
    throw error;
  }
}
