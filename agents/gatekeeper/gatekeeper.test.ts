import { describe, expect, it } from "vitest";
import fc from "fast-check";
import {
  BLANK_LOOK,
  isSameLetters,
  lettersFrom,
  snowflakeAt,
  type EventOf,
  type GuildEvent,
  type Member,
  type ProposedAction,
} from "#core";
import { smallHouse } from "../../test/kit/small-house.ts";
import gatekeeper from "./index.ts";

const NOON = 1_790_000_000_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ROLE = "77";

const newcomer = (accountDays = 400, joinedAgo = HOUR, roleIds: readonly string[] = []): Member => ({
  ...{ userId: snowflakeAt(NOON - accountDays * DAY), name: "Ada", roleIds, joinedAt: NOON - joinedAgo },
});

function open(config: object = {}) {
  const parsed = gatekeeper.config.parse({ roleId: ROLE, ...config });
  return smallHouse(gatekeeper, parsed, {
    guild: () => ({ ...BLANK_LOOK.guild(), name: "The Lantern", locale: "en" }),
  });
}

let uses = 0;
function used(by: Member) {
  const id = `i${++uses}`;
  const base = { id, guildId: "100", at: NOON, by, byPermissions: "0", channelId: "20" };
  return { ...base, interaction: { id, sealedToken: `sealed-${id}` } };
}
const enter = (by: Member): EventOf<"button.pressed"> => ({
  ...used(by),
  kind: "button.pressed",
  customId: "v1:gatekeeper:enter",
  messageId: "5",
});
const typed = (by: Member, given: string): EventOf<"modal.submitted"> => ({
  ...used(by),
  kind: "modal.submitted",
  customId: "v1:gatekeeper:letters",
  fields: { given },
});
const verbs = (done: readonly ProposedAction[]) => done.map(({ action }) => action.verb);
const said = (done: readonly ProposedAction[]) =>
  done.flatMap(({ action }) => (action.verb === "interaction.reply" ? [action.words] : []))[0];

describe("the gate", () => {
  it.each([
    ["one press", {}, newcomer(), ["role.add", "interaction.reply"]],
    ["nobody without a role for it", { roleId: undefined }, newcomer(), ["interaction.reply"]],
    ["who is inside already", {}, newcomer(400, HOUR, [ROLE]), ["interaction.reply"]],
    ["a young account", { leastAccountDays: 30 }, newcomer(29), ["interaction.reply"]],
    ["an account that is old enough", { leastAccountDays: 30 }, newcomer(31), ["role.add", "interaction.reply"]],
    ["who has not waited", { waitMinutes: 61 }, newcomer(), ["interaction.reply"]],
    ["who has waited", { waitMinutes: 59 }, newcomer(), ["role.add", "interaction.reply"]],
  ])("%s", (_what, config, by, expected) => {
    expect(verbs(open(config).bring(enter(by)))).toEqual(expected);
  });

  it.each([
    ["Seventeen!", true],
    ["  seventeen ", true],
    ["17", true],
    ["eighteen", false],
    ["", false],
    ["!?", false],
  ])("the answer %j to the question is right: %s", (answer, isRight) => {
    const house = open({ method: "question", question: "How many owls?", answers: ["seventeen", "17"] });
    expect(said(house.bring(enter(newcomer())))).toMatchObject({ text: "How many owls?" });
    expect(verbs(house.bring(typed(newcomer(), answer))).includes("role.add")).toBe(isRight);
  });

  it("letters are shown to one person, and let in whoever types them, not before and not another", () => {
    const house = open({ method: "letters" });
    const [ada, bo] = [newcomer(400), newcomer(500)];
    expect(verbs(house.bring(typed(ada, "AAAAA")))).toEqual(["interaction.reply"]);
    const { letters = "" } = said(house.bring(enter(ada)))!;
    expect(letters).toMatch(/^[A-Z0-9]{5}$/);
    expect(verbs(house.bring(typed(bo, letters)))).not.toContain("role.add");
    expect(verbs(house.bring(typed(ada, `${letters.slice(0, 2).toLowerCase()} ${letters.slice(2)}`)))).toContain(
      "role.add",
    );
    expect(verbs(house.bring(typed(ada, letters)))).not.toContain("role.add");
  });

  it("letters that were guessed three times are letters no more", () => {
    const house = open({ method: "letters" });
    const ada = newcomer();
    const { letters = "" } = said(house.bring(enter(ada)))!;
    for (const guess of ["AAAAA", "CCCCC", "EEEEE"]) house.bring(typed(ada, guess));
    expect(verbs(house.bring(typed(ada, letters)))).not.toContain("role.add");
  });

  it("buttons and forms of other agents are none of its business", () => {
    const house = open();
    expect(house.bring({ ...enter(newcomer()), customId: "v1:setup:enter" })).toEqual([]);
    expect(house.bring({ ...typed(newcomer(), "x"), customId: "v1:setup:letters" })).toEqual([]);
  });

  it("a young account does not come in by the form either", () => {
    const house = open({ leastAccountDays: 30 });
    expect(verbs(house.bring(typed(newcomer(3), "x")))).toEqual(["interaction.reply"]);
  });
});

