import {
  BOARD_WINDOWS,
  boardLinkUntil,
  boardOf,
  type BoardWindow as Window,
  type Button,
  customId,
  levelOf,
  type Look,
  type Row,
  type Words,
} from "#core";
import type { Config } from "./config.ts";
import { words } from "./words.ts";

const ROWS = 10;
/** Nobody pages to the thousandth; the own place is shown on every page. */
const MOST_PAGES = 100;

export interface BoardWish {
  readonly window: Window;
  readonly page: number;
  /** Whose row is pinned, and who may turn the pages. */
  readonly userId: string;
  readonly locale: string | undefined;
}

/** A page of a leaderboard: ten rows, the own one pinned, tabs for the windows. */
export function boardPage(wish: BoardWish, at: number, look: Look, config: Config): Words {
  const { window, userId, locale } = wish;
  const total = boardOf(window, at, config.season);
  if (total === undefined) return { text: words.say(locale, "board.no-season") };
  const page = Math.min(Math.max(0, wish.page), MOST_PAGES - 1);
  const ranking = look.ranking({ total, key: userId, offset: page * ROWS, limit: ROWS });
  const pages = Math.max(1, Math.min(MOST_PAGES, Math.ceil(ranking.members / ROWS)));
  const title = words.say(locale, "board.title", { window: words.say(locale, `window.${window}`) });
  const { edition, enabled } = config.web;
  const web = enabled && {
    board: { edition, until: boardLinkUntil(at), label: words.say(locale, "board.web") },
  };
  if (ranking.members === 0)
    return { title, text: words.say(locale, "board.empty"), components: [tabs(wish, config)], ...web };
  const lines = ranking.rows.map((row) => line(row.place, row.key, row.value, window, locale, config));
  const { own } = ranking;
  const isOnPage = own !== undefined && ranking.rows.some(({ key }) => key === userId);
  const pinned =
    own === undefined || isOnPage ? [] : ["…", line(own.place, own.key, own.value, window, locale, config)];
  const foot = words.say(locale, "board.foot", { page: page + 1, pages, count: ranking.members });
  const turning = pages === 1 ? [] : [turns(wish, page, pages)];
  const text = [...lines, ...pinned, "", foot].join("\n");
  return { title, text, components: [tabs(wish, config), ...turning], ...web };
}

function line(
  place: number,
  userId: string,
  value: number,
  window: Window,
  locale: string | undefined,
  config: Config,
) {
  const level =
    window === "all" ? ` · ${words.say(locale, "board.level", { level: levelOf(value, config.curve) })}` : "";
  return `${place}. <@${userId}> · ${words.say(locale, "points", { count: value })}${level}`;
}

function tabs({ window, userId, locale }: BoardWish, config: Config): Row {
  const offered = BOARD_WINDOWS.filter((each) => each !== "season" || config.season !== undefined);
  return offered.map((each): Button => ({
    component: "button",
    customId: customId("levels", "tab", userId, each, "0"),
    label: words.say(locale, `window.${each}`),
    style: each === window ? "primary" : "secondary",
    disabled: each === window,
  }));
}

function turns({ window, userId, locale }: BoardWish, page: number, pages: number): Row {
  const turn = (name: "first" | "previous" | "next" | "last", to: number): Button => ({
    component: "button",
    customId: customId("levels", name, userId, window, String(to)),
    label: words.say(locale, `page.${name}`),
    disabled: to === page || to < 0 || to >= pages,
  });
  return [turn("first", 0), turn("previous", page - 1), turn("next", page + 1), turn("last", pages - 1)];
}
