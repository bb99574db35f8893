import { errorFields, type Ticket, type TranscriptPass, transcriptReader } from "#core";
import type { FastifyReply } from "fastify";
import { z } from "zod";
import {
  htmlOf,
  jsonOf,
  markdownOf,
  PAGE_POLICY,
  type Transcript,
  wrongPage,
} from "../../../archive/transcripts/index.ts";
import { staffOf } from "../../views/tickets.ts";
import type { House } from "../house.ts";
import { notFound } from "../problems.ts";
import * as schema from "../schema.ts";
import type { App } from "./app.ts";
import { guildOf } from "./guilds.ts";

const FORMS = {
  html: { type: "text/html; charset=utf-8", ending: "html", of: htmlOf },
  markdown: { type: "text/markdown; charset=utf-8", ending: "md", of: markdownOf },
  json: { type: "application/json; charset=utf-8", ending: "json", of: jsonOf },
} as const;
type Form = keyof typeof FORMS;

const failures = { 400: schema.Problem, 401: schema.Problem, 404: schema.Problem };
const STATUS = { forged: 403, expired: 410, gone: 404, lost: 403, unsure: 503 } as const;

/** Two ways to the same: for the owner by the house's token, and for one person by a link that was signed for them. */
export function transcriptRoutes(app: App, house: House): void {
  app.get(
    "/api/guilds/:guildId/tickets/:number/transcript",
    {
      schema: {
        summary: "What was said in a ticket, as it was kept when it was closed",
        params: z.object({ guildId: schema.GuildParams.shape.guildId, number: z.coerce.number().int().min(1) }),
        querystring: z.object({ form: z.enum(["html", "markdown", "json"]).default("json") }),
        response: failures,
      },
    },
    async (request, reply) => {
      const { guildId, number } = request.params;
      await guildOf(house, guildId);
      const transcript = await house.transcript(guildId, number);
      if (transcript === undefined) throw notFound(`no transcript of ticket ${number} is kept`);
      return send(reply, request.query.form, transcript);
    },
  );
  for (const [form, path] of [
    ["html", ""],
    ["markdown", "/markdown"],
    ["json", "/json"],
  ] as const)
    app.get(`/transcripts/:pass${path}`, { schema: { hide: true } }, async (request, reply) => {
      const locale = request.headers["accept-language"]?.split(/[,;]/, 1)[0];
      const found = await byPass(house, (request.params as { pass: string }).pass);
      if (typeof found !== "string") return send(reply, form, found);
      return show(reply.code(STATUS[found]), FORMS.html.type, wrongPage(found, locale));
    });
}

/** A link says who it was made for. Whether they may still read it is looked up each time: people lose roles. */
async function byPass(house: House, text: string): Promise<Transcript | keyof typeof STATUS> {
  const read = house.passes.read(text, house.clock.now());
  if ("wrong" in read) return read.wrong;
  const { guildId, pass } = read;
  const [ticket] = await house.store.guild(guildId).records([{ record: "ticket", key: String(pass.number) }]);
  if (ticket === undefined) return "gone";
  const hindrance = await hindranceFor(house, guildId, ticket as Ticket, pass);
  return hindrance ?? (await house.transcript(guildId, pass.number)) ?? "gone";
}

type Reader = Pick<TranscriptPass, "userId" | "as">;

/** Whose ticket it is reads it also after they have left: it is what they themselves were told. */
async function hindranceFor(house: House, guildId: string, ticket: Ticket, { userId, as }: Reader) {
  if (as === "opener") return ticket.userId === userId ? undefined : "forged";
  const guild = house.store.guild(guildId);
  const [directory, [own]] = await Promise.all([guild.directory(), guild.policies(1)]);
  if (directory === undefined) return "unsure";
  try {
    const roleIds = await house.rolesOf(guildId, userId);
    if (roleIds === undefined) return "lost";
    const staffRoleIds = staffOf(house.policies.policyFor(guildId, own), ticket.typeId);
    const permissionsOf = (id: string) => directory.roles[id]?.permissions;
    const { ownerId } = directory;
    const reader = transcriptReader({ userId, roleIds }, ticket.userId, { ownerId, staffRoleIds, permissionsOf });
    return reader === undefined ? "lost" : undefined;
  } catch (error) {
    house.log.warn(errorFields(error), "whether somebody may still read a transcript could not be looked up");
    return "unsure";
  }
}

function send(reply: FastifyReply, form: Form, transcript: Transcript): FastifyReply {
  const { type, ending, of } = FORMS[form];
  const name = `ticket-${transcript.number}.${ending}`;
  const shown = form === "html" ? "inline" : "attachment";
  return show(reply.header("content-disposition", `${shown}; filename="${name}"`), type, of(transcript));
}

/** Members' files lie in it: even if one were more than it seems, the page may do nothing. */
function show(reply: FastifyReply, type: string, text: string): FastifyReply {
  const policy = `${PAGE_POLICY}; frame-ancestors 'none'; sandbox allow-downloads`;
  return reply.headers({ "content-type": type, "content-security-policy": policy }).send(text);
}
