import { describe, expect, it } from "vitest";
import type { EventOf, FileValue, Member, ProposedAction } from "#core";
import { Permission } from "#core";
import { smallHouse, type SmallHouse } from "../../test/kit/small-house.ts";
import { POINTS } from "./boards.ts";
import { configSchema } from "./config.ts";
import levels from "./index.ts";

const NOON = Date.UTC(2026, 10, 18, 12);
const MIA: Member = { userId: "1", name: "Mia", roleIds: [] };
const idOf = (index: number): string => String(200_000_000_000_000_000n + BigInt(index));
const STAFF = Permission.MANAGE_GUILD.toString();

const open = () => smallHouse(levels, configSchema.parse({ rewards: [{ level: 2, roleId: "7" }] }));
const file = (changes: Partial<FileValue> = {}): FileValue => ({
  ...{ id: "f1", name: "levels.csv", size: 99, url: "https://cdn.discordapp.com/f1", ...changes },
});
const use = (id: string, mode: "set" | "add", changes: Partial<FileValue> = {}): EventOf<"command.used"> => ({
  ...{ id: `i:${id}`, guildId: "801", at: NOON, kind: "command.used", command: "xp import", by: MIA },
  ...{ options: { file: file(changes), mode }, byPermissions: STAFF, channelId: "501" },
  interaction: { id, sealedToken: "s", locale: "en" },
});
const read = (id: string, text: string): EventOf<"action.done"> => ({
  ...{ id: `o:${id}`, guildId: "801", at: NOON + 1, kind: "action.done", attempt: 1 },
  ...{ orderId: `i:${id}/levels/0#0`, result: { text } },
});
const lost = (id: string): EventOf<"action.failed"> => ({
  ...{ id: `o:${id}`, guildId: "801", at: NOON + 1, kind: "action.failed", attempt: 1, outcome: "failed" },
  ...{ orderId: `i:${id}/levels/0#0`, code: "file.gone", why: "gone" },
});
const press = (name: "go" | "stop", key: string, by = MIA, permissions = STAFF): EventOf<"button.pressed"> => ({
  ...{ id: `p:${key}`, guildId: "801", at: NOON + 2, kind: "button.pressed", by, byPermissions: permissions },
  ...{ customId: `v1:levels:import-${name}:${key}`, channelId: "501", messageId: "9" },
  interaction: { id: `9${key}`, sealedToken: "s", locale: "en" },
});

const texts = (proposed: readonly ProposedAction[]): readonly string[] =>
  proposed.flatMap(({ action }) => ("words" in action ? [action.words.text] : []));
/** Lets every timer strike that is due, and tells what was said. */
function strike(house: SmallHouse): readonly string[] {
  const said: string[] = [];
  for (let turn = 0; turn < 100; turn++) {
    const due = [...house.timers].find(([timer, { at }]) => timer.startsWith("import:") && at <= NOON + 60_000);
    if (due === undefined) return said;
    house.timers.delete(due[0]);
    const [timer, { payload }] = due;
    const at = NOON + 10 + turn;
    const base = { id: `t:${turn}`, guildId: "801", at };
    said.push(...texts(house.bring({ ...base, kind: "clock.struck", timer, owner: "levels", payload })));
  }
  throw new Error("it never ends");
}
function take(house: SmallHouse, id: string, mode: "set" | "add", text: string): readonly string[] {
  house.bring(use(id, mode));
  const shown = texts(house.bring(read(id, text)));
  house.bring(press("go", id));
  return [...shown, ...strike(house)];
}
const points = (house: SmallHouse, index: number) => [
  house.look.total(POINTS, idOf(index)),
  house.look.total("board", idOf(index)),
];
const table = (rows: readonly number[]) => `id,xp\n${rows.map((has, index) => `${idOf(index)},${has}`).join("\n")}`;

