import { describe, expect, it } from "vitest";
import type { Answer, Effect, EventOf, MessageFacts, Question } from "#core";
import { BLANK_LOOK } from "#core";
import { slowLook } from "../../test/kit/slow-look.ts";
import { configSchema, type Config } from "./config.ts";
import moderation from "./index.ts";
import { verdictFinding } from "./judgement.ts";
import { scorerFinding, suspicionOf } from "./suspicion.ts";

const NOON = 1_790_000_000_000;
const ada = { userId: "101", name: "Ada", roleIds: [] };
const SCAM = "FREE NITRO for everyone!! claim your gift now at https://dlscord-nitro.gift/claim before it expires";

function message(text: string, changes: Partial<EventOf<"message.created">> = {}): EventOf<"message.created"> {
  return {
    ...{ id: "m:900", guildId: "801", at: NOON, kind: "message.created", channelId: "501", messageId: "900" },
    ...{ author: ada, text, mentionedUserIds: [], mentionedRoleIds: [], attachments: [], ...changes },
  };
}

const config = (judgement: unknown): Config => configSchema.parse({ reportChannelId: "700", judgement });
const done = (effects: readonly Effect[]): string[] =>
  effects.flatMap((effect) => ("propose" in effect ? [`${effect.propose.action.verb} ${effect.propose.rule}`] : []));
const decide = (text: string, judgement: unknown) => moderation.decide(message(text), BLANK_LOOK, config(judgement));

describe("the scorer alone", () => {
  it.each([
    ["spam", 0.99, ["warn", "likely-spam"]],
    ["spam", 0.95, ["report", "likely-spam"]],
    ["spam", 0.85, undefined],
    ["insult", 0.995, ["warn", "likely-insult"]],
    ["harm", 0.999, ["report", "likely-harm"]],
  ] as const)("%s at %s", (kind, score, expected) => {
    const finding = scorerFinding({ kind, score }, config({ by: "scorer" }));
    expect(finding && [finding.then.atLeast, finding.rule]).toEqual(expected);
  });

  it("acts upon a scam, and tells moderators", () => {
    expect(done(decide(SCAM, { by: "scorer", actFrom: { spam: 0.9 } }))).toEqual([
      "message.delete likely-spam",
      "member.warn likely-spam",
      "message.send likely-spam",
    ]);
  });

  it.each([
    ["how do I change my nickname here?", { by: "scorer" }],
    [SCAM, { by: "nobody" }],
    ["", { by: "scorer" }],
  ])("leaves %j with %j", (text, judgement) => {
    expect(done(decide(text, judgement))).toEqual([]);
  });

  it("never looks at bots", () => {
    const event = message(SCAM, { author: { ...ada, bot: true } });
    expect(suspicionOf(event, config({ by: "scorer" }))).toBeUndefined();
  });
});

describe("a model's verdict", () => {
  const verdict = { breaks: true, category: "harassment", severity: "high", confidence: 0.99 } as const;
  it.each([
    ["sure and bad", {}, {}, "timeout"],
    ["as harsh as the guild allows", {}, { atMost: "ban" }, "ban"],
    ["mild", { severity: "low" }, {}, "warn"],
    ["less sure", { confidence: 0.92 }, {}, "warn"],
    ["sure enough to delete", { confidence: 0.86 }, {}, "delete"],
    ["unsure: people decide", { confidence: 0.7 }, {}, "report"],
    ["a guess", { confidence: 0.4 }, {}, undefined],
    ["no breach", { breaks: false }, {}, undefined],
    ["a breach of nothing", { category: "none" }, {}, undefined],
    ["somebody who needs help", { category: "self-harm" }, {}, "report"],
    ["a guild that wants to be asked", {}, { sure: { delete: 1, warn: 1, timeout: 1 } }, "report"],
  ] as const)("%s", (_name, changes, judgement, atLeast) => {
    const finding = verdictFinding({ ...verdict, ...changes }, config(judgement));
    expect(finding?.then.atLeast).toBe(atLeast);
  });

  it("never lets the ladder go further than it is sure", () => {
    const finding = verdictFinding({ ...verdict, confidence: 0.91 }, config({ atMost: "ban" }));
    expect(finding?.then).toMatchObject({ atLeast: "warn", atMost: "warn" });
  });
});

describe("the slow half", () => {
  const said = (messageId: string, text: string): MessageFacts => message(text, { messageId });
  const look = {
    ...BLANK_LOOK,
    recent: () => [said("901", "later"), said("899", "just before"), said("898", "x".repeat(999))],
    said: (id: string) => (id === "m:5" ? said("5", "what it answers") : undefined),
  };
  const consider = async (judgement: unknown, answer: Answer<unknown>) => {
    const asked: Question<unknown>[] = [];
    const ask = (question: Question<unknown>) => {
      asked.push(question);
      return Promise.resolve(answer);
    };
    const event = message("you again", { replyToMessageId: "5" });
    const slow = slowLook(look, { ask: ask as never });
    const about = { kind: "insult", score: 0.995 };
    return { asked, effects: await moderation.consider!(event, slow, config(judgement), about) };
  };
  const value = { breaks: true, category: "harassment", severity: "medium", confidence: 0.96 };

  it("is asked for by a suspicion, and by nothing else", () => {
    const effects = decide(SCAM, { by: "model" });
    expect(effects.find((effect) => "consider" in effect)).toMatchObject({ consider: { kind: "spam" } });
    expect(decide("see you tomorrow", { by: "model" })).toEqual([]);
  });

  it("shows the model what was said before, the reply, the guild's rules and culture", async () => {
    const { asked, effects } = await consider(
      { by: "model", rules: "No shouting.", culture: "We tease each other." },
      { ok: true, value, model: "test" },
    );
    expect(asked).toMatchObject([
      {
        prompt: "moderation/judge",
        variables: {
          rules: "No shouting.\n\nHow people talk here: We tease each other.",
          message: "you again",
          replyTo: "what it answers",
          before: [expect.stringMatching(/^Ada: x{298,299}…$/), "Ada: just before"],
        },
      },
    ]);
    expect(done(effects)).toEqual([
      "message.delete judged-harassment",
      "member.timeout judged-harassment",
      "message.send judged-harassment",
    ]);
  });

  it("without an answer the scorer's word counts", async () => {
    const { effects } = await consider({ by: "model" }, { ok: false, code: "llm.exhausted", why: "no-provider" });
    expect(done(effects)).toEqual([
      "message.delete likely-insult",
      "member.warn likely-insult",
      "message.send likely-insult",
    ]);
  });
});
