import { type CalendarKey, calendarEntriesOf, calendarKeyIn, type GuildStore, type Seal } from "#core";
import { calendarText } from "#core/calendar/index";
import { z } from "zod";
import { gatheringsOf, guildOr, rsvpsOf, seriesOf } from "../../views/gatherings.ts";
import type { House } from "../house.ts";
import { notFound } from "../problems.ts";
import { Problem } from "../schema.ts";
import type { App } from "./app.ts";

/** What a calendar outside asks for: no header, no cookie, the secret in the address alone. */
export const CALENDAR_ROUTE = "/calendar/:guildId/:secret";

const Params = z.object({
  guildId: z.string().regex(/^\d{1,20}$/),
  secret: z.string().min(5).max(400).endsWith(".ics"),
});

/** Events as a calendar to subscribe to. Whatever is wrong with a link, it leads nowhere, and never says why. */
export function calendarRoutes(app: App, house: House): void {
  app.get(
    CALENDAR_ROUTE,
    {
      schema: {
        summary: "Events as a calendar to subscribe to; the address holds the secret",
        params: Params,
        security: [],
        response: { 200: z.string().describe("text/calendar"), 400: Problem, 404: Problem },
      },
    },
    async (request, reply) => {
      const { guildId, secret } = request.params;
      const key = house.seal === undefined ? undefined : opened(secret.slice(0, -".ics".length), guildId, house.seal);
      const guild = key === undefined ? undefined : await guildOr(house.store, guildId);
      if (key === undefined || guild === undefined || !(await stillOpens(key, guild)))
        throw notFound("there is no such calendar");
      return reply.type("text/calendar; charset=utf-8").send(await feedOf(key, guild));
    },
  );
}

function opened(sealed: string, guildId: string, seal: Pick<Seal, "open">): CalendarKey | undefined {
  try {
    return calendarKeyIn(seal.open(sealed, guildId));
  } catch {
    return undefined;
  }
}

/** A reset counts on, and closes everything before it. */
async function stillOpens({ userId, number }: CalendarKey, guild: GuildStore): Promise<boolean> {
  const [held] = await guild.records([{ record: "calendarKey", key: userId ?? "guild" }]);
  return (held as { readonly number: number } | undefined)?.number === number;
}

async function feedOf({ userId }: CalendarKey, guild: GuildStore): Promise<string> {
  const directory = await guild.directory();
  const all = await gatheringsOf(guild);
  const rsvps = await rsvpsOf(guild, all);
  const wanted = all.filter((gathering, index) => {
    if (userId === undefined || gathering.hostId === userId) return true;
    const { going, waiting, maybe } = rsvps[index]!;
    return [going, waiting, maybe].some((ids) => ids.includes(userId));
  });
  const series = userId === undefined ? await seriesOf(guild, wanted) : [];
  const alone =
    userId === undefined ? wanted : wanted.map(({ rule: _rule, series: _series, ...gathering }) => gathering);
  const entries = calendarEntriesOf(alone, series, (channelId) => directory?.channels[channelId]?.name);
  return calendarText(directory?.name ?? "Events", entries);
}
