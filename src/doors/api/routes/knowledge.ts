import { randomUUID } from "node:crypto";
import type { EventOf, GuildStore, PassageDraft } from "#core";
import { draftFrom, type TypedEntry } from "#core/knowledge/drafts";
import { MOST_ASKS } from "#core/knowledge/file";
import type { Gap } from "#core/knowledge/gaps";
import { gapsOf, sourcesOf, type SourceView } from "../../views/knowledge.ts";
import type { House } from "../house.ts";
import * as knowledge from "../knowledge-schema.ts";
import { notFound, Refusal } from "../problems.ts";
import { Accepted, GuildParams, Problem } from "../schema.ts";
import type { App } from "./app.ts";
import { guildOf } from "./guilds.ts";

const failures = { 400: Problem, 401: Problem, 404: Problem };
const ENTRY = "entry:";
const BY = "dashboard:owner";

/** What the house answers from, and what it could not answer. Every change is an event like any other, made by the agent `faq`. */
export function knowledgeRoutes(app: App, house: House): void {
  readRoutes(app, house);
  entryRoutes(app, house);
  withdrawRoutes(app, house);
}

function readRoutes(app: App, house: House): void {
  app.get(
    "/api/guilds/:guildId/knowledge",
    {
      schema: {
        summary: "What the house answers from, with consents, verdicts and the answers that rest on it; newest first",
        params: GuildParams,
        response: { 200: knowledge.Knowledge, ...failures },
      },
    },
    async (request) => ({ sources: (await sourcesOf(await guildOf(house, request.params.guildId))).map(plain) }),
  );
  app.get(
    "/api/guilds/:guildId/knowledge/gaps",
    {
      schema: {
        summary: "What was asked and nobody could answer, the most frequent first",
        params: GuildParams,
        response: { 200: knowledge.Gaps, ...failures },
      },
    },
    async (request) => {
      const gaps = await gapsOf(await guildOf(house, request.params.guildId));
      return { gaps: gaps.map(({ topic, asks, times, lastAt }) => ({ topic, asks: [...asks], times, lastAt })) };
    },
  );
}

function plain(source: SourceView) {
  const passages = source.passages.map((one) => ({ ...one, asks: [...one.asks] }));
  return { ...source, passages, answers: [...source.answers] };
}

function entryRoutes(app: App, house: House): void {
  app.post(
    "/api/guilds/:guildId/knowledge/entries",
    {
      schema: {
        summary: "Write an answer, perhaps to what nobody could answer",
        params: GuildParams,
        body: knowledge.NewEntry,
        response: { 202: knowledge.Given, ...failures },
      },
    },
    async (request, reply) => {
      const { gap: topic, ...typed } = request.body;
      const guild = await guildOf(house, request.params.guildId);
      const gap = topic === undefined ? undefined : await gapOf(guild, topic);
      const also = [...typed.also, ...(gap?.asks ?? [])].slice(0, MOST_ASKS - 1);
      const draft = checked({ ...typed, also });
      const given = await give(house, guild, { draft, entryId: `${ENTRY}api:${randomUUID()}`, gap });
      return reply.code(202).send(given);
    },
  );
  app.put(
    "/api/guilds/:guildId/knowledge/entries/:sourceId",
    {
      schema: {
        summary: "Say something else; answers that rest on it are corrected",
        params: knowledge.SourceParams,
        body: knowledge.ChangedEntry,
        response: { 202: knowledge.Given, ...failures },
      },
    },
    async (request, reply) => {
      const { guildId, sourceId } = request.params;
      const guild = await guildOf(house, guildId);
      await sourceOf(guild, sourceId);
      if (!sourceId.startsWith(ENTRY))
        throw new Refusal(400, "not-an-entry", `${sourceId} is no entry: give its file again, or edit its message`);
      const draft = checked(request.body);
      return reply.code(202).send(await give(house, guild, { draft, entryId: sourceId }));
    },
  );
}

function withdrawRoutes(app: App, house: House): void {
  app.delete(
    "/api/guilds/:guildId/knowledge/sources/:sourceId",
    {
      schema: {
        summary: "Take a source back; answers that rest on it are withdrawn",
        params: knowledge.SourceParams,
        response: { 202: Accepted, ...failures },
      },
    },
    async (request, reply) => {
      const guild = await guildOf(house, request.params.guildId);
      const source = await sourceOf(guild, request.params.sourceId);
      return reply.code(202).send(await takeBack(house, guild, [source.id]));
    },
  );
  app.delete(
    "/api/guilds/:guildId/knowledge/gaps/:topic",
    {
      schema: {
        summary: "Dismiss what was asked: it needs no answer",
        params: knowledge.TopicParams,
        response: { 202: Accepted, ...failures },
      },
    },
    async (request, reply) => {
      const guild = await guildOf(house, request.params.guildId);
      const { sourceIds } = await gapOf(guild, request.params.topic);
      return reply.code(202).send(await takeBack(house, guild, sourceIds));
    },
  );
}

function checked(typed: TypedEntry): PassageDraft {
  const draft = draftFrom(typed);
  if (typeof draft === "string") throw new Refusal(400, "invalid", draft);
  return draft;
}

interface Giving {
  readonly draft: PassageDraft;
  readonly entryId: string;
  readonly gap?: Gap | undefined;
}

async function give(house: House, { guildId }: GuildStore, { draft, entryId, gap }: Giving) {
  const event: EventOf<"knowledge.given"> = {
    ...{ id: `api:${randomUUID()}`, guildId, at: house.clock.now(), kind: "knowledge.given" },
    ...{ name: draft.asks[0]!, passages: [draft], by: BY, entryId },
    ...(gap === undefined ? {} : { answered: gap.sourceIds }),
  };
  await house.submit(event);
  return { eventId: event.id, sourceId: entryId };
}

async function takeBack(house: House, { guildId }: GuildStore, sourceIds: readonly string[]) {
  const id = `api:${randomUUID()}`;
  await house.submit({ id, guildId, at: house.clock.now(), kind: "knowledge.withdrawn", sourceIds, by: BY });
  return { eventId: id };
}

async function sourceOf(guild: GuildStore, sourceId: string): Promise<SourceView> {
  const [source] = await sourcesOf(guild, [sourceId]);
  if (source === undefined) throw notFound(`nothing known here is called ${sourceId}`);
  return source;
}

async function gapOf(guild: GuildStore, topic: string): Promise<Gap> {
  const gap = (await gapsOf(guild)).find((one) => one.topic === topic);
  if (gap === undefined) throw notFound("that question waits no longer: somebody has looked after it");
  return gap;
}
