import type { GuildStore, OrderView } from "#core";
import { z } from "zod";
import { activityPage } from "../../views/activity.ts";
import { whyOf, withoutTokens } from "../../views/why.ts";
import { phraseOf } from "../../views/deeds.ts";
import { namesFrom, type Names } from "../../views/words.ts";
import { cursorFrom, cursorText } from "../cursor.ts";
import type { House } from "../house.ts";
import { notFound } from "../problems.ts";
import * as schema from "../schema.ts";
import type { App } from "./app.ts";

/** A guild of this house, or 404: an id that is not ours reads nothing. */
export async function guildOf(house: House, guildId: string): Promise<GuildStore> {
  const guilds = await house.store.guilds();
  if (!guilds.some((guild) => guild.guildId === guildId)) throw notFound(`this house has no guild ${guildId}`);
  return house.store.guild(guildId);
}

const failures = { 400: schema.Problem, 401: schema.Problem, 404: schema.Problem };

export function guildRoutes(app: App, house: House): void {
  activityRoutes(app, house);
  recordRoutes(app, house);
}

function activityRoutes(app: App, house: House): void {
  app.get(
    "/api/guilds/:guildId/activity",
    {
      schema: {
        summary: "What happened and what it caused, newest first",
        params: schema.GuildParams,
        querystring: schema.ActivityQuery,
        response: { 200: schema.ActivityPage, ...failures },
      },
    },
    async (request) => {
      const { cursor, ...query } = request.query;
      const guild = await guildOf(house, request.params.guildId);
      const before = cursor === undefined ? {} : { before: cursorFrom(cursor) };
      const page = await activityPage(guild, { ...query, ...before });
      const next = page.before === undefined ? {} : { next: cursorText(page.before) };
      return { items: page.items as z.output<typeof schema.Activity>[], ...next };
    },
  );
  app.get(
    "/api/guilds/:guildId/events/:eventId",
    {
      schema: {
        summary: "Why: one event with all it caused",
        params: schema.EventParams,
        response: { 200: schema.Why, ...failures },
      },
    },
    async (request) => {
      const why = await whyOf(await guildOf(house, request.params.guildId), request.params.eventId);
      if (why === undefined) throw notFound(`the journal holds no event ${request.params.eventId}`);
      return why as unknown as z.output<typeof schema.Why>;
    },
  );
}

function recordRoutes(app: App, house: House): void {
  app.get(
    "/api/guilds/:guildId/orders",
    {
      schema: {
        summary: "Orders: what was sent out, and what came of it",
        params: schema.GuildParams,
        querystring: schema.OrdersQuery,
        response: { 200: z.object({ orders: z.array(schema.Order) }), ...failures },
      },
    },
    async (request) => {
      const guild = await guildOf(house, request.params.guildId);
      const names = namesFrom(await guild.directory());
      const orders = await guild.orders(request.query.status, request.query.limit);
      return { orders: orders.map((order) => orderView(order, names)) };
    },
  );
  app.get(
    "/api/guilds/:guildId/agents",
    {
      schema: {
        summary: "The agents and how they are set in this guild",
        params: schema.GuildParams,
        response: { 200: z.object({ agents: z.array(schema.AgentState) }), ...failures },
      },
    },
    async (request) => {
      const guild = await guildOf(house, request.params.guildId);
      const policy = house.policies.policyFor(guild.guildId, (await guild.policies(1))[0]);
      return {
        agents: house.agents.map(({ name, description }) => {
          const own = policy.agents[name];
          return { name, description, mode: own?.mode ?? "off", policyHash: own?.hash ?? "" };
        }),
      };
    },
  );
}

function orderView(order: OrderView, names: Names): z.output<typeof schema.Order> {
  const { id, eventId, agent, step, status, attempt, caseNumber, settledAt, result } = order;
  const { base, object } = phraseOf(order.action, names);
  return {
    ...{ id, eventId, agent, step, status, attempt, verb: order.action.verb, request: `${base} ${object}` },
    ...(caseNumber === undefined ? {} : { caseNumber }),
    ...(settledAt === undefined ? {} : { settledAt }),
    ...(result === undefined ? {} : { result: withoutTokens(result) }),
  };
}
