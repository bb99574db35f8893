import { randomUUID } from "node:crypto";
import type { Approval, EventOf, GuildStore } from "#core";
import { z } from "zod";
import { questionsOf } from "../../views/why.ts";
import type { House } from "../house.ts";
import { notFound, Refusal } from "../problems.ts";
import * as schema from "../schema.ts";
import type { App } from "./app.ts";
import { guildOf } from "./guilds.ts";

const failures = { 400: schema.Problem, 401: schema.Problem, 404: schema.Problem };
const Key = z.string().regex(/^[\x21-\x7e]{1,200}$/, "must be 1 to 200 visible ASCII characters");
const AnswerHeaders = z.object({ "idempotency-key": Key.optional() });

export function approvalRoutes(app: App, house: House): void {
  app.get(
    "/api/guilds/:guildId/approvals",
    {
      schema: {
        summary: "What waits for a human, or was answered",
        params: schema.GuildParams,
        querystring: schema.ApprovalsQuery,
        response: { 200: z.object({ approvals: z.array(schema.Approval) }), ...failures },
      },
    },
    async (request) => {
      const guild = await guildOf(house, request.params.guildId);
      const found = await guild.approvals(request.query.status, request.query.limit);
      return { approvals: await questionsOf(guild, found) };
    },
  );
  app.get(
    "/api/guilds/:guildId/approvals/:approvalId",
    {
      schema: {
        summary: "One approval and where it stands",
        params: schema.ApprovalParams,
        response: { 200: schema.Approval, ...failures },
      },
    },
    async (request) => {
      const guild = await guildOf(house, request.params.guildId);
      const found = await approvalOf(guild, request.params.approvalId);
      return (await questionsOf(guild, [found]))[0]!;
    },
  );
  answerRoute(app, house);
}

/** The first answer wins, and that is decided in the commit of the answer's event: here we only refuse what is plainly late. */
function answerRoute(app: App, house: House): void {
  app.post(
    "/api/guilds/:guildId/approvals/:approvalId/answer",
    {
      schema: {
        summary: "Approve or reject; taken once it is committed",
        description: "Repeat it with the same Idempotency-Key as often as needed: it is one answer.",
        params: schema.ApprovalParams,
        headers: AnswerHeaders,
        body: schema.Answer,
        response: { 202: schema.Accepted, ...failures, 409: schema.Problem },
      },
    },
    async (request, reply) => {
      const { guildId, approvalId } = request.params;
      const guild = await guildOf(house, guildId);
      const approval = await approvalOf(guild, approvalId);
      const eventId = `api:${request.headers["idempotency-key"] ?? randomUUID()}`;
      const earlier = await guild.event(eventId);
      if (earlier !== undefined && !isThisAnswer(earlier, approvalId, request.body.answer)) {
        throw new Refusal(409, "key-reused", "this Idempotency-Key was used for something else; take a new one");
      }
      if (earlier === undefined) {
        refuseLate(approval);
        await house.submit(answerEvent(house, { guildId, approvalId, eventId, ...request.body }));
      }
      return reply.code(202).header("location", `/api/guilds/${guildId}/approvals/${approvalId}`).send({ eventId });
    },
  );
}

interface Given extends z.output<typeof schema.Answer> {
  readonly guildId: string;
  readonly approvalId: string;
  readonly eventId: string;
}

function answerEvent(house: House, given: Given): EventOf<"approval.answered"> {
  const { guildId, approvalId, eventId, answer, note } = given;
  const facts = { id: eventId, guildId, at: house.clock.now(), approvalId, answer, by: "dashboard:owner" };
  return { kind: "approval.answered", ...facts, ...(note === undefined ? {} : { note }) };
}

function isThisAnswer(event: { kind: string }, approvalId: string, answer: string): boolean {
  const before = event as Partial<EventOf<"approval.answered">>;
  return before.kind === "approval.answered" && before.approvalId === approvalId && before.answer === answer;
}

function refuseLate(approval: Approval): void {
  if (approval.status === "pending") return;
  const who = approval.answeredBy === undefined ? "" : ` by ${approval.answeredBy}`;
  throw new Refusal(409, "already-answered", `this was ${approval.status}${who} already`);
}

async function approvalOf(guild: GuildStore, id: string): Promise<Approval> {
  const approval = await guild.approval(id);
  if (approval === undefined) throw notFound(`there is no approval ${id}`);
  return approval;
}
