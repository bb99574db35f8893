import { describe, expect, it } from "vitest";
import {
  boardOf,
  type EventOf,
  type GuildEvent,
  levelOf,
  type Look,
  type Member,
  type OptionValue,
  Permission,
  pointsOf,
  type ProposedAction,
  standingOf,
  voiceWrites,
} from "#core";
import { smallHouse, type SmallHouse } from "../../test/kit/small-house.ts";
import { POINTS } from "./boards.ts";
import { configSchema } from "./config.ts";
import levels from "./index.ts";

const NOON = Date.UTC(2026, 10, 18, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ada: Member = { userId: "101", name: "Ada", roleIds: [] };
const bea: Member = { userId: "102", name: "Bea", roleIds: [] };

const LINES = [
  "the second bridge is finished and the river boats can go under it now",
  "does anybody know when the next market opens in the harbour",
  "i tried the recipe with more salt and it was much better than before",
  "we should paint the old lighthouse before the winter storms come",
  "my cat sleeps on the map table so i cannot plan the trip",
  "thanks for the help with the engine, it runs again since this morning",
  "somebody left a green umbrella at the reading circle last evening",
  "who wants to join the long walk around the lake on sunday",
];

let count = 0;
function says(
  author: Member,
  at: number,
  text = LINES[(count += 1) % LINES.length]!,
  rest: Partial<EventOf<"message.created">> = {},
) {
  const messageId = `m${(count += 1)}`;
  return {
    ...{
      id: messageId,
      guildId: "801",
      at,
      kind: "message.created" as const,
      channelId: "501",
      messageId,
      author,
      text,
    },
    ...{ mentionedUserIds: [], mentionedRoleIds: [], attachments: [] },
    ...rest,
  };
}
const fixed = { message: { least: 20, most: 20 }, voice: { perMinute: 4, silentMinutesPerDay: 60 } };
const open = (config: object = {}, sight: Partial<Look> = {}) =>
  smallHouse(levels, configSchema.parse({ ...fixed, ...config }), sight);
const pointsIn = (house: SmallHouse, member = ada) => house.look.total(POINTS, member.userId);
const verbs = (proposed: readonly ProposedAction[]) => proposed.map(({ action }) => action.verb);
const textsOf = (proposed: readonly ProposedAction[]) =>
  proposed.flatMap(({ action }) => ("words" in action ? [action.words.text] : []));

describe("curves", () => {
  const rising = { kind: "rising", square: 5, line: 50, base: 100 } as const;
  const list = { kind: "list" as const, from: [300, 100] };
  it.each([
    [0, { kind: "linear", step: 100 } as const, { level: 1, into: 0, needed: 100 }],
    [99, { kind: "linear", step: 100 } as const, { level: 1, into: 99, needed: 100 }],
    [100, { kind: "linear", step: 100 } as const, { level: 2, into: 0, needed: 100 }],
    [-5, { kind: "linear", step: 100 } as const, { level: 1, into: 0, needed: 100 }],
    [99, rising, { level: 1, into: 99, needed: 100 }],
    [100, rising, { level: 2, into: 0, needed: 155 }],
    [255, rising, { level: 3, into: 0, needed: 220 }],
    [99, list, { level: 1, into: 99, needed: 100 }],
    [150, list, { level: 2, into: 50, needed: 200 }],
    [999, list, { level: 3, into: 699 }],
  ])("%i points by %j", (points, curve, expected) => expect(standingOf(points, curve)).toEqual(expected));

  it("begins each level where the one before ends", () => {
    for (const curve of [rising, list, { kind: "linear", step: 70 } as const])
      for (const level of [2, 3]) {
        const begin = pointsOf(level, curve)!;
        expect([levelOf(begin - 1, curve), levelOf(begin, curve)]).toEqual([level - 1, level]);
      }
    expect(pointsOf(4, list)).toBeUndefined();
  });
});

describe("what a message earns", () => {
  it.each<readonly [string, object, Partial<EventOf<"message.created">>, number]>([
    ["the usual", {}, {}, 20],
    ["nothing for a bot", {}, { author: { ...ada, bot: true } }, 0],
    ["nothing for a webhook", {}, { webhookId: "9" }, 0],
    ["nothing for two letters", {}, { text: "ok" }, 0],
    ["nothing in a channel without points", { noPointsChannelIds: ["501"] }, {}, 0],
    ["nothing in a thread of one", { noPointsChannelIds: ["500"] }, {}, 0],
    ["nothing with a role without points", { noPointsRoleIds: ["7"] }, { author: { ...ada, roleIds: ["7"] } }, 0],
    ["more in some channels", { channelFactors: { "501": 2 } }, {}, 40],
    ["a thread's own factor before its parent's", { channelFactors: { "500": 3, "501": 0.5 } }, {}, 10],
    [
      "more with some roles, the highest",
      { roleFactors: { "7": 1.5, "8": 2 } },
      { author: { ...ada, roleIds: ["7", "8"] } },
      40,
    ],
    ["more on weekends", { weekendFactor: 2 }, { at: Date.UTC(2026, 10, 21, 9) }, 40],
    ["as always on Fridays", { weekendFactor: 2 }, { at: Date.UTC(2026, 10, 20, 23, 59) }, 20],
    ["nothing for answering oneself", {}, { replyToUserId: "101" }, 0],
    ["the usual for answering somebody", {}, { replyToUserId: "102" }, 20],
    ["nothing for mash", {}, { text: "sdkfjhsdf kjhsdfkjh weruiyw" }, 0],
    ["nothing for one letter over and over", {}, { text: "aaaaaaaaaaaa hahaaaaaaaaaaaaa" }, 0],
    [
      "nothing for words without a sentence",
      {},
      { text: "lantern copper velvet mountain syrup garden window pencil" },
      0,
    ],
    ["the usual for German", {}, { text: "Die Angstschweißproduktion der Ameisen wird unterschätzt" }, 20],
    ["the usual for Polish", {}, { text: "wszystkiego najlepszego dla wszystkich na nowy rok" }, 20],
    ["the usual for Japanese", {}, { text: "今日はとても良い天気ですね、散歩に行きましょう" }, 20],
  ])("%s", (_name, config, change, expected) => {
    const house = open(config, { channel: (id) => (id === "501" ? ({ id, parentId: "500" } as never) : undefined) });
    const event = { ...says(ada, NOON), ...change };
    house.bring(event);
    expect(pointsIn(house)).toBe(expected);
  });

  it("earns once a cooldown", () => {
    const house = open();
    for (const at of [0, 59, 60, 100, 119, 120]) house.bring(says(ada, NOON + at * 1_000));
    expect(pointsIn(house)).toBe(60);
  });

  it("earns between the least and the most, the same whenever it is asked", () => {
    const earned = new Set<number>();
    for (let index = 0; index < 200; index++) {
      const [one, other] = [open({ message: {} }), open({ message: {} })];
      const event = says(ada, NOON);
      one.bring(event);
      other.bring(event);
      expect(pointsIn(one)).toBe(pointsIn(other));
      earned.add(pointsIn(one));
    }
    expect([Math.min(...earned), Math.max(...earned), earned.size]).toEqual([15, 25, 11]);
  });

  it("earns a quarter once the day's share is used up, and in full the next day", () => {
    const house = open({ message: { least: 20, most: 20, fullPerDay: 2 } });
    const at = [0, 3, 11, 25].map((hours) => NOON + hours * HOUR);
    const steps = at.map((moment) => {
      house.bring(says(ada, moment));
      return pointsIn(house);
    });
    expect(steps).toEqual([20, 40, 45, 65]);
  });

  it.each([
    [
      "the same again",
      (index: number) => (index === 0 ? "good morning to all of you" : "good morning to all of you!!"),
      20,
    ],
    [
      "nearly the same again",
      (index: number) => `good morning to all of you, dear friends of the harbour, number ${index}`,
      20,
    ],
  ])("nothing for %s", (_name, text, expected) => {
    const house = open();
    for (let index = 0; index < 4; index++) house.bring(says(ada, NOON + index * 5 * MINUTE, text(index)));
    expect(pointsIn(house)).toBe(expected);
  });

  it("earns nothing for more than can be typed", () => {
    const house = open();
    const long = (index: number) =>
      `${LINES[index]!} and ${LINES[(index + 3) % 8]!} and also ${LINES[(index + 5) % 8]!} as they say`;
    for (let index = 0; index < 5; index++) house.bring(says(ada, NOON + index * 10_000, long(index)));
    house.bring(says(ada, NOON + 61_000, long(5)));
    expect(pointsIn(house)).toBe(20);
  });

  it("earns nothing without sleep, and again after a night", () => {
    const house = open();
    for (let hour = 0; hour < 30; hour++)
      house.bring(says(ada, NOON + hour * HOUR + (hour % 7) * MINUTE, `${LINES[hour % 8]!} ${hour * 7_919}`));
    expect(pointsIn(house)).toBe(22 * 20);
    house.bring(says(ada, NOON + 38 * HOUR));
    expect(pointsIn(house)).toBe(23 * 20);
  });
});

describe("levels", () => {
  const rewards = [
    { level: 2, roleId: "21" },
    { level: 3, roleId: "31" },
  ];
  const climb = (house: SmallHouse, member: Member, times: number) => {
    const proposed: ProposedAction[] = [];
    for (let index = 0; index < times; index++)
      proposed.push(...house.bring(says(member, NOON + index * 7 * MINUTE, `${LINES[index % 8]!} ${index * 7_919}`)));
    return proposed;
  };

  it("tells a level once, where it was reached", () => {
    const proposed = climb(open(), ada, 9);
    expect(proposed.map(({ action }) => action)).toEqual([
      { verb: "message.send", channelId: "501", words: { text: "<@101> is now level 2.", pingUserIds: ["101"] } },
    ]);
  });

  it.each<readonly [string, object, Member, readonly string[]]>([
    ["keeps lower roles", { rewards }, { ...ada, roleIds: ["21"] }, ["role.add", "message.send"]],
    [
      "replaces them",
      { rewards, keepRewards: false },
      { ...ada, roleIds: ["21"] },
      ["role.remove", "role.add", "message.send"],
    ],
    [
      "says nothing where nothing is to be said",
      { rewards, announce: { where: "nowhere" } },
      { ...ada, roleIds: ["21"] },
      ["role.add"],
    ],
    ["says only rewards", { rewards: [], announce: { onlyRewards: true } }, ada, []],
  ])("%s", (_name, config, member, expected) => {
    const house = open(config, { role: (id) => ({ id, name: `role ${id}` }) as never });
    climb(house, ada, 9);
    const reached = house.bring(says(member, NOON + 3 * HOUR, "at last a line that nobody wrote before me in here"));
    expect(house.look.record("levelling", "101")?.told).toBe(3);
    expect(verbs(reached)).toEqual(expected);
  });

  it("tells of points that came by reactions with the next message", () => {
    const house = open({ reaction: { points: 90 } });
    house.bring(says(ada, NOON));
    const react = {
      ...{ id: "r", guildId: "801", at: NOON + 1, kind: "reaction.added" as const },
      channelId: "501",
      messageId: "m",
      emoji: "🔥",
    };
    for (const userId of ["102", "102", "101"]) expect(house.bring({ ...react, userId, authorId: "101" })).toEqual([]);
    house.bring({ ...react, userId: "103", authorId: "102" });
    expect([pointsIn(house), pointsIn(house, bea)]).toEqual([110, 0]);
    expect(verbs(house.bring(says(ada, NOON + 2 * MINUTE)))).toEqual(["message.send"]);
  });
});

describe("voice", () => {
  const voice = (userId: string, at: number, channelId?: string, rest: object = {}): GuildEvent =>
    channelId === undefined
      ? { id: `v${(count += 1)}`, guildId: "801", at, kind: "voice.left", userId }
      : {
          id: `v${(count += 1)}`,
          guildId: "801",
          at,
          kind: "voice.changed",
          state: { userId, channelId, ...rest },
          member: { userId, name: userId, roleIds: [] },
        };
  /** The house follows who is where, as it does on the road. */
  const bringAll = (house: SmallHouse, ...events: readonly GuildEvent[]) => {
    for (const event of events) {
      house.bring(event);
      for (const change of voiceWrites(event, house.look)) {
        if (change.write === "record.put") house.records.set(`${change.record} ${change.key}`, change.value);
        else house.records.delete(`${change.record} ${change.key}`);
      }
    }
  };
  const at = (minutes: number) => NOON + minutes * MINUTE;

  it.each<readonly [string, readonly GuildEvent[], number, number]>([
    [
      "two who talk",
      [voice("101", at(0), "7"), voice("102", at(5), "7"), voice("101", at(15)), voice("102", at(40))],
      40,
      40,
    ],
    ["somebody alone", [voice("101", at(0), "7"), voice("101", at(30))], 0, 0],
    [
      "one who is deaf",
      [
        voice("101", at(0), "7", { deafened: true }),
        voice("102", at(0), "7"),
        voice("102", at(30)),
        voice("101", at(30)),
      ],
      0,
      0,
    ],
    [
      "a pause",
      [
        voice("101", at(0), "7"),
        voice("102", at(0), "7"),
        voice("101", at(10), "7", { muted: true }),
        voice("101", at(20), "7"),
        voice("101", at(25)),
        voice("102", at(25)),
      ],
      60,
      60,
    ],
    [
      "a move",
      [
        voice("101", at(0), "7"),
        voice("102", at(0), "7"),
        voice("101", at(10), "8"),
        voice("101", at(30)),
        voice("102", at(30)),
      ],
      40,
      40,
    ],
    [
      "the idlers' room",
      [voice("101", at(0), "9"), voice("102", at(0), "9"), voice("101", at(30)), voice("102", at(30))],
      0,
      0,
    ],
    [
      "an hour without a word at most",
      [voice("101", at(0), "7"), voice("102", at(0), "7"), voice("101", at(300)), voice("102", at(300))],
      240,
      240,
    ],
  ])("%s", (_name, events, first, second) => {
    const house = open({ voice: { ...fixed.voice, idleChannelIds: ["9"] } });
    bringAll(house, ...events);
    expect([pointsIn(house, ada), pointsIn(house, bea)]).toEqual([first, second]);
  });

  it("pays nothing for what was not seen, and goes on from there", () => {
    const house = open();
    const again = {
      id: "g",
      guildId: "801",
      at: at(60),
      kind: "guild.available",
      directory: {} as never,
      voice: [
        { userId: "101", channelId: "7" },
        { userId: "102", channelId: "7" },
      ],
    } as const;
    bringAll(house, voice("101", at(0), "7"), voice("102", at(0), "7"), again, voice("101", at(65)));
    expect(pointsIn(house, ada)).toBe(20);
  });
});

describe("commands", () => {
  const use = (command: string, options: Record<string, OptionValue> = {}, permissions = Permission.MANAGE_GUILD) => ({
    ...{ id: `i${(count += 1)}`, guildId: "801", at: NOON + HOUR, kind: "command.used" as const, command, options },
    ...{
      by: ada,
      byPermissions: permissions.toString(),
      channelId: "501",
      interaction: { id: "i1", sealedToken: "s" },
    },
  });
  const press = (customId: string, by = ada) => ({
    ...{
      id: `i${(count += 1)}`,
      guildId: "801",
      at: NOON + HOUR,
      kind: "button.pressed" as const,
      customId,
      messageId: "9",
    },
    ...{ by, byPermissions: "0", channelId: "501", interaction: { id: "i1", sealedToken: "s" } },
  });
  const filled = () => {
    const house = open({ season: "autumn" });
    for (let index = 1; index <= 25; index++)
      house.bring(
        use("xp give", { member: { userId: String(100 + index), name: "x", roleIds: [] }, points: index * 100 }),
      );
    return house;
  };

  it("shows where somebody stands", () => {
    const [text] = textsOf(filled().bring(use("rank", { member: bea })));
    expect(text).toBe("<@102> is level 3, with 200 points.\n▱▱▱▱▱▱▱▱▱▱▱▱ 0 / 100\nPlace 24 of 25.");
  });

  it("shows ten, the asker's own row, and the way on", () => {
    const house = filled();
    const [proposed] = house.bring(use("leaderboard view"));
    const { text, components } = (proposed!.action as unknown as { words: { text: string; components: unknown[][] } })
      .words;
    expect(text.split("\n")).toEqual([
      ...Array.from(
        { length: 10 },
        (_, index) => `${index + 1}. <@${125 - index}> · ${2_500 - index * 100} points · level ${26 - index}`,
      ),
      ...["…", "25. <@101> · 100 points · level 2", "", "Page 1 of 3 · 25 members"],
    ]);
    expect(components.map((row) => row.length)).toEqual([5, 4]);
    const [second] = textsOf(house.bring(press("v1:levels:next:101:all:2")));
    expect(second).toContain("21. <@105>");
    expect(second).not.toContain("…");
    const [refused] = house.bring(press("v1:levels:next:101:all:2", bea));
    expect(refused!.action).toMatchObject({ verb: "interaction.reply", ephemeral: true });
    expect(house.bring(press("v1:levels:next:101:nonsense:2"))).toEqual([]);
  });

  it("takes somebody off the boards who wishes it, and puts them back", () => {
    const house = filled();
    house.bring(use("leaderboard me", { shown: false }));
    for (const window of ["all", "day", "week", "month", "season"] as const)
      expect(house.look.total(boardOf(window, NOON + HOUR, "autumn")!, "101")).toBe(0);
    house.bring(use("xp give", { member: ada, points: 50 }));
    expect([pointsIn(house), house.look.total("board", "101")]).toEqual([150, 0]);
    expect(textsOf(house.bring(use("leaderboard me", { shown: false })))).toEqual(["That is how it is already."]);
    house.bring(use("leaderboard me", { shown: true }));
    expect(house.look.total("board", "101")).toBe(150);
  });

  it("keeps a name for the page while there is one, and its owner is on it", () => {
    const nameIn = (house: SmallHouse) => (house.look.record("levelling", "101") as { name?: string }).name;
    const shown = open({ web: { enabled: true }, farming: false });
    shown.bring(says(ada, NOON));
    expect(nameIn(shown)).toBe("Ada");
    shown.bring(says({ ...ada, name: "Ada L." }, NOON + HOUR));
    expect(nameIn(shown)).toBe("Ada L.");
    shown.bring(use("leaderboard me", { shown: false }));
    shown.bring(says(ada, NOON + 3 * HOUR));
    expect(nameIn(shown)).toBeUndefined();
    shown.bring(use("leaderboard me", { shown: true }));
    shown.bring(says(ada, NOON + 5 * HOUR));
    expect(nameIn(shown)).toBe("Ada");
    shown.bring({ id: "l", guildId: "801", at: NOON + 6 * HOUR, kind: "member.left", userId: "101", name: "Ada" });
    expect(nameIn(shown)).toBeUndefined();
    expect(pointsIn(shown)).toBe(80);
    const closed = open();
    closed.bring(says(ada, NOON));
    expect(nameIn(closed)).toBeUndefined();
  });

  it("leads to the page where there is one", () => {
    const boardIn = (house: SmallHouse) =>
      (house.bring(use("leaderboard view"))[0]!.action as unknown as { words: { board?: object } }).words.board;
    const label = "On the web";
    expect(boardIn(open({ web: { enabled: true, edition: "spring" } }))).toEqual({
      ...{ edition: "spring", label },
      until: Date.UTC(2026, 10, 18) + 91 * 24 * HOUR,
    });
    expect(boardIn(open())).toBeUndefined();
  });

  it.each<readonly [string, OptionValue, string, number]>([
    ["xp give", 30, "<@102> had 200 and now has 230 points: level 3.", 230],
    ["xp take", 250, "<@102> had 200 and now has 0 points: level 1.", 0],
    ["xp set", 7, "<@102> had 200 and now has 7 points: level 1.", 7],
    ["xp set", 1.5, "Name a member and a whole number of points, at most 100000000.", 200],
    ["xp give", -5, "Name a member and a whole number of points, at most 100000000.", 200],
  ])("%s %s", (command, points, expected, after) => {
    const house = filled();
    expect(textsOf(house.bring(use(command, { member: bea, points }))).at(-1)).toBe(expected);
    expect(pointsIn(house, bea)).toBe(after);
  });

  it("gives and takes for nobody without the permission", () => {
    const house = filled();
    const [text] = textsOf(house.bring(use("xp set", { member: ada, points: 9 }, Permission.SEND_MESSAGES)));
    expect(text).toContain("manage the server");
    expect(pointsIn(house)).toBe(100);
  });
});

it("names boards by day, by the week's Monday and by month, in UTC", () => {
  const sunday = Date.UTC(2026, 10, 22, 23, 59);
  expect(boardOf("day", sunday, undefined)).toBe("board/day/2026-11-22");
  expect(boardOf("week", sunday, undefined)).toBe("board/week/2026-11-16");
  expect(boardOf("week", sunday + MINUTE, undefined)).toBe("board/week/2026-11-23");
  expect(boardOf("month", sunday, undefined)).toBe("board/month/2026-11");
  expect(boardOf("season", sunday, undefined)).toBeUndefined();
});

it("refuses circular rewards in one line", () => {
  const wrong = {
    rewards: [
      { level: 2, roleId: "5" },
      { level: 3, roleId: "5" },
    ],
  };
  expect(() => configSchema.parse(wrong)).toThrow("the role 5 is the reward of two levels");
});

describe("news of a level", () => {
  const twice = (config: object) => {
    const house = open(
      { curve: { kind: "linear", step: 40 }, ...config },
      { role: () => ({ name: "Regular" }) as never },
    );
    return [0, 1].flatMap((index) => house.bring(says(ada, NOON + index * 61_000)));
  };
  it.each<readonly [string, object, object | undefined]>([
    [
      "here",
      {},
      { verb: "message.send", channelId: "501", words: { text: "<@101> is now level 2.", pingUserIds: ["101"] } },
    ],
    ["nowhere", { where: "nowhere" }, undefined],
    ["in one channel", { where: "channel", channelId: "77" }, { verb: "message.send", channelId: "77" }],
    [
      "to the member alone",
      { where: "dm" },
      { verb: "member.tell", userId: "101", words: { text: "<@101> is now level 2." } },
    ],
    ["in own words", { text: "{member}: {level}! {member}" }, { words: { text: "<@101>: 2! <@101>" } }],
  ])("is told %s", (_name, announce, expected) => {
    const told = twice({ announce }).map(({ action }) => action);
    if (expected === undefined) expect(told).toEqual([]);
    else expect(told).toMatchObject([expected]);
  });

  it("names the role in own words, too", () => {
    const rewards = [{ level: 2, roleId: "7" }];
    expect(textsOf(twice({ rewards, announce: { text: "{member} is {role} now" } }))).toEqual([
      "<@101> is Regular now",
    ]);
  });
});

describe("events that were attended", () => {
  it("earn once, with the next message", () => {
    const house = open({ event: { points: 30 } });
    house.records.set("attended 101", { times: 2, minutes: 50, lastAt: NOON });
    house.bring(says(ada, NOON));
    house.bring(says(ada, NOON + 61_000));
    expect(pointsIn(house)).toBe(2 * 30 + 2 * 20);
    house.records.set("attended 101", { times: 3, minutes: 80, lastAt: NOON });
    house.bring(says(ada, NOON + 122_000));
    expect(pointsIn(house)).toBe(3 * 30 + 3 * 20);
  });
});

it.each<readonly [string, object, string, RegExp]>([
  [
    "a role that ends the winning",
    { rewards: [{ level: 2, roleId: "7" }], noPointsRoleIds: ["7"] },
    "rewards.0.roleId",
    /nobody would get any further/,
  ],
  [
    "one whose factor is nothing",
    { rewards: [{ level: 2, roleId: "7" }], roleFactors: { "7": 0 } },
    "rewards.0.roleId",
    /the role 7 is won here/,
  ],
  ["a channel without a name", { announce: { where: "channel" } }, "announce.channelId", /name it/],
  ["a placeholder misspelt", { announce: { text: "{membre} rose" } }, "announce.text", /did you mean \{member\}/],
  ["a colour that is none", { card: { accent: "red" } }, "card.accent", /#5865f2/],
])("the choices refuse %s, and say where", (_name, choices, path, message) => {
  const { error } = configSchema.safeParse(choices);
  expect(error?.issues.map((issue) => issue.path.join("."))).toEqual([path]);
  expect(error?.issues[0]?.message).toMatch(message);
});
