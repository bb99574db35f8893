import { randomUUID } from "node:crypto";
import type { EventOf, GuildStore, OwnPolicy } from "#core";
import { ConfigurationError } from "#core";
import { z } from "zod";
import type { House } from "../house.ts";
import { Refusal } from "../problems.ts";
import * as schema from "../schema.ts";
import type { App } from "./app.ts";
import { guildOf } from "./guilds.ts";

const failures = { 400: schema.Problem, 401: schema.Problem, 404: schema.Problem };

/** A guild's own choices: read, checked, rehearsed on what happened, chosen. */
export function policyRoutes(app: App, house: House): void {
  readRoutes(app, house);
  chooseRoute(app, house);
  rehearseRoute(app, house);
}

function readRoutes(app: App, house: House): void {
  app.get(
    "/api/guilds/:guildId/policy",
    {
      schema: {
        summary: "What the guild chose, as YAML, and where that is kept",
        params: schema.GuildParams,
        response: { 200: schema.Policy, ...failures },
      },
    },
    async (request) => {
      const guild = await guildOf(house, request.params.guildId);
      const [own] = await guild.policies(1);
      const { hash, problem } = house.policies.policyFor(guild.guildId, own);
      const keptIn = house.policies.guildIds.includes(guild.guildId) ? ("file" as const) : ("store" as const);
      const shown = own ?? { version: 0, document: "" };
      return { ...shown, hash, keptIn, ...(problem === undefined ? {} : { problem }) };
    },
  );
  app.get(
    "/api/guilds/:guildId/policy/history",
    {
      schema: {
        summary: "Every version the guild chose, newest first",
        params: schema.GuildParams,
        querystring: schema.HistoryQuery,
        response: { 200: z.object({ versions: z.array(schema.PolicyVersion) }), ...failures },
      },
    },
    async (request) => {
      const guild = await guildOf(house, request.params.guildId);
      return { versions: [...(await guild.policies(request.query.limit))] };
    },
  );
}

function chooseRoute(app: App, house: House): void {
  app.put(
    "/api/guilds/:guildId/policy",
    {
      schema: {
        summary: "Choose; holds from the next event on, once it is committed",
        description:
          "`basedOn` is the version you saw: if another was chosen meanwhile, nothing changes and you are told. To roll back, choose an old document again.",
        params: schema.GuildParams,
        body: schema.PolicyChoice,
        response: { 202: schema.Accepted, ...failures, 409: schema.Problem },
      },
    },
    async (request, reply) => {
      const guild = await guildOf(house, request.params.guildId);
      const { document, basedOn } = request.body;
      refuseFile(house, guild.guildId);
      checked(house, guild.guildId, document);
      await refuseOutdated(guild, basedOn);
      const event: EventOf<"policy.chosen"> = {
        ...{ id: `api:${randomUUID()}`, guildId: guild.guildId, at: house.clock.now(), kind: "policy.chosen" },
        ...{ document, basedOn, by: "dashboard:owner" },
      };
      await house.submit(event);
      return reply.code(202).header("location", `/api/guilds/${guild.guildId}/policy`).send({ eventId: event.id });
    },
  );
}

function rehearseRoute(app: App, house: House): void {
  app.post(
    "/api/guilds/:guildId/policy/rehearsal",
    {
      schema: {
        summary: "What these choices would have done with what happened; writes nothing",
        params: schema.GuildParams,
        body: schema.Rehearsal,
        response: { 200: schema.Rehearsed, ...failures },
      },
    },
    async (request) => {
      const guild = await guildOf(house, request.params.guildId);
      const { document, from, to } = request.body;
      if (from >= to) throw new Refusal(400, "range", "from must lie before to");
      const policy = checked(house, guild.guildId, document);
      const { examples, ...report } = await house.rehearse(guild, policy, { from, to });
      return { ...report, rulings: [...report.rulings], examples: examples.map(exampleOf) };
    },
  );
}

function exampleOf({ eventId, agent, verdict }: Awaited<ReturnType<House["rehearse"]>>["examples"][number]) {
  const { proposal, ruling, because } = verdict;
  return { eventId, agent, rule: proposal.rule, verb: proposal.action.verb, why: proposal.why, ruling, because };
}

function checked(house: House, guildId: string, document: string) {
  try {
    return house.policies.check(guildId, document);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new Refusal(400, "configuration", error.message, { cause: error });
  }
}

function refuseFile(house: House, guildId: string): void {
  if (!house.policies.guildIds.includes(guildId)) return;
  const file = `config/guilds/${guildId}.yaml`;
  throw new Refusal(409, "kept-in-a-file", `this guild's choices are kept in ${file}: edit that, or remove it first`);
}

async function refuseOutdated(guild: GuildStore, basedOn: number): Promise<void> {
  const [own]: readonly OwnPolicy[] = await guild.policies(1);
  const version = own?.version ?? 0;
  if (version === basedOn) return;
  throw new Refusal(409, "outdated", `version ${version} was chosen since; look at it and choose again`);
}
