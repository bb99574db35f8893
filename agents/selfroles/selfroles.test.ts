import { describe, expect, it } from "vitest";
import { BLANK_LOOK, Permission, type GuildEvent, type Member, type ProposedAction, type Role } from "#core";
import { smallHouse } from "../../test/kit/small-house.ts";
import { chosen, pressed, ringClosedBy } from "./choosing.ts";
import selfroles from "./index.ts";
import { letter } from "./panel.ts";

const any = { roleIds: ["a", "b", "c"], rule: "any" } as const;
const one = { ...any, rule: "one" } as const;
const two = { ...any, rule: "most", most: 2 } as const;

describe("a choice", () => {
  it.each([
    ["on", any, [], "a", { add: ["a"], remove: [] }],
    ["off", any, ["a"], "a", { add: [], remove: ["a"] }],
    ["another one", one, ["a"], "b", { add: ["b"], remove: ["a"] }],
    ["the first of one", one, [], "b", { add: ["b"], remove: [] }],
    ["the last of one", one, ["a"], "a", { refused: "keep-one" }],
    ["one of two, given by hand, of one", one, ["a", "b"], "a", { add: [], remove: ["a"] }],
    ["the second of two", two, ["a"], "b", { add: ["b"], remove: [] }],
    ["the third of two", two, ["a", "b"], "c", { refused: "too-many" }],
    ["back below two", two, ["a", "b"], "a", { add: [], remove: ["a"] }],
    ["what others give does not count", two, ["x", "y", "a"], "b", { add: ["b"], remove: [] }],
  ] as const)("by a press: %s", (_what, panel, held, roleId, expected) => {
    expect(pressed(panel, held, roleId)).toEqual(expected);
  });

  it.each([
    ["these", any, ["a", "x"], ["b", "c"], { add: ["b", "c"], remove: ["a"] }],
    ["none", any, ["a"], [], { add: [], remove: ["a"] }],
    ["none of one", one, ["a"], [], { refused: "keep-one" }],
    ["two of one", one, [], ["a", "b"], { refused: "too-many" }],
    ["three of two", two, [], ["a", "b", "c"], { refused: "too-many" }],
    ["what the panel does not have", any, [], ["a", "admin"], { add: ["a"], remove: [] }],
  ] as const)("from a list: %s", (_what, panel, held, wanted, expected) => {
    expect(chosen(panel, held, wanted)).toEqual(expected);
  });
});

it.each([
  ["nothing is required", { number: 1, roleIds: ["a"] }, [], undefined],
  ["staff give what is required", { number: 1, roleIds: ["a"], requiredRoleId: "x" }, [], undefined],
  ["a way in", { number: 2, roleIds: ["b"], requiredRoleId: "a" }, [{ number: 1, roleIds: ["a"] }], undefined],
  [
    "two in a ring",
    { number: 2, roleIds: ["b"], requiredRoleId: "a" },
    [{ number: 1, roleIds: ["a"], requiredRoleId: "b" }],
    [2, 1],
  ],
  [
    "three in a ring",
    { number: 3, roleIds: ["c"], requiredRoleId: "b" },
    [
      { number: 1, roleIds: ["a"], requiredRoleId: "c" },
      { number: 2, roleIds: ["b"], requiredRoleId: "a" },
    ],
    [3, 2, 1],
  ],
  [
    "a ring with another way in",
    { number: 2, roleIds: ["b"], requiredRoleId: "a" },
    [
      { number: 1, roleIds: ["a"], requiredRoleId: "b" },
      { number: 3, roleIds: ["a"] },
    ],
    undefined,
  ],
])("panels that need one another: %s", (_what, panel, others, expected) => {
  expect(ringClosedBy(panel, others)).toEqual(expected);
});

const NOON = 1_790_000_000_000;
const role = (id: string, facts: Partial<Role> = {}): Role => ({
  id,
  name: `r${id}`,
  position: 2,
  permissions: "0",
  ...facts,
});
const ROLES = [
  ...[role("11"), role("12"), role("13"), role("30", { position: 4 }), role("40", { position: 9 })],
  ...[role("50", { permissions: Permission.BAN_MEMBERS.toString() }), role("60", { managed: true })],
];

function open(roles: Role[] = ROLES, config: object = {}) {
  return smallHouse(selfroles, selfroles.config.parse(config), {
    guild: () => ({ ...BLANK_LOOK.guild(), locale: "en", botRank: 8 }),
    role: (id) => roles.find((one) => one.id === id),
    channel: (id) => (id === "20" ? { id, name: "roles", type: 0, overwrites: [] } : undefined),
  });
}
type House = ReturnType<typeof open>;

