import { describe, expect, it } from "vitest";
import { BLANK_LOOK, type Answer, type Effect, type EventOf, type Look, type Question, type SlowLook } from "#core";
import { slowLook } from "../../test/kit/slow-look.ts";
import { configSchema } from "./config.ts";
import companion from "./index.ts";
import { isHarmless } from "./rules.ts";

const BOT = "2";
const said: EventOf<"message.created"> = {
  ...{ id: "m1", guildId: "801", at: 1_790_000_000_000, kind: "message.created", channelId: "501", messageId: "m1" },
  author: { userId: "101", name: "Ada", roleIds: [] },
  text: "my first song is done, it took the whole of summer",
  ...{ mentionedUserIds: [], mentionedRoleIds: [], attachments: [] },
};
const mentioned = { ...said, mentionedUserIds: [BOT] };

interface Sight {
  readonly counts?: Readonly<Record<string, number>>;
  readonly encouragedAt?: number;
  readonly locale?: string;
}

function lookWith({ counts = {}, encouragedAt, locale = "en" }: Sight = {}): Look {
  return {
    ...BLANK_LOOK,
    count: (counter, key) => counts[`${counter} ${key}`] ?? 0,
    record: () => (encouragedAt === undefined ? undefined : ({ text: "encouraged", at: encouragedAt } as never)),
    guild: () => ({ name: "The Orchard", ownerId: "1", memberCount: 3, locale, botUserId: BOT }),
  };
}

const config = configSchema.parse({ reply: { enabled: true }, encourage: { channelIds: ["501"] } });
const asks = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => ("consider" in effect ? [(effect.consider as { ask: string }).ask] : []));

describe("what the companion takes up", () => {
  it.each<readonly [string, EventOf<"message.created">, Sight, unknown, readonly string[]]>([
    ["a mention", mentioned, {}, config, ["reply"]],
    [
      "a reply to its own message",
      { ...said, replyToMessageId: "own-1" },
      { counts: { "own own-1": 1 } },
      config,
      ["reply"],
    ],
    ["a reply to somebody else", { ...said, replyToMessageId: "m0" }, {}, config, []],
    ["the last reply of a member's share", mentioned, { counts: { "replies member:101": 4 } }, config, ["reply"]],
    [
      "a member who had their share",
      mentioned,
      { counts: { "replies member:101": 5 } },
      { ...config, encourage: configSchema.parse({}).encourage },
      [],
    ],
    [
      "a channel that had its share",
      { ...mentioned, channelId: "502" },
      { counts: { "replies channel:502": 20 } },
      config,
      [],
    ],
    ["something shared", said, {}, config, ["encourage"]],
    ["something shared elsewhere", { ...said, channelId: "502" }, {}, config, []],
    ["a few words", { ...said, text: "done!" }, {}, config, []],
    [
      "a few words and a picture",
      { ...said, text: "done!", attachments: [{ id: "a", name: "a.png", size: 1 }] },
      {},
      config,
      ["encourage"],
    ],
    ["too soon after the last", said, { encouragedAt: said.at - 29 * 60_000 }, config, []],
    ["long after the last", said, { encouragedAt: said.at - 30 * 60_000 }, config, ["encourage"]],
    ["another bot", { ...mentioned, author: { ...said.author, bot: true } }, {}, config, []],
    ["a mention, as it comes out of the box", mentioned, {}, configSchema.parse({}), []],
  ])("%s", (_name, event, sight, chosen, expected) => {
    expect(asks(companion.decide(event, lookWith(sight), chosen))).toEqual(expected);
  });

  it("knows its own messages", () => {
    const echo = {
      id: "e",
      guildId: "801",
      at: 1,
      kind: "message.echoed",
      channelId: "501",
      messageId: "own-1",
      orderId: "o",
    } as const;
    expect(companion.decide(echo, lookWith(), config)).toEqual([{ tally: { counter: "own", key: "own-1" } }]);
  });
});

describe("what it says", () => {
  const asked: Question<unknown>[] = [];
  const slow = (answer: unknown, locale?: string): SlowLook =>
    slowLook(lookWith(locale === undefined ? {} : { locale }), {
      ask: <T>(question: Question<T>): Promise<Answer<T>> => {
        asked.push(question);
        const none = { ok: false, code: "llm.exhausted", why: "no-provider" } as const;
        return Promise.resolve(
          answer === undefined ? none : { ok: true, value: question.schema.parse(answer), model: "m" },
        );
      },
    });
  const lines = async (ask: string, answer: unknown, locale?: string) => {
    const effects = await companion.consider!(mentioned, slow(answer, locale), config, { ask });
    return effects.map((effect) => ("propose" in effect ? effect.propose.action : effect));
  };
  const fixed = /no words of my own/;

  it.each([
    ["a model's reply", { reply: "Hello there!" }, /^Hello there!$/],
    ["a fixed line without a model", undefined, fixed],
    ["a fixed line instead of a link", { reply: "see https://free.example/x" }, fixed],
    ["a fixed line instead of a call to all", { reply: "@everyone look" }, fixed],
  ])("%s", async (_name, answer, expected) => {
    const [action] = await lines("reply", answer);
    expect(action).toMatchObject({ verb: "message.send", channelId: "501", replyToMessageId: "m1" });
    expect((action as { words: { text: string } }).words.text).toMatch(expected);
  });

  it.each([
    ["an encouragement", { fitting: true, line: "What a start!" }, ["What a start!"]],
    ["nothing where it does not fit", { fitting: false, line: "Cheer up!" }, []],
    ["nothing without a model", undefined, []],
    ["nothing instead of a link", { fitting: true, line: "get it at evil.example" }, []],
    ["nothing instead of nothing", { fitting: true, line: "  " }, []],
  ])("%s", async (_name, answer, expected) => {
    const found = await lines("encourage", answer);
    expect(found.map((action) => (action as { words: { text: string } }).words.text)).toEqual(expected);
  });

  it("speaks the guild's language, also without a model", async () => {
    expect(JSON.stringify(await lines("reply", undefined, "de"))).toContain("Meine Befehle");
    expect(asked.at(-1)?.variables.language).toBe("de");
  });

  it.each([
    ["well done, that is lovely", true],
    ["send me your password", false],
    ["<@101> look", false],
    ["discord.gg/abc", false],
  ])("%s: harmless %s", (line, expected) => expect(isHarmless(line)).toBe(expected));
});