describe("an import", () => {
  it("shows what it would do, does nothing before it is confirmed, and then all of it", () => {
    const house = open();
    house.bring(use("5", "set"));
    expect(texts(house.bring(read("5", `${table([120, 30])}\nada,5`)))).toEqual([
      "levels.csv has points for 2 members.\nThey replace what these members have here.\nWhoever is not in the server keeps theirs for the day they come. " +
        "Nobody is told of a level for it, and roles come with the next message.\n1 row cannot be taken:\n• row 4: no id of a member",
    ]);
    expect(points(house, 0)).toEqual([0, 0]);
    expect(texts(house.bring(press("go", "5")))).toEqual(["I am counting 2 members …"]);
    expect(strike(house)).toEqual(["Done: 2 members were counted."]);
    expect([points(house, 0), points(house, 1)]).toEqual([
      [120, 120],
      [30, 30],
    ]);
    expect([...house.records.keys()].filter((key) => key.startsWith("pointImport "))).toEqual([]);
  });

  it("counts in lots, and each member once", () => {
    const house = open();
    const rows = Array.from({ length: 700 }, (_, index) => index + 1);
    expect(take(house, "5", "add", table(rows)).at(-1)).toBe("Done: 700 members were counted.");
    expect(rows.filter((has, index) => house.look.total(POINTS, idOf(index)) !== has)).toEqual([]);
  });

  it("of the same file adds nothing the second time, and sets the same", () => {
    const house = open();
    take(house, "5", "add", table([10]));
    expect(take(house, "6", "add", table([10]))).toEqual([
      `This file was taken on <t:${NOON / 1_000}:f> by <@1>. Nothing was added.`,
    ]);
    expect(points(house, 0)).toEqual([10, 10]);
    take(house, "7", "set", table([10]));
    take(house, "8", "set", table([10]));
    expect(points(house, 0)).toEqual([10, 10]);
  });

  it("adds once where the same file was shown twice before it was confirmed", () => {
    const house = open();
    for (const id of ["5", "6"]) {
      house.bring(use(id, "add"));
      house.bring(read(id, table([10])));
    }
    house.bring(press("go", "5"));
    house.bring(press("go", "5"));
    expect(texts(house.bring(press("go", "6")))[0]).toMatch(/Nothing was added/);
    strike(house);
    expect(points(house, 0)).toEqual([10, 10]);
  });

  it("tells nobody of a level, and gives its role with the next message", () => {
    const house = open();
    take(house, "5", "set", table([150]));
    const author = { userId: idOf(0), name: "Ada", roleIds: [] };
    const said = (at: number): EventOf<"message.created"> => ({
      ...{
        id: `m${at}`,
        guildId: "801",
        at: NOON + at,
        kind: "message.created",
        channelId: "501",
        messageId: `m${at}`,
      },
      ...{ author, text: "we should paint the lighthouse before winter", mentionedUserIds: [] },
      ...{ mentionedRoleIds: [], attachments: [] },
    });
    expect(house.bring(said(60_000)).map(({ action }) => action.verb)).toEqual(["role.add"]);
    expect(house.bring(said(190_000)).map(({ action }) => action.verb)).toEqual([]);
  });

  it.each<readonly [string, (house: SmallHouse) => readonly ProposedAction[], RegExp]>([
    ["another kind of file", (house) => house.bring(use("5", "set", { name: "levels.xlsx" })), /\.csv and \.json/],
    ["one too large", (house) => house.bring(use("5", "set", { size: 2_000_000 })), /1954 KiB; I read up to 1024/],
    ["one that is gone", (house) => (house.bring(use("5", "set")), house.bring(lost("5"))), /could not be fetched/],
    [
      "a broken one",
      (house) => (house.bring(use("5", "set")), house.bring(read("5", 'id,xp\n"1'))),
      /line 2 is never closed/,
    ],
    ["somebody else's", (house) => shown(house).bring(press("go", "5", { ...MIA, userId: "2" })), /Only whoever gave/],
    ["without the permission", (house) => shown(house).bring(press("go", "5", MIA, "0")), /Only whoever gave/],
    ["one that is left", (house) => shown(house).bring(press("stop", "5")), /Nothing was changed/],
    ["one that is over", (house) => house.bring(press("go", "5")), /This is over/],
  ])("of %s changes nothing and says so", (_what, bring, expected) => {
    const house = open();
    expect(texts(bring(house)).join()).toMatch(expected);
    strike(house);
    expect([...house.totals]).toEqual([]);
  });

  it("is forgotten where nobody confirms it", () => {
    const house = shown(open());
    const [timer, { at, payload }] = [...house.timers][0]!;
    house.bring({ id: "t", guildId: "801", at, kind: "clock.struck", timer, owner: "levels", payload });
    expect([...house.records]).toEqual([]);
  });

  function shown(house: SmallHouse): SmallHouse {
    house.bring(use("5", "set"));
    house.bring(read("5", table([120])));
    return house;
  }
});