let count = 0;
const base = () => ({ id: `e${++count}`, guildId: "100", at: NOON });
const mo: Member = { userId: "5", name: "Mo", roleIds: ["30"] };
const ada = (...roleIds: string[]): Member => ({ userId: "7", name: "Ada", roleIds });
const use = (by: Member) => {
  const facts = base();
  return {
    ...facts,
    by,
    byPermissions: "0",
    channelId: "20",
    interaction: { id: facts.id, sealedToken: "s", locale: "en" },
  };
};
const form = (fields: object = {}, [channelId, required]: [string, string] = ["", ""], by = mo): GuildEvent => ({
  ...{ ...use(by), kind: "modal.submitted", customId: `v1:selfroles:panel:${channelId}:${required}` },
  fields: { title: "Colours", text: "", roles: ["11", "12"], limit: ["any"], style: ["buttons"], ...fields },
});
const press = (by: Member, roleId: string, number = 1): GuildEvent => ({
  ...{ ...use(by), kind: "button.pressed", customId: `v1:selfroles:toggle:${number}:${roleId}`, messageId: "900" },
});
const done = (order: GuildEvent, result: object = { messageId: "900" }): GuildEvent => ({
  ...{ ...base(), kind: "action.done", orderId: `${order.id}/selfroles/0#0`, attempt: 1, result },
});
const words = (proposed: readonly ProposedAction[]) =>
  proposed.flatMap(({ action }) => (action.verb === "interaction.reply" ? [action.words.text] : [])).join("\n");
const brief = (proposed: readonly ProposedAction[]) =>
  proposed.flatMap(({ action }) => {
    if (action.verb === "role.add" || action.verb === "role.remove") return [`${action.verb} ${action.roleId}`];
    return action.verb === "reaction.remove" ? [`${action.verb} ${action.emoji}`] : [];
  });

function posted(fields: object = {}, required = "", house: House = open()): House {
  const event = form(fields, ["", required]);
  house.bring(event);
  house.bring(done(event));
  return house;
}

