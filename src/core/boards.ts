/** Stretches of time whose points are compared. */
export const BOARD_WINDOWS = ["all", "day", "week", "month", "season"] as const;
export type BoardWindow = (typeof BOARD_WINDOWS)[number];

/** Whose totals they are. */
export const BOARD_OWNER = "levels";
export const ALL_TIME_BOARD = "board";

const DAY_MS = 86_400_000;
/** 1970 began on a Thursday: the Monday before it. */
const FIRST_MONDAY = -3 * DAY_MS;

/** The total that holds a window's points at a moment; undefined where there is no such window. Days, weeks and months are UTC's. */
export function boardOf(window: BoardWindow, at: number, season: string | undefined): string | undefined {
  switch (window) {
    case "all":
      return ALL_TIME_BOARD;
    case "season":
      return season === undefined ? undefined : `board/season/${season}`;
    case "month":
      return `board/month/${new Date(at).toISOString().slice(0, 7)}`;
    default:
      return `board/${window}/${new Date(boardStart(window, at)).toISOString().slice(0, 10)}`;
  }
}

export function boardStart(window: "day" | "week", at: number): number {
  const first = window === "day" ? 0 : FIRST_MONDAY;
  const length = window === "day" ? DAY_MS : 7 * DAY_MS;
  return at - ((at - first) % length);
}

/** A link is good for so long, so that one somebody kept for years leads nowhere. */
const LINK_DAYS = 90;

/** What a link to the page says; `label` stands on its button. */
export interface BoardLink {
  readonly edition: string;
  readonly until: number;
  readonly label: string;
}

/** The same link all day: whoever asks again gets the one they have. */
export const boardLinkUntil = (at: number): number => boardStart("day", at) + (LINK_DAYS + 1) * DAY_MS;
