import { randomUUID } from "node:crypto";
import type { EventOf, GuildPolicy, GuildStore, OwnPolicy } from "#core";
import { ConfigurationError, heavyRuleLine, heavyRules, REHEARSED_MS } from "#core";
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
  presetRoute(app, house);
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
      const { hash, problem, preset } = house.policies.policyFor(guild.guildId, own);
      const keptIn = house.policies.guildIds.includes(guild.guildId) ? ("file" as const) : ("store" as const);
      const shown = own ?? { version: 0, document: "" };
      return {
        ...shown,
        hash,
        keptIn,
        ...(preset !== undefined && { preset }),
        ...(problem !== undefined && { problem }),
      };
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

function presetRoute(app: App, house: House): void {
  app.get(
    "/api/policy/presets",
    {
      schema: {
        summary: "What a guild may start from",
        description: "Choose one by `preset: <name>` in the guild's document; what else it says lies over the preset.",
        response: { 200: schema.Presets, 401: schema.Problem },
      },
    },
    () => ({ presets: house.policies.presets.map((preset) => ({ ...preset })) }),
  );
}

function chooseRoute(app: App, house: House): void {
  app.put(
    "/api/guilds/:guildId/policy",
    {
      schema: {
        summary: "Choose; holds from the next event on, once it is committed",
        description:
          "`basedOn` is the version you saw: if another was chosen meanwhile, nothing changes and you are told. To roll back, choose an old document again. A rule that would have hit too many of the last day's messages takes `confirmed` (409, code `hits-many`).",
        params: schema.GuildParams,
        body: schema.PolicyChoice,
        response: { 202: schema.Accepted, ...failures, 409: schema.Problem },
      },
    },
    async (request, reply) => {
      const guild = await guildOf(house, request.params.guildId);
      const { document, basedOn, confirmed } = request.body;
      refuseFile(house, guild.guildId);
      const policy = checked(house, guild.guildId, document);
      await refuseOutdated(guild, basedOn);
      if (!confirmed) await refuseHeavy(house, guild, policy);
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
      const rehearsed = await house.rehearse(guild, policy, { from, to });
      const { examples, rulings, hits, ...report } = rehearsed;
      const heavy = heavyRules(rehearsed, await inForce(house, guild), policy);
      return {
        ...report,
        rulings: [...rulings],
        hits: [...hits],
        heavy: [...heavy],
        examples: examples.map(exampleOf),
      };
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

async function inForce(house: House, guild: GuildStore): Promise<GuildPolicy> {
  const [own] = await guild.policies(1);
  return house.policies.policyFor(guild.guildId, own);
}

/** Costs a look at every message of the last day; asked only of choices that are about to hold. */
async function refuseHeavy(house: House, guild: GuildStore, policy: GuildPolicy): Promise<void> {
  const to = house.clock.now();
  const rehearsed = await house.rehearse(guild, policy, { from: to - REHEARSED_MS, to });
  const heavy = heavyRules(rehearsed, await inForce(house, guild), policy);
  if (heavy.length === 0) return;
  const lines = heavy.map((rule) => heavyRuleLine(rule, rehearsed.messages)).join("; ");
  throw new Refusal(409, "hits-many", `${lines}: nothing was chosen; confirm it (confirmed: true) if that is meant`);
}
