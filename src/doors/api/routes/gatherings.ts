import type { Directory, EventPlace, Gathering, GuildStore, Rsvps } from "#core";
import type { z } from "zod";
import { gatheringsOf, rsvpsOf, turnoutOf } from "../../views/gatherings.ts";
import { namesFrom } from "../../views/words.ts";
import { GatheringDetails, GatheringPage, type GatheringView } from "../gathering-schema.ts";
import type { House } from "../house.ts";
import { notFound } from "../problems.ts";
import { CaseParams, GuildParams, Problem } from "../schema.ts";
import type { App } from "./app.ts";
import { guildOf } from "./guilds.ts";

const failures = { 400: Problem, 401: Problem, 404: Problem };

/** What members come together for. The house's own events, what happened, are under `/events`. */
export function gatheringRoutes(app: App, house: House): void {
  app.get(
    "/api/guilds/:guildId/gatherings",
    {
      schema: {
        summary: "Events members come together for: planned, running and lately over",
        params: GuildParams,
        response: { 200: GatheringPage, ...failures },
      },
    },
    async (request) => {
      const guild = await guildOf(house, request.params.guildId);
      const all = await gatheringsOf(guild);
      const [rsvps, directory] = await Promise.all([rsvpsOf(guild, all), guild.directory()]);
      return { gatherings: all.map((gathering, index) => viewOf(gathering, rsvps[index]!, directory)) };
    },
  );
  app.get(
    "/api/guilds/:guildId/gatherings/:number",
    {
      schema: {
        summary: "One event with everybody's answer and how long they were there",
        params: CaseParams,
        response: { 200: GatheringDetails, ...failures },
      },
    },
    async (request) => detailsOf(await guildOf(house, request.params.guildId), request.params.number),
  );
}

function viewOf(gathering: Gathering, rsvps: Rsvps, directory: Directory | undefined): z.output<typeof GatheringView> {
  const { number, status, title, about, startsAt, endsAt, zone, place, capacity, rule, hostId, hostName, series } =
    gathering;
  const { going, waiting, maybe, no } = rsvps;
  return {
    ...{
      number,
      status,
      title,
      startsAt,
      endsAt,
      zone,
      hostId,
      hostName,
      place: { ...place, name: placeName(place, directory) },
    },
    counts: { going: going.length, waiting: waiting.length, maybe: maybe.length, no: no.length },
    ...(about !== undefined && { about }),
    ...(capacity !== undefined && { capacity }),
    ...(rule !== undefined && { rule }),
    ...(series !== undefined && { series: series.number }),
  };
}

function placeName(place: EventPlace, directory: Directory | undefined): string {
  return place.kind === "elsewhere" ? place.location : namesFrom(directory).channel(place.channelId);
}

async function detailsOf(guild: GuildStore, number: number): Promise<z.output<typeof GatheringDetails>> {
  const [gathering] = (await guild.records([{ record: "gathering", key: String(number) }])) as readonly (
    Gathering | undefined
  )[];
  if (gathering === undefined) throw notFound(`there is no event #${number}`);
  const [[rsvps], directory] = await Promise.all([rsvpsOf(guild, [gathering]), guild.directory()]);
  const seconds = await turnoutOf(guild, number);
  const { going, waiting, maybe, no } = rsvps!;
  return {
    ...viewOf(gathering, rsvps!, directory),
    answers: { going: [...going], waiting: [...waiting], maybe: [...maybe], no: [...no] },
    attendance: Object.entries(seconds).map(([userId, count]) => ({ userId, minutes: Math.floor(count / 60) })),
  };
}
