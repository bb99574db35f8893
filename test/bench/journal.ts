import { type BenchOptions, median, rounded, withChildren } from "./bench.ts";
import { asked, withPlace } from "./place.ts";

export interface JournalResult {
  readonly rows_per_s: number;
  readonly raw_insert_rows_per_s: number;
  readonly ratio: number;
  /** The same insert with its array literals made ready beforehand in the quickest way. */
  readonly raw_literals_rows_per_s: number;
  readonly ratio_to_literals: number;
  readonly rows: number;
  readonly rounds: number;
}

/** `store.commit` and plain inserts in turns: one process, one database, the same messages. */
export function benchJournal(options: BenchOptions): Promise<JournalResult> {
  const { journalRows: rows, rounds } = options;
  return withPlace(options.databaseUrl, (place) =>
    withChildren(options, async (start) => {
      const journal = start("journal", place.environment);
      const times = { commits: [] as number[], arrays: [] as number[], literals: [] as number[] };
      await journal.ask("commits", { rows: Math.min(rows, 5_120) });
      const to = place.connection();
      for (let round = 0; round < rounds; round++) {
        times.commits.push(await journal.ask("commits", { rows }));
        times.arrays.push(await journal.ask("inserts", { rows, to, encoding: "arrays" }));
        times.literals.push(await journal.ask("inserts", { rows, to, encoding: "literals" }));
      }
      const [plain] = await asked<{ count: string }>(to, "select count(*) from plain_journal");
      if (Number(plain!.count) !== 2 * rounds * rows) throw new Error(`${plain!.count} rows were inserted plainly`);
      const perSecond = (values: readonly number[]) => rounded((rows / median(values)) * 1_000);
      options.tell(`journal: ${perSecond(times.commits)} rows/s, plain ${perSecond(times.arrays)}`);
      return {
        rows_per_s: perSecond(times.commits),
        raw_insert_rows_per_s: perSecond(times.arrays),
        ratio: rounded(median(times.arrays) / median(times.commits), 3),
        raw_literals_rows_per_s: perSecond(times.literals),
        ratio_to_literals: rounded(median(times.literals) / median(times.commits), 3),
        rows,
        rounds,
      };
    }),
  );
}
