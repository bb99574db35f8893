import { BOARD_WINDOWS, type BoardWindow, webBoardOf, type WebBoard } from "#core";
import type { FastifyReply } from "fastify";
import { BOARD_PAGES, boardPart, type BoardPart } from "../../views/boards.ts";
import { guildOr } from "../../views/gatherings.ts";
import { BOARD_POLICY, boardPage, noBoardPage } from "../board-page.ts";
import type { House } from "../house.ts";
import { createShelf } from "../shelf.ts";
import type { App } from "./app.ts";

export const LEADERBOARD_ROUTE = "/leaderboard/:link";

const KEPT_SECONDS = 30;
/** For one guild within that time: every tab and its first pages, and no more than two questions a second to the store. */
const MOST_PARTS = 60;
const STATUS = { forged: 403, expired: 410, closed: 404, busy: 429 } as const;

interface Standing {
  readonly board: WebBoard;
  readonly guild: string;
  readonly locale: string | undefined;
}

/**
 * A guild's leaderboard for whoever has the link. However many look, the store is asked once in a while; so what was hidden or
 * closed goes from the page within half a minute.
 */
export function leaderboardRoutes(app: App, house: House): void {
  const limits = { keptMs: KEPT_SECONDS * 1_000, most: MOST_PARTS };
  const standings = createShelf<Standing | undefined>(limits);
  const parts = createShelf<BoardPart>(limits);

  app.get(LEADERBOARD_ROUTE, { schema: { hide: true } }, async (request, reply) => {
    const reader = request.headers["accept-language"]?.split(/[,;]/, 1)[0];
    const now = house.clock.now();
    const link = house.passes.readBoard((request.params as { readonly link: string }).link, now);
    if ("wrong" in link) return refuse(reply, link.wrong, reader);
    const { guildId, edition } = link;
    const standing = await standings.get(guildId, "", now, () => standingOf(house, guildId));
    if (standing?.board.edition !== edition) return refuse(reply, "closed", reader);
    const { window, page } = wishIn(request.query as Readonly<Record<string, unknown>>, standing.board);
    const part = await parts.get(guildId, `${standing.board.season}/${window}/${page}`, now, () =>
      boardPart(house.store.guild(guildId), { window, page, at: now }, standing.board),
    );
    if (part === undefined) return refuse(reply.header("retry-after", KEPT_SECONDS), "busy", reader);
    const hasSeason = standing.board.season !== undefined;
    const shown = { ...{ window, page, part, hasSeason }, guild: standing.guild, locale: reader ?? standing.locale };
    return show(reply.header("cache-control", `private, max-age=${KEPT_SECONDS}`), boardPage(shown));
  });
}

async function standingOf(house: House, guildId: string): Promise<Standing | undefined> {
  const guild = await guildOr(house.store, guildId);
  if (guild === undefined) return undefined;
  const [directory, [own]] = await Promise.all([guild.directory(), guild.policies(1)]);
  const policy = house.policies.policyFor(guildId, own);
  const board = webBoardOf(policy);
  if (board === undefined || directory === undefined) return undefined;
  return { board, guild: directory.name, locale: policy.locale ?? directory.locale };
}

/** Whatever stands there that is no window and no page: the first of all. */
function wishIn(query: Readonly<Record<string, unknown>>, { season }: WebBoard): { window: BoardWindow; page: number } {
  const named = BOARD_WINDOWS.find((one) => one === query["window"]) ?? "all";
  const window = named === "season" && season === undefined ? "all" : named;
  const page = Number(query["page"]);
  return { window, page: Number.isInteger(page) && page >= 1 && page <= BOARD_PAGES ? page : 1 };
}

function refuse(reply: FastifyReply, why: keyof typeof STATUS, locale: string | undefined): FastifyReply {
  return show(reply.code(STATUS[why]), noBoardPage(why, locale));
}

function show(reply: FastifyReply, page: string): FastifyReply {
  return reply
    .headers({ "content-type": "text/html; charset=utf-8", "content-security-policy": BOARD_POLICY })
    .send(page);
}
