import { BOARD_OWNER, boardOf, type BoardWindow, type GuildStore, levelOf, type Records, type WebBoard } from "#core";

export const BOARD_ROWS = 50;
/** Nobody reads to the thousandth. */
export const BOARD_PAGES = 20;

export interface BoardRow {
  readonly place: number;
  readonly points: number;
  /** Undefined for whoever has not earned anything since the page is shown, or has left. */
  readonly name?: string;
  readonly level?: number;
}

export interface BoardPart {
  readonly rows: readonly BoardRow[];
  readonly members: number;
}

/** Fifty rows of a leaderboard as anybody may see them: places, names, points, and nothing that leads to an account. Two reads. */
export async function boardPart(
  guild: GuildStore,
  { window, page, at }: { readonly window: BoardWindow; readonly page: number; readonly at: number },
  { season, curve }: WebBoard,
): Promise<BoardPart> {
  const total = boardOf(window, at, season);
  if (total === undefined) return { rows: [], members: 0 };
  const offset = (page - 1) * BOARD_ROWS;
  const { rows, members } = await guild.ranking({ owner: BOARD_OWNER, total, offset, limit: BOARD_ROWS });
  const keys = rows.map(({ key }) => ({ record: "levelling" as const, key }));
  const known = (await guild.records(keys)) as readonly (Records["levelling"] | undefined)[];
  const shown = rows.map(({ place, value }, index): BoardRow => {
    const name = known[index]?.name;
    const level = window === "all" ? { level: levelOf(value, curve) } : {};
    return { place, points: value, ...level, ...(name !== undefined && { name }) };
  });
  return { rows: shown.filter((_row, index) => known[index]?.hidden !== true), members };
}
