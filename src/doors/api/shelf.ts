/** What was made lately, for everybody who asks for the same. */
export interface Shelf<T> {
  /** Undefined where too much was made for this group lately; whatever lies there already is still handed out. */
  get(group: string, key: string, now: number, make: () => Promise<T>): Promise<T> | undefined;
}

/**
 * However many ask, and whatever for: nothing is made twice within `keptMs`, and for one group at most `most` things. What fails
 * is not kept, and counts nevertheless.
 */
export function createShelf<T>({ keptMs, most }: { readonly keptMs: number; readonly most: number }): Shelf<T> {
  interface Board {
    readonly since: number;
    readonly things: Map<string, Promise<T>>;
    made: number;
  }
  const boards = new Map<string, Board>();
  const boardOf = (group: string, now: number): Board => {
    const known = boards.get(group);
    if (known !== undefined && now - known.since < keptMs) return known;
    for (const [name, { since }] of boards) if (now - since >= keptMs) boards.delete(name);
    const fresh: Board = { since: now, things: new Map(), made: 0 };
    boards.set(group, fresh);
    return fresh;
  };
  return {
    get(group, key, now, make) {
      const board = boardOf(group, now);
      const there = board.things.get(key);
      if (there !== undefined || board.made >= most) return there;
      board.made += 1;
      const thing = make();
      board.things.set(key, thing);
      thing.catch(() => board.things.delete(key));
      return thing;
    },
  };
}
