import type { z } from "zod";
import type { GuildStore, Raid } from "#core";
import type { House } from "../house.ts";
import { RaidPage, type RaidView } from "../raid-schema.ts";
import { GuildParams, Problem } from "../schema.ts";
import type { App } from "./app.ts";
import { guildOf } from "./guilds.ts";

/** The latest raid, going on or over. One query for two rows: what an agent keeps in shadow lies apart. */
export function raidRoutes(app: App, house: House): void {
  app.get(
    "/api/guilds/:guildId/raid",
    {
      schema: {
        summary: "The latest raid, going on or over",
        params: GuildParams,
        response: { 200: RaidPage, 400: Problem, 401: Problem, 404: Problem },
      },
    },
    async (request) => {
      const raid = await latestRaid(await guildOf(house, request.params.guildId));
      return raid === undefined ? {} : { raid };
    },
  );
}

async function latestRaid(guild: GuildStore): Promise<z.output<typeof RaidView> | undefined> {
  const keys = ["now", "shadow/now"].map((key) => ({ record: "raid" as const, key }));
  const [real, watched] = (await guild.records(keys)) as readonly (Raid | undefined)[];
  const isShadow = (watched?.lastAt ?? 0) > (real?.lastAt ?? 0);
  const raid = isShadow ? watched : real;
  if (raid === undefined) return undefined;
  const { number, step, startedAt, lastAt, endedAt, joins, members, quarantined, channels, pausedUntil } = raid;
  return {
    ...{ number, step, startedAt, lastAt, joins, members, quarantined, mode: isShadow ? "shadow" : "live" },
    lockedChannels: channels.filter(({ locked }) => locked === true).length,
    moments: raid.moments.map((moment) => ({ ...moment })),
    ...(endedAt !== undefined && { endedAt }),
    ...(pausedUntil !== undefined && { pausedUntil }),
  };
}
