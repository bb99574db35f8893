import { Routes } from "discord-api-types/v10";
import type { EventOf, GuildEvent } from "#core";
import { isId, type Raw } from "../normalise/raw.ts";
import { cleanText } from "../normalise/text.ts";
import { refusalCode } from "../outcome.ts";
import { type CountedInvite, countsIn, type InviteCounts, usedBetween } from "./invite-counts.ts";
import type { GapTools } from "./gap-tools.ts";

/** Tells who came by which invite. Discord does not say it: all invites are counted when the guild comes and after a join. */
export interface InviteWatch {
  guildArrived(guild: Raw): void;
  heard(event: GuildEvent): void;
}

export interface InviteTimes {
  /** After a join no guild is counted again sooner: whoever comes meanwhile is told of together. */
  readonly guildMs: number;
  /** Between any two counts: a tenth of what Discord allows a bot. */
  readonly betweenMs: number;
  /** Where Discord gives no answer, it is asked again after this. */
  readonly failedMs: number;
  /** Where the bot may not look, with the first who joins after this. */
  readonly refusedMs: number;
}

const TIMES: InviteTimes = { guildMs: 3_000, betweenMs: 200, failedMs: 60_000, refusedMs: 3_600_000 };

type Joined = Pick<EventOf<"member.joined">["member"], "userId" | "name">;

interface Watched {
  counts: Map<string, CountedInvite> | undefined;
  /** Leads into the guild without being listed. */
  shortAddress: string | undefined;
  joined: Joined[];
  /** Not before this. */
  from: number;
  /** The bot may not look: nobody is remembered until then. */
  isRefused: boolean;
}

type Tools = Pick<GapTools, "call" | "road" | "clock" | "metrics" | "signal">;

/** One request at a time, for whoever has newcomers first. What cannot be asked is not told; nothing else waits for it. */
export function createInviteWatch(tools: Tools, times: InviteTimes = TIMES): InviteWatch {
  const { clock, signal } = tools;
  const guilds = new Map<string, Watched>();
  let running = false;

  function start(): void {
    if (running) return;
    running = true;
    void run().finally(() => {
      running = false;
      if (waiting().length > 0 && !signal.aborted) start();
    });
  }

  /** Ends where nobody waits, and begins again with the next who does. */
  async function run(): Promise<void> {
    while (waiting().length > 0 && (await paused(times.betweenMs, signal))) {
      const due = waiting().filter(([, { from }]) => from <= clock.now());
      const next = due.find(([, { joined }]) => joined.length > 0) ?? due[0];
      if (next !== undefined) await count(...next);
    }
  }

  function waiting(): readonly (readonly [string, Watched])[] {
    return [...guilds].filter(([, one]) => one.joined.length > 0 || (one.counts === undefined && !one.isRefused));
  }

  async function count(guildId: string, watched: Watched): Promise<void> {
    const joined = watched.joined.splice(0);
    try {
      const answer = await tools.call<unknown>({ method: "GET", route: Routes.guildInvites(guildId), signal });
      const at = clock.now();
      const counts = countsIn(answer);
      watched.from = joined.length > 0 ? at + times.guildMs : at;
      tell(guildId, watched, counts, joined, at);
      watched.counts = new Map(counts);
      watched.isRefused = false;
    } catch (error) {
      // Who came meanwhile is not told of, and the next count is a new beginning.
      watched.counts = undefined;
      watched.isRefused = refusalCode(error) !== undefined;
      watched.from = clock.now() + (watched.isRefused ? times.refusedMs : times.failedMs);
      tools.metrics.count("invite_counts_failed", { refused: String(watched.isRefused) });
    }
  }

  function tell(guildId: string, watched: Watched, counts: InviteCounts, joined: readonly Joined[], at: number): void {
    const base = { guildId, at };
    const codes = [...counts.keys(), ...(watched.shortAddress === undefined ? [] : [watched.shortAddress])];
    const listed: GuildEvent = { ...base, id: `invites:${guildId}:${at}`, kind: "invites.listed", codes };
    const isFirst = watched.counts === undefined;
    const used = isFirst ? [] : usedBetween(watched.counts!, counts, joined.length, at);
    const events = isFirst
      ? [listed]
      : joined.map((who): GuildEvent => {
          return {
            ...base,
            ...who,
            id: `invite-used:${guildId}:${who.userId}:${at}`,
            kind: "invite.used",
            codes: used,
          };
        });
    if (isFirst || used.length > 0) tools.road.arrive({ receivedAt: at, events });
  }

  return {
    guildArrived: (guild) => {
      const guildId = guild["id"];
      if (!isId(guildId)) return;
      const shortAddress = cleanText(guild["vanity_url_code"]) || undefined;
      guilds.set(guildId, { ...unknown(), shortAddress });
      start();
    },
    heard: (event) => {
      if (event.kind === "guild.left") guilds.delete(event.guildId);
      // One that is used up before the next count would never be seen otherwise.
      if (event.kind === "invite.created") guilds.get(event.guildId)?.counts?.set(event.code, { ...event, uses: 0 });
      if (event.kind !== "member.joined" || event.member.bot === true) return;
      const watched = guilds.get(event.guildId) ?? unknown();
      guilds.set(event.guildId, watched);
      if (watched.isRefused && watched.from > clock.now()) return;
      const { userId, name } = event.member;
      watched.joined.push({ userId, name });
      start();
    },
  };
}

const unknown = (): Watched => ({
  ...{ counts: undefined, shortAddress: undefined },
  ...{ joined: [], from: 0, isRefused: false },
});

function paused(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve(!signal.aborted);
    };
    const timer = setTimeout(end, signal.aborted ? 0 : milliseconds);
    signal.addEventListener("abort", end);
  });
}
