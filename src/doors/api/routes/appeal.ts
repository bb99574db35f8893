import { APPEAL_LENGTH, type CaseFile, type GuildPolicy, isUndone, reasonOf, type Records } from "#core";
import type { FastifyReply } from "fastify";
import { z } from "zod";
import { appealPage, expiredPage, type Standing } from "../appeal-page.ts";
import { APPEAL_ROUTE, type AppealLink, appealPath, readAppealLink } from "../appeal-link.ts";
import type { House } from "../house.ts";
import { notFound, Refusal } from "../problems.ts";
import * as schema from "../schema.ts";
import type { App } from "./app.ts";
import { guildOf } from "./guilds.ts";

const LONGEST_FORM = 16_384;
const failures = { 400: schema.Problem, 401: schema.Problem, 404: schema.Problem, 409: schema.Problem };

/** Appeals of members who take no direct messages: the link, for staff to hand over, and the page it leads to. */
export function appealRoutes(app: App, house: House): void {
  app.post(
    "/api/guilds/:guildId/cases/:number/appeal-link",
    {
      schema: {
        summary: "A link by which the member can object, for whoever takes no direct messages",
        params: schema.CaseParams,
        response: { 200: z.object({ url: z.string(), until: z.number() }), ...failures },
      },
    },
    async (request) => {
      const { guildId, number } = request.params;
      const file = await (await guildOf(house, guildId)).case(number);
      if (file === undefined) throw notFound(`there is no case #${number}`);
      if (file.userId === "")
        throw new Refusal(409, "cohort", "this case is about many members, and none of them owns it");
      const { path, until } = appealPath(house.token, { guildId, number, userId: file.userId }, house.clock.now());
      return { url: `${house.publicUrl ?? ""}${path}`, until };
    },
  );
  // In a scope of its own: nowhere else are forms of this kind read.
  app.register(async (scope) => {
    scope.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string", bodyLimit: LONGEST_FORM },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    scope.get(APPEAL_ROUTE, { schema: { hide: true } }, async (request, reply) => {
      const link = linkIn(request.params, house);
      return link === undefined ? expired(reply) : shown(reply, await viewOf(house, link));
    });
    scope.post(APPEAL_ROUTE, { schema: { hide: true } }, async (request, reply) => {
      const link = linkIn(request.params, house);
      if (link === undefined) return expired(reply);
      const view = await viewOf(house, link);
      const { text: given } = (request.body ?? {}) as { readonly text?: unknown };
      const text = typeof given === "string" ? given.trim() : "";
      if (view.standing !== "none") return shown(reply, view);
      if (text.length < APPEAL_LENGTH.least) return shown(reply.code(400), { ...view, standing: "short", text });
      const event = filed(link, text.slice(0, APPEAL_LENGTH.most), request.url, house.clock.now());
      if ((await house.store.guild(link.guildId).event(event.id)) === undefined) await house.submit(event);
      return shown(reply.code(202), { ...view, standing: "open" });
    });
  });
}

/** One link is one appeal, however often its form is sent. */
function filed({ guildId, number, userId }: AppealLink, text: string, url: string, at: number) {
  const id = `appeal:${guildId}:${number}:${url.slice(-16)}`;
  return { kind: "appeal.filed", id, guildId, at, number, userId, text } as const;
}

function linkIn(params: unknown, house: House): AppealLink | undefined {
  const { link } = params as { readonly link: string };
  const read = readAppealLink(house.token, link, house.clock.now());
  return "wrong" in read ? undefined : read;
}

async function viewOf(house: House, { guildId, number, userId }: AppealLink) {
  const guild = await guildOf(house, guildId);
  const [file, [appeal], [own], directory] = await Promise.all([
    guild.case(number),
    guild.records([{ record: "appeal", key: String(number) }]),
    guild.policies(1),
    guild.directory(),
  ]);
  if (file?.userId !== userId) throw notFound(`there is no case #${number}`);
  const policy = house.policies.policyFor(guildId, own);
  return {
    ...{ number, verb: file.verb, reason: reasonOf(file), guild: directory?.name ?? "" },
    locale: policy.locale ?? directory?.locale ?? "en",
    standing: standingOf(file, appeal as Records["appeal"] | undefined, policy),
  };
}

function standingOf(file: CaseFile, appeal: Records["appeal"] | undefined, policy: GuildPolicy): Standing {
  if (appeal !== undefined) return appeal.status;
  if (isUndone(file)) return "undone";
  const casework = policy.agents["casework"];
  const { staffChannelId } = (casework?.config ?? {}) as { readonly staffChannelId?: string };
  return casework?.mode === "live" && staffChannelId !== undefined ? "none" : "nobody";
}

function shown(reply: FastifyReply, view: Parameters<typeof appealPage>[0]): FastifyReply {
  return reply.type("text/html; charset=utf-8").send(appealPage(view));
}

function expired(reply: FastifyReply): FastifyReply {
  return reply.code(404).type("text/html; charset=utf-8").send(expiredPage("en"));
}
