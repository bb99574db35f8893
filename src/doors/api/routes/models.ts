import { modelCosts } from "../../views/models.ts";
import type { House } from "../house.ts";
import { Models } from "../models-schema.ts";
import { GuildParams, Problem } from "../schema.ts";
import type { App } from "./app.ts";
import { guildOf } from "./guilds.ts";

/** How the providers do, and what they cost this guild. Costs two queries: the month's days, and the guild's choices; the limit is looked up in memory. */
export function modelRoutes(app: App, house: House): void {
  app.get(
    "/api/guilds/:guildId/models",
    {
      schema: {
        summary: "The providers of models, and what they cost this guild this month",
        params: GuildParams,
        response: { 200: Models, 400: Problem, 401: Problem, 404: Problem },
      },
    },
    async (request) => {
      const { guildId } = request.params;
      const guild = await guildOf(house, guildId);
      const providers = house.models().map((health) => ({ ...health, models: [...health.models] }));
      const costs = await modelCosts(guild, house.clock.now());
      const [own] = await guild.policies(1);
      const { budget } = house.policies.policyFor(guildId, own);
      const limit = await house.modelLimit(guildId);
      return {
        ...{ providers, budget, ...costs, byPrompt: [...costs.byPrompt] },
        ...(limit === undefined ? {} : { limit }),
      };
    },
  );
}
