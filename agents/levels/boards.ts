import {
  ALL_TIME_BOARD,
  BOARD_WINDOWS,
  boardOf,
  boardStart,
  type BoardWindow as Window,
  type Effect,
  write,
} from "#core";
import type { Config } from "./config.ts";

/** All points a member ever had: what levels are made of. Not compared with others' here. */
export const POINTS = "points";
const DAY_MS = 86_400_000;
/** How long a board can still be looked at after its time has passed. */
const KEPT_MS = 7 * DAY_MS;

function expiryOf(window: Window, at: number): number | undefined {
  if (window === "all" || window === "season") return undefined;
  if (window !== "month") return boardStart(window, at) + (window === "day" ? DAY_MS : 7 * DAY_MS) + KEPT_MS;
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1) + KEPT_MS;
}

/** Points won or lost, on everything they count for. Whoever wants to be on no leaderboard still has levels. */
export function addPoints(userId: string, by: number, at: number, config: Config, isHidden: boolean): Effect[] {
  const total = write({ write: "total.add", total: POINTS, key: userId, by });
  if (isHidden) return [total];
  return [total, ...BOARD_WINDOWS.flatMap((window) => addTo(window, userId, by, at, config))];
}

/** Points that were earned elsewhere, or are taken away for idling: of all time, and of no day, week, month or season here. */
export function addLasting(userId: string, by: number, isHidden: boolean): Effect[] {
  const total = write({ write: "total.add", total: POINTS, key: userId, by });
  if (isHidden) return [total];
  return [total, write({ write: "total.add", total: ALL_TIME_BOARD, key: userId, by, ranked: true })];
}

function addTo(window: Window, userId: string, by: number, at: number, config: Config): Effect[] {
  const board = boardOf(window, at, config.season);
  if (board === undefined) return [];
  const expiresAt = expiryOf(window, at);
  const ends = expiresAt === undefined ? {} : { expiresAt };
  return [write({ write: "total.add", total: board, key: userId, by, ranked: true, ...ends })];
}

/** Takes a member off the boards that run now, or puts them back on the one of all time. */
export function hide(userId: string, standsAt: Readonly<Record<Window, number>>, at: number, config: Config): Effect[] {
  return BOARD_WINDOWS.flatMap((window) =>
    standsAt[window] === 0 ? [] : addTo(window, userId, -standsAt[window], at, config),
  );
}

export function show(userId: string, points: number, at: number, config: Config): Effect[] {
  return points === 0 ? [] : addTo("all", userId, points, at, config);
}
