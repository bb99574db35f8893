import { randomUUID } from "node:crypto";
import { type CaseFile, type GuildStore, isCohort, isUndone } from "#core";
import { z } from "zod";
import { casesOf, cohortOf, isRemembered } from "../../../insight/cases.ts";
import type { House } from "../house.ts";
import { notFound, Refusal } from "../problems.ts";
import * as schema from "../schema.ts";
import type { App } from "./app.ts";
import { guildOf } from "./guilds.ts";
import { IdempotencyHeaders } from "./idempotency.ts";

const failures = { 400: schema.Problem, 401: schema.Problem, 404: schema.Problem };

export function caseRoutes(app: App, house: House): void {
  app.get(
    "/api/guilds/:guildId/cases",
    {
      schema: {
        summary: "The newest cases; of one member also those of crowds they were banned in",
        params: schema.GuildParams,
        querystring: schema.CasesQuery,
        response: { 200: z.object({ cases: z.array(schema.Case) }), ...failures },
      },
    },
    async (request) => {
      const guild = await guildOf(house, request.params.guildId);
      const { limit, userId } = request.query;
      return { cases: (await casesOf(guild, limit, userId)).map(caseView) };
    },
  );
  app.get(
    "/api/guilds/:guildId/cases/:number",
    {
      schema: {
        summary: "One case, with what it rests on and, of a crowd, what became of each",
        params: schema.CaseParams,
        response: { 200: schema.Case, ...failures },
      },
    },
    async (request) => {
      const { guildId, number } = request.params;
      const guild = await guildOf(house, guildId);
      const file = found(await guild.case(number), number);
      const members = await cohortOf(guild, file);
      return { ...caseView(file), ...(members.length > 0 && { members }) };
    },
  );
  amendRoute(app, house);
}

/** Written in the commit of its event, like everything else; here we only refuse what cannot be. */
function amendRoute(app: App, house: House): void {
  app.post(
    "/api/guilds/:guildId/cases/:number/entries",
    {
      schema: {
        summary: "Note something on a case, put another reason, or take it back",
        description: "Repeat it with the same Idempotency-Key as often as needed: it is one entry.",
        params: schema.CaseParams,
        headers: IdempotencyHeaders,
        body: schema.CaseChange,
        response: { 202: schema.Accepted, ...failures, 409: schema.Problem },
      },
    },
    async (request, reply) => {
      const { guildId, number } = request.params;
      const { change, text } = request.body;
      const guild = await guildOf(house, guildId);
      const eventId = `api:${request.headers["idempotency-key"] ?? randomUUID()}`;
      if ((await guild.event(eventId)) === undefined) {
        const file = found(await guild.case(number), number);
        if (change === "undo") await refuseUndo(guild, file);
        const [own] = await guild.policies(1);
        if (house.policies.policyFor(guildId, own).agents["casework"]?.mode !== "live")
          throw new Refusal(409, "agent-off", "casework is not live in this guild, and it keeps the cases");
        const facts = { id: eventId, guildId, at: house.clock.now(), by: "dashboard:owner", name: "the owner" };
        await house.submit({ kind: "case.amended", ...facts, number, change, text });
      }
      return reply.code(202).header("location", `/api/guilds/${guildId}/cases/${number}`).send({ eventId });
    },
  );
}

function found(file: CaseFile | undefined, number: number): CaseFile {
  if (file === undefined) throw notFound(`there is no case #${number}`);
  return file;
}

async function refuseUndo(guild: GuildStore, file: CaseFile): Promise<void> {
  if (isUndone(file)) throw new Refusal(409, "already-undone", `case #${file.number} was taken back already`);
  if (isCohort(file) && !(await isRemembered(guild, file)))
    throw new Refusal(409, "cohort", "nobody remembers any more whom this case banned: lift the bans with /unban");
}

function caseView(file: CaseFile): z.output<typeof schema.Case> {
  const { guildId: _guild, proposalId: _proposal, ...shown } = file;
  return shown;
}
