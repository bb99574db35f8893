import { z } from "zod";
import * as schema from "../demo-schema.ts";
import type { Deletions } from "../deletions.ts";
import type { Demo, DemoMessage, DemoUse } from "../demo.ts";
import type { House } from "../house.ts";
import { notFound } from "../problems.ts";
import { Problem } from "../schema.ts";
import type { App } from "./app.ts";

const failures = { 400: Problem, 401: Problem, 404: Problem, 409: Problem };
const Done = z.object({ done: z.literal(true) });

/** The playground. In a house on the real Discord these answer 404. */
export function demoRoutes(app: App, house: House, deletions: Deletions): void {
  const demo = (): Demo => {
    if (house.demo === undefined) throw notFound("there is no demo: this house runs on the real Discord");
    return house.demo;
  };
  worldRoutes(app, demo, deletions);
  speechRoutes(app, demo);
  partRoutes(app, demo);
  crowdRoutes(app, demo);
}

function worldRoutes(app: App, demo: () => Demo, deletions: Deletions): void {
  app.get(
    "/api/demo",
    {
      schema: {
        summary: "The demo's members, channels and commands",
        response: { 200: schema.DemoWorld, ...failures },
      },
    },
    () => {
      const world = demo();
      const parts = { members: world.members(), channels: world.channels(), commands: world.commands() };
      return { guildId: world.guildId, ...parts } as z.output<typeof schema.DemoWorld>;
    },
  );
  app.get(
    "/api/demo/channels/:channelId/messages",
    {
      schema: {
        summary: "Messages of a channel, oldest first, deleted ones too",
        params: schema.ChannelParams,
        response: { 200: schema.DemoMessages, ...failures },
      },
    },
    (request) => {
      const world = demo();
      if (!world.channels().some(({ id }) => id === request.params.channelId))
        throw notFound("there is no such channel");
      const messages = world.messages(request.params.channelId).map((message) => withEvent(message, deletions));
      return { messages } as z.output<typeof schema.DemoMessages>;
    },
  );
}

function withEvent(message: DemoMessage, deletions: Deletions): DemoMessage {
  const eventId = deletions.eventFor(message.id);
  if (message.deleted === undefined || eventId === undefined) return message;
  return { ...message, deleted: { ...message.deleted, ...{ eventId } } };
}

function speechRoutes(app: App, demo: () => Demo): void {
  app.post(
    "/api/demo/messages",
    {
      schema: {
        summary: "Write as a member",
        body: schema.Say,
        response: { 201: z.object({ messageId: z.string() }), ...failures },
      },
    },
    async (request, reply) => reply.code(201).send(await demo().say(request.body)),
  );
  app.post(
    "/api/demo/reactions",
    { schema: { summary: "React as a member", body: schema.React, response: { 201: Done, ...failures } } },
    async (request, reply) => {
      await demo().react(request.body);
      return reply.code(201).send({ done: true });
    },
  );
  app.post(
    "/api/demo/commands",
    {
      schema: {
        summary: "Use a slash command as a member",
        body: schema.UseCommand,
        response: { 201: schema.DemoUse, ...failures },
      },
    },
    async (request, reply) => reply.code(201).send(used(await demo().useCommand(request.body))),
  );
}

const used = (use: DemoUse) => use as z.output<typeof schema.DemoUse>;

/** What stands under messages, and what it opens. */
function partRoutes(app: App, demo: () => Demo): void {
  app.post(
    "/api/demo/presses",
    {
      schema: {
        summary: "Press a button or choose from a menu as a member",
        body: schema.Press,
        response: { 201: schema.DemoUse, ...failures },
      },
    },
    async (request, reply) => {
      const { values, ...press } = request.body;
      return reply.code(201).send(used(await demo().press({ ...press, ...(values !== undefined && { values }) })));
    },
  );
  app.post(
    "/api/demo/forms",
    { schema: { summary: "Send a form", body: schema.Fill, response: { 201: schema.DemoUse, ...failures } } },
    async (request, reply) => reply.code(201).send(used(await demo().fill(request.body))),
  );
  app.get(
    "/api/demo/pictures/:pictureId",
    { schema: { summary: "A picture that a message shows", params: schema.PictureParams, response: failures } },
    async (request, reply) => {
      const picture = await demo().picture(request.params.pictureId);
      if (picture === undefined) throw notFound("there is no such picture");
      // Typed for JSON; a picture goes out as it is.
      return reply.type(picture.type).send(picture.bytes as never);
    },
  );
}

function crowdRoutes(app: App, demo: () => Demo): void {
  app.post(
    "/api/demo/joins",
    {
      schema: {
        summary: "Somebody new joins",
        body: schema.Join,
        response: { 201: z.object({ memberId: z.string() }), ...failures },
      },
    },
    async (request, reply) => {
      const { name } = request.body;
      return reply.code(201).send(await demo().join(name === undefined ? {} : { name }));
    },
  );
  app.post(
    "/api/demo/leaves",
    { schema: { summary: "A member leaves", body: schema.Leave, response: { 201: Done, ...failures } } },
    async (request, reply) => {
      await demo().leave(request.body);
      return reply.code(201).send({ done: true });
    },
  );
  app.post(
    "/api/demo/raids",
    { schema: { summary: "Many join at once", body: schema.Raid, response: { 201: Done, ...failures } } },
    async (request, reply) => {
      await demo().raid(request.body.count);
      return reply.code(201).send({ done: true });
    },
  );
  app.post(
    "/api/demo/spam-waves",
    {
      schema: {
        summary: "Several members flood a channel",
        body: schema.SpamWave,
        response: { 201: Done, ...failures },
      },
    },
    async (request, reply) => {
      await demo().spamWave(request.body.channelId);
      return reply.code(201).send({ done: true });
    },
  );
}
