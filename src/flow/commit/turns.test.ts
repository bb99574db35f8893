import fc from "fast-check";
import { expect, test } from "vitest";
import { message } from "../../../test/kit/guild.ts";
import { type Item, Turns } from "./turns.ts";

const item = (guildId: string) => ({ event: message("", { guildId }), receivedAt: 0 });

test("guilds take turns: a flood in one does not hold up another", () => {
  const turns = new Turns();
  for (let index = 0; index < 1_000; index++) turns.push(item("loud"));
  turns.push(item("quiet"));
  expect(turns.take(100).map(({ event }) => event.guildId)).toContain("quiet");
});

test("within a guild nothing overtakes, and nothing is lost", () => {
  const property = fc.property(
    fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 400 }),
    fc.integer({ min: 1, max: 90 }),
    (guilds, limit) => {
      const turns = new Turns();
      const pushed = guilds.map(item);
      for (const one of pushed) turns.push(one);
      const taken: Item[] = [];
      while (turns.size > 0) {
        const group = turns.take(limit);
        expect(group.length).toBeLessThanOrEqual(limit);
        taken.push(...group);
      }
      for (const guild of ["a", "b", "c"]) {
        const of = (items: readonly Item[]) =>
          items.filter(({ event }) => event.guildId === guild).map(({ event }) => event.id);
        expect(of(taken)).toEqual(of(pushed));
      }
    },
  );
  fc.assert(property);
});
