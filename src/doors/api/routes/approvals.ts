import { randomUUID } from "node:crypto";
import type { Approval, EventOf, GuildStore } from "#core";
import type { z } from "zod";
import { readModification } from "../../../flow/index.ts";
import { timesOf } from "../../../insight/approvals.ts";
import { questionsOf } from "../../views/why.ts";
import { cursorFrom, cursorText } from "../cursor.ts";
import type { House } from "../house.ts";
import { notFound, Refusal } from "../problems.ts";
import * as schema from "../schema.ts";
import type { App } from "./app.ts";
import { guildOf } from "./guilds.ts";
import { IdempotencyHeaders } from "./idempotency.ts";

const failures = { 400: schema.Problem, 401: schema.Problem, 404: schema.Problem };

export function approvalRoutes(app: App, house: House): void {
  app.get(
    "/api/guilds/:guildId/approvals",
    {
      schema: {
        summary: "What waits for a human, or was answered",
        params: schema.GuildParams,
        querystring: schema.ApprovalsQuery,
        response: { 200: schema.ApprovalPage, ...failures },
      },
    },
    async (request) => {
      const guild = await guildOf(house, request.params.guildId);
      const { status, limit, cursor } = request.query;
      const place = cursor === undefined ? undefined : cursorFrom(cursor);
      const before = place === undefined ? undefined : { askedAt: place.at, id: place.id };
      const [found, times] = await Promise.all([guild.approvals(status, limit, before), timesOf(guild)]);
      const last = found.length === limit ? found.at(-1) : undefined;
      return {
        approvals: await questionsOf(guild, found),
        ...times,
        ...(last === undefined ? {} : { next: cursorText({ at: last.askedAt, id: last.id }) }),
      };
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
        summary: "Approve, reject or change; taken once it is committed",
        description: "Repeat it with the same Idempotency-Key as often as needed: it is one answer.",
        params: schema.ApprovalParams,
        headers: IdempotencyHeaders,
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
  const { guildId, approvalId, eventId, answer, modification, ...rest } = given;
  const inWords = modification === undefined ? undefined : readModification(modification);
  if (modification !== undefined && inWords === undefined)
    throw new Refusal(
      400,
      "invalid",
      "modification: say for example `timeout 2h` and a reason, `kick`, or `reason: …`",
    );
  const facts = { id: eventId, guildId, at: house.clock.now(), approvalId, by: "dashboard:owner", name: "the owner" };
  const said = answer === "as-asked" ? ({ answer: "back", asAsked: true } as const) : { answer };
  const more = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    kind: "approval.answered",
    ...facts,
    ...said,
    ...more,
    ...(inWords === undefined ? {} : { modification: inWords }),
  };
}

function isThisAnswer(event: { kind: string }, approvalId: string, answer: string): boolean {
  const before = event as Partial<EventOf<"approval.answered">>;
  const given = before.asAsked === true ? "as-asked" : before.answer;
  return before.kind === "approval.answered" && before.approvalId === approvalId && given === answer;
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
