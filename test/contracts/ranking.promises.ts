import fc from "fast-check";
import { expect, it } from "vitest";
import { endOfStep, stepOf, type Ranking, type TotalAdd } from "#core";
import { entry, NOW, type Desk } from "./store.kit.ts";

const DAY = 86_400_000;

/** What is promised of totals that are compared. */
export function rankingPromises(given: () => Desk): void {
  const add = (key: string, by: number, more: Partial<TotalAdd> = {}) =>
    ({ owner: "levels", change: { write: "total.add", total: "xp", key, by, ranked: true, ...more } }) as const;
  const look = (desk: Desk, key?: string, offset = 0, limit = 100): Promise<Ranking> =>
    desk.store.guild(desk.guildId).ranking({ owner: "levels", total: "xp", offset, limit, ...(key && { key }) });

  it("ranks a total's members, equals on the same place", async () => {
    const desk = given();
    const writes = [add("ada", 50), add("bea", 90), add("cem", 50), add("dan", 0), add("eva", 7), add("ada", -10)];
    await desk.committed(entry(desk.message(), { writes: [...writes, add("ada", 10)] }));
    expect(await look(desk, "eva", 0, 3)).toEqual({
      rows: [
        { key: "bea", value: 90, place: 1 },
        { key: "ada", value: 50, place: 2 },
        { key: "cem", value: 50, place: 2 },
      ],
      members: 4,
      own: { key: "eva", value: 7, place: 4 },
    });
    expect((await look(desk, undefined, 2, 2)).rows).toEqual([
      { key: "cem", value: 50, place: 2 },
      { key: "eva", value: 7, place: 4 },
    ]);
    expect((await look(desk, "dan")).own).toBeUndefined();
    const elsewhere = desk.store.guild(desk.id("guild"));
    expect(await elsewhere.ranking({ owner: "levels", total: "xp", offset: 0, limit: 9 })).toEqual({
      rows: [],
      members: 0,
    });
  });

  it("tells every place exactly, however values rise and fall between groups", async () => {
    const desk = given();
    const change = fc.record({ key: fc.nat(25), by: fc.oneof(fc.integer({ min: -40, max: 300 }), fc.nat(2_000_000)) });
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(change, { maxLength: 30 }), { maxLength: 4 }), async (groups) => {
        const total = `xp-${(round += 1)}`;
        const values = new Map<string, number>();
        for (const group of groups) {
          const writes = group.map(({ key, by }) => add(String(key), by, { total }));
          await desk.committed(entry(desk.message(), { writes }));
          for (const { key, by } of group) values.set(String(key), (values.get(String(key)) ?? 0) + by);
        }
        const ranked = [...values.values()].filter((value) => value >= 1);
        for (const [key, value] of values) {
          const wish = { owner: "levels", total, key, offset: 0, limit: 1 };
          const { own, members } = await desk.store.guild(desk.guildId).ranking(wish);
          const place = 1 + ranked.filter((other) => other > value).length;
          expect(own).toEqual(value < 1 ? undefined : { key, value, place });
          expect(members).toBe(ranked.length);
        }
      }),
      { numRuns: 8 },
    );
  });

  it("forgets who is erased and what has ended, and counts on without them", async () => {
    const desk = given();
    const ended = { total: "xp", expiresAt: NOW + DAY } as const;
    const member = desk.id("member");
    await desk.committed(entry(desk.message(), { writes: [add(member, 500, ended), add("bea", 20, ended)] }));
    await desk.store.guild(desk.guildId).erase(member);
    expect(await look(desk, "bea")).toEqual({
      rows: [{ key: "bea", value: 20, place: 1 }],
      members: 1,
      own: { key: "bea", value: 20, place: 1 },
    });
    await desk.store.maintain(NOW + DAY - 1);
    expect((await look(desk)).members).toBe(1);
    await desk.store.maintain(NOW + DAY + 1);
    expect(await look(desk)).toEqual({ rows: [], members: 0 });
  });
}

it("has steps that follow one another without a gap, each ending where the next begins", () => {
  fc.assert(
    fc.property(fc.double({ min: 1, max: 2 ** 50, noNaN: true }), (value) => {
      expect(endOfStep(value)).toBeGreaterThan(value);
      expect(stepOf(endOfStep(value))).toBe(stepOf(value) + 1);
    }),
  );
});
