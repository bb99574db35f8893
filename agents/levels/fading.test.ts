import { describe, expect, it } from "vitest";
import type { EventOf, GuildEvent } from "#core";
import { smallHouse, type SmallHouse } from "../../test/kit/small-house.ts";
import { POINTS } from "./boards.ts";
import { configSchema } from "./config.ts";
import { fadeOf } from "./fading.ts";
import levels from "./index.ts";

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 5, 12);
const config = (decay: object, rest: object = {}) =>
  configSchema.parse({ message: { least: 20, most: 20 }, farming: false, decay, ...rest });
const monthly = { afterDays: 30, everyDays: 7, percent: 10 };

describe("what idleness costs", () => {
  it.each<readonly [string, object, number, { fadedTo?: number; seen?: number }, number | undefined]>([
    ["nothing where it is off", {}, 400, {}, undefined],
    ["nothing before the day", monthly, 29.9, {}, undefined],
    ["a tenth on the day", monthly, 30, {}, 100],
    ["a tenth of what is left a week later", monthly, 37, {}, 190],
    ["no more than once for the same week", monthly, 36, { fadedTo: START + 30 * DAY }, undefined],
    ["the next week's, where one is settled", monthly, 37, { fadedTo: START + 30 * DAY }, 100],
    ["nothing below the floor", { ...monthly, floor: 950 }, 90, {}, 50],
    ["nothing for whoever was seen otherwise", monthly, 37, { seen: START + 20 * DAY }, undefined],
    ["all of it, where a guild wants that", { ...monthly, percent: 100 }, 30, {}, 1_000],
  ])("%s", (_name, decay, days, known, expected) => {
    expect(fadeOf({ at: START, ...known }, 1_000, START + days * DAY, config(decay))?.by).toBe(expected);
  });

  it("is the same whether it is taken at once or week by week", () => {
    const chosen = config(monthly);
    let [points, fadedTo] = [10_000, 0];
    for (let day = 0; day <= 100; day++) {
      const fade = fadeOf({ at: START, fadedTo }, points, START + day * DAY, chosen);
      points -= fade?.by ?? 0;
      fadedTo = fade?.fadedTo ?? fadedTo;
    }
    const atOnce = 10_000 - fadeOf({ at: START }, 10_000, START + 100 * DAY, chosen)!.by;
    // Each week rounds down to whole points.
    expect(Math.abs(points - atOnce)).toBeLessThanOrEqual(10);
  });
});

const says = (userId: string, at: number): EventOf<"message.created"> => ({
  ...{ id: `m${userId}${at}`, guildId: "801", at, kind: "message.created", channelId: "501", messageId: `${at}` },
  ...{ author: { userId, name: userId, roleIds: [] }, text: "hello there" },
  ...{ mentionedUserIds: [], mentionedRoleIds: [], attachments: [] },
});
const struck = (at: number, payload: unknown): GuildEvent => ({
  ...{ id: `t${at}`, guildId: "801", at, kind: "clock.struck", timer: "fade", owner: "levels", payload },
});
const has = (house: SmallHouse, userId: string) => house.look.total(POINTS, userId);
/** Strikes as long as another lot is due; how often. */
function sweepOn(house: SmallHouse, at: number): number {
  house.bring(struck(at, {}));
  for (let lots = 1; ; lots++) {
    const next = house.timers.get("fade")!;
    if (next.at > at + DAY / 2) return lots;
    house.bring(struck(next.at, next.payload));
  }
}

describe("a house where points fade", () => {
  it("takes what is due from everybody, once, lot by lot, and looks again the next day", () => {
    const house = smallHouse(levels, config(monthly));
    const ids = Array.from({ length: 450 }, (_, index) => String(1_000 + index));
    for (const id of ids) house.bring(says(id, START));
    house.bring(says("1000", START + 20 * DAY));
    const day = START + 31 * DAY;
    expect(sweepOn(house, day)).toBe(3);
    sweepOn(house, day + DAY);
    expect(new Set(ids.slice(1).map((id) => has(house, id)))).toEqual(new Set([18]));
    expect(has(house, "1000")).toBe(40);
    expect(house.look.total("board", "1001")).toBe(18);
    expect(house.timers.get("fade")!.at % DAY).toBe(4 * 3_600_000);
  });

  it("takes it from whoever comes back before the next sweep, and their level and role with it", () => {
    const chosen = config(
      { ...monthly, percent: 50 },
      { curve: { kind: "linear", step: 40 }, rewards: [{ level: 2, roleId: "7" }] },
    );
    const house = smallHouse(levels, chosen);
    house.bring(says("101", START));
    house.bring(says("101", START + DAY));
    expect(has(house, "101")).toBe(40);
    const back = says("101", START + 40 * DAY);
    const proposed = house.bring({ ...back, author: { ...back.author, roleIds: ["7"] } });
    // Forty, halved twice, and twenty for the message.
    expect(has(house, "101")).toBe(30);
    expect(proposed.map(({ action }) => action.verb)).toEqual(["role.remove"]);
  });

  it("begins with the guild, and not where nothing fades", () => {
    const seen = (decay: object) => {
      const house = smallHouse(levels, config(decay));
      const directory = {
        guildId: "801",
        name: "",
        ownerId: "1",
        locale: "en",
        memberCount: 1,
        botUserId: "2",
        botRoleIds: [],
      };
      house.bring({
        ...{ id: "g", guildId: "801", at: START, kind: "guild.available" },
        directory: { ...directory, roles: {}, channels: {} },
      });
      return [...house.timers.keys()];
    };
    expect([seen(monthly), seen({})]).toEqual([["fade"], []]);
  });
});