it("letters follow from the token alone, and from another token others", () => {
  fc.assert(
    fc.property(
      fc.string(),
      (token) => lettersFrom(token) === lettersFrom(token) && /^[ACEFHJKLMNPRTVWXY3479]{5}$/.test(lettersFrom(token)),
    ),
  );
  expect(new Set(Array.from({ length: 500 }, (_, index) => lettersFrom(`token-${index}`))).size).toBeGreaterThan(495);
  expect(isSameLetters("kw-7ax", "KW7AX")).toBe(true);
  expect(isSameLetters("", "KW7AX")).toBe(false);
});

describe("whoever does not come in", () => {
  const ada = newcomer();
  const joined: GuildEvent = { id: "j", guildId: "100", at: NOON, kind: "member.joined", member: ada };
  const looked = (result: object): GuildEvent => ({
    id: "o",
    guildId: "100",
    at: NOON,
    kind: "action.done",
    orderId: "x#0",
    attempt: 1,
    result: { looked: ada.userId, ...result },
  });
  const struck = (): GuildEvent => ({
    id: "t",
    guildId: "100",
    at: NOON + DAY,
    kind: "clock.struck",
    timer: `gate:${ada.userId}`,
    owner: "gatekeeper",
    payload: { userId: ada.userId },
  });

  it("is looked at, removed, and told why and how to come back", () => {
    const house = open({ kickAfterHours: 24, comeBack: "discord.example/lantern" });
    house.bring(joined);
    expect(house.timers.get(`gate:${ada.userId}`)?.at).toBe(NOON + DAY);
    expect(verbs(house.bring(struck()))).toEqual(["member.look"]);
    const [kick] = house.bring(looked({ name: "Ada", roleIds: [] }));
    expect(kick?.action).toMatchObject({
      verb: "member.kick",
      notice: expect.stringContaining("discord.example/lantern"),
    });
    expect((kick?.action as { notice: string }).notice).toContain("24 h");
    expect(house.records.has(`gate ${ada.userId}`)).toBe(false);
  });

  it.each([
    ["somebody gave them the role by hand", { roleIds: [ROLE] }],
    ["they left", { gone: true }],
  ])("is left alone where %s", (_what, result) => {
    const house = open({ kickAfterHours: 24 });
    house.bring(joined);
    house.bring(struck());
    expect(house.bring(looked(result))).toEqual([]);
    expect(house.timers.size).toBe(0);
  });

  it("has all the time there is where nobody set an end", () => {
    const house = open();
    house.bring(joined);
    expect(house.timers.size).toBe(0);
  });

  it("comes in by a word of staff's", () => {
    const house = open({ kickAfterHours: 24, leastAccountDays: 3_000 });
    house.bring(joined);
    const admit: GuildEvent = {
      ...used({ userId: "5", name: "Mo", roleIds: [] }),
      kind: "command.used",
      command: "gate admit",
      options: { member: ada },
    };
    expect(verbs(house.bring(admit))).toEqual(["role.add"]);
    expect(house.timers.size).toBe(0);
  });
});