describe("setting up", () => {
  it("posts a panel with a button for each role, for whoever asked", () => {
    const [send] = open().bring(form({ text: "Pick" }, ["20", "13"]));
    expect(send).toMatchObject({ onBehalfOf: "5", action: { channelId: "20", words: { title: "Colours" } } });
    const { text, components } = (
      send!.action as unknown as { words: { text: string; components: { customId: string }[][] } }
    ).words;
    expect(text).toBe(
      "Pick\n\nChoose as many as you like; choose again to give one back.\nOnly for members with <@&13>.",
    );
    expect(components.flat().map(({ customId }) => customId)).toEqual([
      "v1:selfroles:toggle:1:11",
      "v1:selfroles:toggle:1:12",
    ]);
  });

  it.each([
    ["a role above the bot", { roles: ["11", "40"] }, "", /r40 is not below the bot's own/],
    ["a role with power", { roles: ["50"] }, "", /r50 gives power over others \(BAN_MEMBERS\)/],
    ["an application's role", { roles: ["60"] }, "", /belongs to an application/],
    ["a role that is gone", { roles: ["404"] }, "", /404 is gone/],
    ["a role at the asker's own height", { roles: ["30"] }, "", /r30 is not below your highest one/],
    ["no role", { roles: [] }, "", /at least one role/],
    ["a required role that is gone", {}, "404", /required role is gone/],
    ["a required role among the offered", {}, "11", /r11 is required and offered/],
    ["no title", { title: " " }, "", /Something is missing/],
    ["a made-up limit", { limit: ["most-99"] }, "", /Something is missing/],
  ])("names %s, and posts nothing", (_what, fields, required, expected) => {
    const house = open();
    const proposed = house.bring(form(fields, ["", required]));
    expect(proposed.map(({ action }) => action.verb)).toEqual(["interaction.reply"]);
    expect(words(proposed)).toMatch(expected);
    expect(house.records.size).toBe(0);
  });

  it("names everything at once", () => {
    expect(words(open().bring(form({ roles: ["40", "50", "404"] }, ["999", ""]))).split("\n")).toHaveLength(4);
  });

  it("refuses a ring of panels, and more panels than there may be", () => {
    const house = posted({ roles: ["11"] }, "12");
    expect(words(house.bring(form({ roles: ["12"] }, ["", "11"])))).toMatch(/only given by #1/);
    const full = posted({}, "", open(ROLES, { mostPanels: 1 }));
    expect(words(full.bring(form()))).toMatch(/as many panels as there may be \(1\)/);
  });
});

describe("changing", () => {
  const changes = (fields: object, number = 1, by = mo): GuildEvent => ({
    ...{ ...use(by), kind: "modal.submitted", customId: `v1:selfroles:change:${number}` },
    fields: { title: "", text: "", roles: [], limit: [], ...fields },
  });
  const panel = (house: House) => house.records.get("rolePanel 1");

  it("edits the message it has, and leaves alone what the form leaves empty", () => {
    const house = posted({ text: "Pick", limit: ["most-2"] });
    const before = panel(house) as object;
    const [edit, ...rest] = house.bring(changes({ roles: ["13", "12"], title: "Hues" }));
    expect(edit!.action).toMatchObject({ verb: "message.edit", channelId: "20", messageId: "900" });
    expect(edit!.action).toMatchObject({ words: { title: "Hues", text: expect.stringMatching(/^Pick/) as string } });
    expect(words(rest)).toMatch(/Panel #1 in <#20> changes/);
    // Who was there before stays in front.
    expect(panel(house)).toEqual({ ...before, title: "Hues", roleIds: ["12", "13"] });
    house.bring(changes({ text: "-", limit: ["one"] }));
    const { text: _text, most: _most, ...shorter } = before as { text: string; most: number };
    expect(panel(house)).toEqual({ ...shorter, title: "Hues", roleIds: ["12", "13"], rule: "one" });
    expect(brief(house.bring(press(ada("12"), "13")))).toEqual(["role.remove 12", "role.add 13"]);
  });

  it("adds letters to a panel with reactions, and takes none away", () => {
    const house = posted({ style: ["reactions"] });
    const proposed = house.bring(changes({ roles: ["13", "11", "12"] }));
    const letters = proposed.flatMap(({ action }) => (action.verb === "reaction.add" ? [action.emoji] : []));
    expect([panel(house), letters]).toMatchObject([{ roleIds: ["11", "12", "13"] }, [letter(2)]]);
    const refused = house.bring(changes({ roles: ["11"] }));
    expect(words(refused)).toMatch(/a letter stands for its role/);
    expect(panel(house)).toMatchObject({ roleIds: ["11", "12", "13"] });
  });

  it.each([
    ["a role with power", { roles: ["50"] }, 1, /r50 gives power/],
    ["a panel that is not there", {}, 9, /no such panel/],
  ])("refuses %s, and changes nothing", (_what, fields, number, expected) => {
    const house = posted({}, "", open(ROLES, { mostPanels: 1 }));
    const before = panel(house);
    const proposed = house.bring(changes(fields, number));
    expect(proposed.map(({ action }) => action.verb)).toEqual(["interaction.reply"]);
    expect([words(proposed), panel(house)]).toEqual([expect.stringMatching(expected), before]);
  });

  it("refuses a ring that it would close", () => {
    const house = posted({ roles: ["11"] }, "12");
    const second = form({ roles: ["13"] }, ["", "11"]);
    house.bring(second);
    house.bring(done(second, { messageId: "901" }));
    expect(words(house.bring(changes({ roles: ["13", "12"] }, 2)))).toMatch(/only given by #1/);
  });
});

describe("pressing", () => {
  it.each([
    ["on", {}, "", ada(), "11", ["role.add 11"], /You now have \*\*r11\*\*/],
    ["off", {}, "", ada("11"), "11", ["role.remove 11"], /You gave back \*\*r11\*\*/],
    ["over", { limit: ["one"] }, "", ada("11"), "12", ["role.remove 11", "role.add 12"], /You now have \*\*r12\*\*/],
    ["the last of one", { limit: ["one"] }, "", ada("11"), "11", [], /One role must stay/],
    [
      "one too many",
      { roles: ["11", "12", "13"], limit: ["most-2"] },
      "",
      ada("11", "12"),
      "13",
      [],
      /have 2 of these at most/,
    ],
    ["without what is required", {}, "13", ada(), "11", [], /only for members with <@&13>/],
    ["with what is required", {}, "13", ada("13"), "11", ["role.add 11"], /You now have/],
    ["off without what is required", {}, "13", ada("11"), "11", ["role.remove 11"], /You gave back/],
  ])("%s", (_what, fields, required, by, roleId, expected, said) => {
    const proposed = posted(fields, required).bring(press(by, roleId));
    expect(brief(proposed)).toEqual(expected);
    expect(words(proposed)).toMatch(said);
  });

  it.each([
    ["powerful", { permissions: Permission.ADMINISTRATOR.toString() }, /gives power over others \(ADMINISTRATOR\)/],
    ["higher than the bot", { position: 9 }, /not below the bot's own/],
  ])("gives nothing that became %s meanwhile", (_what, facts, expected) => {
    const roles = [...ROLES];
    const house = posted({}, "", open(roles));
    roles[0] = role("11", facts);
    const proposed = house.bring(press(ada(), "11"));
    expect([brief(proposed), words(proposed)]).toEqual([[], expect.stringMatching(expected)]);
  });

  it("from a list sets exactly what is chosen", () => {
    const house = posted({ style: ["select"], roles: ["11", "12", "13"] });
    const pick = { ...use(ada("11")), customId: "v1:selfroles:pick:1", messageId: "900", values: ["12", "50"] };
    expect(brief(house.bring({ ...pick, kind: "select.chosen" }))).toEqual(["role.remove 11", "role.add 12"]);
  });

  it("on a panel that is gone is answered", () => {
    const house = posted();
    house.bring({ ...base(), kind: "message.deleted", channelId: "20", messageIds: ["900"] });
    expect(words(house.bring(press(ada(), "11")))).toMatch(/no such panel any more/);
    expect(house.records.get("rolePanels all")).toEqual({ places: [] });
  });
});

describe("by reactions", () => {
  const react = (index: number, kind: "reaction.added" | "reaction.removed" = "reaction.added"): GuildEvent => ({
    ...{ ...base(), kind, channelId: "20", messageId: "900", userId: "7", emoji: letter(index) },
  });
  const looked = (order: GuildEvent, ...roleIds: string[]) => done(order, { looked: "7", name: "Ada", roleIds });

  it("the panel says which letter is which, and shows them", () => {
    const house = open();
    const event = form({ style: ["reactions"] });
    const [send] = house.bring(event);
    expect(send!.action).toMatchObject({ words: { text: expect.stringContaining("🇦 <@&11>\n🇧 <@&12>") as string } });
    expect(house.bring(done(event)).map(({ action }) => "emoji" in action && action.emoji)).toEqual(["🇦", "🇧"]);
  });

  it.each([
    ["on", {}, "", react(0), [], ["role.add 11"]],
    ["off", {}, "", react(0, "reaction.removed"), ["11"], ["role.remove 11"]],
    ["over", { limit: ["one"] }, "", react(1), ["11"], ["role.remove 11", "role.add 12", "reaction.remove 🇦"]],
    ["off, the last of one", { limit: ["one"] }, "", react(0, "reaction.removed"), ["11"], []],
    ["not theirs", {}, "13", react(0), [], ["reaction.remove 🇦"]],
    ["theirs already", {}, "", react(0), ["11"], []],
    ["not there", {}, "", react(0, "reaction.removed"), [], []],
  ])("%s", (_what, fields, required, event, held, expected) => {
    const house = posted({ style: ["reactions"], ...fields }, required);
    expect(house.bring(event).map(({ action }) => action.verb)).toEqual(["member.look"]);
    expect(brief(house.bring(looked(event, ...held)))).toEqual(expected);
    expect(house.records.has(`roleWish ${event.id}`)).toBe(false);
  });

  it("another emoji, another message or a panel of buttons is none of its business", () => {
    const house = posted({ style: ["reactions"] });
    expect(house.bring({ ...react(0), emoji: "⭐" } as GuildEvent)).toEqual([]);
    expect(house.bring({ ...react(0), messageId: "901" } as GuildEvent)).toEqual([]);
    expect(house.bring(react(5))).toEqual([]);
    expect(posted().bring(react(0))).toEqual([]);
  });
});

it("a panel whose message never came is listed as such", () => {
  const house = open();
  house.bring(form());
  const list: GuildEvent = { ...use(mo), kind: "command.used", command: "selfroles list", options: {} };
  expect(words(house.bring(list))).toMatch(/message is not there: may I write in that channel/);
});

it("panels are listed, found while one types, and removed with their message", () => {
  const house = posted();
  const command = (name: string, options = {}): GuildEvent => ({
    ...use(mo),
    kind: "command.used",
    command: name,
    options,
  });
  expect(words(house.bring(command("selfroles list")))).toBe("#1 · **Colours** in <#20>: <@&11> <@&12>");
  const typing = { command: "selfroles remove", option: "number", partial: "col", userId: "5", locale: "en" };
  expect(selfroles.suggest!({ ...house.look, known: () => [] }, typing, {})).toEqual([
    { name: "#1 · Colours", value: 1 },
  ]);
  const proposed = house.bring(command("selfroles remove", { number: 1 }));
  expect(proposed[0]!.action).toMatchObject({ verb: "message.delete", messageId: "900" });
  expect(words(house.bring(command("selfroles list")))).toMatch(/no panel yet/);
});
