import { ticketStats } from "#core";
import type { z } from "zod";
import { namesOfStaff, typeLabels } from "../../views/tickets.ts";
import type { House } from "../house.ts";
import { GuildParams, Problem } from "../schema.ts";
import { TicketStats, TicketStatsQuery } from "../tickets-schema.ts";
import type { App } from "./app.ts";
import { guildOf } from "./guilds.ts";

const DAY = 86_400_000;

/** How it stands with tickets. Costs a look at every ticket of the guild: a hundredth of a second for a thousand. */
export function ticketRoutes(app: App, house: House): void {
  app.get(
    "/api/guilds/:guildId/tickets/stats",
    {
      schema: {
        summary: "How many tickets were opened, how soon they were answered and closed, and what members think",
        params: GuildParams,
        querystring: TicketStatsQuery,
        response: { 200: TicketStats, 400: Problem, 401: Problem, 404: Problem },
      },
    },
    async (request) => {
      const guild = await guildOf(house, request.params.guildId);
      const to = house.clock.now();
      const from = to - request.query.days * DAY;
      const stats = ticketStats(await guild.ticketFigures(from), from, to + 1);
      const [own] = await guild.policies(1);
      const labels = typeLabels(house.policies.policyFor(guild.guildId, own));
      const names = await namesOfStaff(guild, stats);
      return {
        ...stats,
        types: stats.types.map((type) => ({ ...type, ...given("label", labels.get(type.typeId)) })),
        staff: stats.staff.map((one) => ({ ...one, ...given("name", names.get(one.userId)) })),
      } as z.output<typeof TicketStats>;
    },
  );
}

function given<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, string>);
}
