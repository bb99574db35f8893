import { z } from "zod";
import type { Feed } from "../feed.ts";
import type { House } from "../house.ts";
import { HouseState, Problem } from "../schema.ts";
import type { App } from "./app.ts";

/** How the house is, and the live feed. */
export function houseRoutes(app: App, house: House, feed: Feed): void {
  const hidden = { schema: { hide: true } };
  app.get("/healthz", hidden, () => ({ alive: house.health().alive }));
  app.get("/readyz", hidden, (_request, reply) => {
    const { ready, degraded } = house.health();
    return reply.code(ready ? 200 : 503).send({ ready, degraded });
  });
  app.get("/metrics", hidden, async (_request, reply) =>
    reply.header("content-type", "text/plain; version=0.0.4; charset=utf-8").send(await house.metricsText()),
  );
  app.get(
    "/api/house",
    { schema: { summary: "The house and its guilds", response: { 200: HouseState, 401: Problem } } },
    async () => {
      const { ready, degraded } = house.health();
      const guilds = await house.store.guilds();
      return {
        ready,
        degraded: [...degraded],
        guilds: guilds.map(({ guildId, name }) => ({ id: guildId, name })),
        ...(house.demo === undefined ? {} : { demoGuildId: house.demo.guildId }),
      };
    },
  );
  app.get(
    "/api/guilds",
    {
      schema: {
        summary: "The guilds of this house",
        response: { 200: z.object({ guilds: z.array(z.object({ id: z.string(), name: z.string() })) }), 401: Problem },
      },
    },
    async () => {
      const guilds = await house.store.guilds();
      return { guilds: guilds.map(({ guildId, name }) => ({ id: guildId, name })) };
    },
  );
  app.get(
    "/api/feed",
    {
      schema: {
        summary: "Server-sent events: `commit` and (in the demo) `world`",
        response: { 200: z.string(), 401: Problem },
      },
    },
    (_request, reply) => {
      reply.hijack();
      for (const [name, value] of Object.entries(reply.getHeaders())) {
        if (value !== undefined) reply.raw.setHeader(name, value);
      }
      feed.attach(reply.raw);
    },
  );
}
