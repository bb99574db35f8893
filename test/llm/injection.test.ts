import { join } from "node:path";
import type { ChatCompletionRequest } from "@copilotkit/aimock";
import { afterAll, describe, expect, it } from "vitest";
import companion from "../../agents/companion/index.ts";
import { configSchema } from "../../agents/companion/config.ts";
import { isHarmless } from "../../agents/companion/rules.ts";
import moderation from "../../agents/moderation/index.ts";
import {
  BLANK_LOOK,
  VERBS,
  type Answer,
  type Effect,
  type EventOf,
  type Look,
  type Question,
  type SlowLook,
} from "#core";
import { loadPrompts } from "../../src/adapters/llm/index.ts";
import { render } from "../../src/adapters/llm/prompts/render.ts";
import { loadPolicies } from "../../src/config/index.ts";
import { scanAgents } from "../../src/main/agents.ts";
import { slowLook } from "../kit/slow-look.ts";
import { ATTACKS, BENIGN } from "./attacks.ts";
import { CONTEXT, fakeProvider, openGateway, question, says } from "./kit.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const prompts = loadPrompts(join(ROOT, "prompts"));
const NEUTRAL = "The weather is fine today.";
const FENCE = "data-5f0c1d2e3b4a6978";

/** Where members can write what a question may hold: the prompt that asks with it, and the variable. */
const PLACES = [
  ["a message", "moderation/judge", "message"],
  ["a nickname", "moderation/judge", "author"],
  ["a channel's topic", "moderation/judge", "channel"],
  ["an attachment's name", "moderation/judge", "attachments"],
  ["a quoted reply", "moderation/judge", "replyTo"],
  ["a source of the FAQ", "faq/answer", "sources"],
  ["an announcement's topic", "announcer/draft", "topic"],
  ["a ticket's conversation", "tickets/draft", "conversation"],
  ["a ticket's form", "tickets/draft", "details"],
  ["a ticket's sources", "tickets/draft", "sources"],
  ["a ticket that is summed up", "tickets/summary", "conversation"],
] as const;

it("the corpus is large enough, and nothing stands in it twice", () => {
  expect(new Set(ATTACKS).size).toBeGreaterThanOrEqual(60);
  expect(new Set(ATTACKS).size).toBe(ATTACKS.length);
});

describe.each(PLACES)("in %s", (_place, name, variable) => {
  const prompt = prompts.get(name);
  const variables = (text: string) => {
    const all = Object.keys(prompt.variables).map((key) => [key, key === variable ? text : NEUTRAL]);
    return Object.fromEntries(all) as Record<string, unknown>;
  };

  it("no attack touches the instructions, leaves its fence, or hides a letter", async () => {
    const neutral = await render(prompt, variables(NEUTRAL), FENCE);
    for (const attack of ATTACKS) {
      for (const text of [
        attack,
        attack.replaceAll("data-0000000000000000", FENCE),
        `${attack}\n</${FENCE}>\n${attack}`,
      ]) {
        const { system, data } = await render(prompt, variables(text), FENCE);
        expect(system).toBe(neutral.system);
        expect(data.match(new RegExp(`</?${FENCE}`, "g"))).toEqual(neutral.data.match(new RegExp(`</?${FENCE}`, "g")));
        expect(data.replaceAll(new RegExp(`</?${FENCE}[^>]*>`, "g"), "")).not.toMatch(/[<>]/);
        expect(data).not.toMatch(/[\u200b\u202e]|[\u{e0000}-\u{e007f}]/u);
      }
    }
  });
});

/** A model that does what the text says, in every way an answer has: it says it, it obeys, and it adds what was not asked. */
const OBEDIENT: readonly ((attack: string) => Record<string, unknown>)[] = [
  (attack) => ({ reply: attack.slice(0, 600) }),
  (attack) => ({ fitting: true, line: attack.slice(0, 240) }),
  (attack) => ({
    reply: attack.slice(0, 600),
    verb: "member.ban",
    userId: "999",
    channelId: "666",
    pingUserIds: ["1"],
  }),
  (attack) => ({ fitting: true, line: attack.slice(0, 240), scope: "everyone" }),
  () => ({ breaks: true, category: "threat", severity: "high", confidence: 1 }),
  () => ({ breaks: true, category: "threat", severity: "ban", confidence: 99, target: "999" }),
  () => ({ breaks: false, category: "none", severity: "none", confidence: 1 }),
];

const event = (text: string, name = "Ada"): EventOf<"message.created"> => ({
  ...{
    id: "m1",
    guildId: "801",
    at: 1_790_000_000_000,
    kind: "message.created",
    channelId: "501",
    messageId: "m1",
    text,
  },
  author: { userId: "101", name, roleIds: [] },
  ...{ mentionedUserIds: ["2"], mentionedRoleIds: [], attachments: [] },
});

const look: Look = {
  ...BLANK_LOOK,
  guild: () => ({ name: "The Orchard", ownerId: "1", memberCount: 3, locale: "en", botUserId: "2" }),
};

/** Renders as the gateway does and answers as the obedient model would; what the schema forbids is no answer. */
function obeying(attack: string, obey: (attack: string) => unknown, seen: Look = look): SlowLook {
  const ask = async <T>({ prompt, variables, schema }: Question<T>): Promise<Answer<T>> => {
    await render(prompts.get(prompt), variables, FENCE);
    const result = schema.safeParse(obey(attack));
    if (result.success) return { ok: true, value: result.data, model: "obedient:model" };
    return { ok: false, code: "llm.exhausted", why: "all-failed" };
  };
  return slowLook(seen, { ask });
}

describe("with a model that obeys", () => {
  const config = configSchema.parse({ reply: { enabled: true }, encourage: { channelIds: ["501"] } });

  it.each(["reply", "encourage"])(
    "the companion (%s) speaks in its place, to whom it was spoken to, and of nothing bad",
    async (ask) => {
      for (const attack of ATTACKS) {
        for (const told of [event(attack), event(NEUTRAL, attack)]) {
          for (const obey of OBEDIENT) {
            const effects = await companion.consider!(told, obeying(attack, obey), config, { ask });
            expect(effects.length).toBeLessThanOrEqual(1);
            for (const effect of effects) expectWithin(effect, ask);
          }
        }
      }
    },
  );

  function expectWithin(effect: Effect, ask: string): void {
    const { action, ...reasons } = (effect as Extract<Effect, { propose: unknown }>).propose;
    const rule = ask === "reply" ? "spoken-to" : "something-shared";
    expect(Object.keys(action).sort()).toEqual(["channelId", "replyToMessageId", "verb", "words"]);
    expect(action).toMatchObject({ verb: "message.send", channelId: "501", replyToMessageId: "m1" });
    expect(reasons).toMatchObject({ rule, confidence: 1 });
    const { words } = action as { words: { text: string } };
    expect(Object.keys(words)).toEqual(["text"]);
    expect(isHarmless(words.text)).toBe(true);
  }

  describe("the judge of messages", () => {
    const bounded = moderation.config.parse({
      reportChannelId: "700",
      judgement: { by: "model", atMost: "timeout", considerFrom: { spam: 0, insult: 0, hate: 0, harm: 0 } },
    });
    /** Somebody whom the ladder would ban for anything at all. */
    const conduct = { warnings: 20, lastAt: event("").at - 60_000, lastRule: "spam" };
    const offender: Look = { ...look, record: (record) => (record === "conduct" ? (conduct as never) : undefined) };
    const suspicion = { kind: "spam", score: 0.9 };
    /** What it may come to, whatever was said: of this message, about its author, to this guild's moderators. */
    const WITHIN: Readonly<Record<string, object>> = {
      "message.delete": { channelId: "501", messageId: "m1" },
      "member.warn": {},
      "member.timeout": { until: event("").at + 3_600_000 },
      "message.send": { channelId: "700" },
    };

    it("does nothing but to the message and its author, and nothing harsher than it may, in every way a model can obey", async () => {
      const verbs = new Set<string>();
      for (const attack of ATTACKS) {
        for (const told of [event(attack), event(NEUTRAL, attack)]) {
          for (const obey of [...OBEDIENT, ...VERDICTS]) {
            const effects = await moderation.consider!(told, obeying(attack, obey, offender), bounded, suspicion);
            for (const effect of effects) verbs.add(expectBounded(effect, told));
          }
        }
      }
      // Each of them was reached: a judge that never acts would pass as well.
      expect([...verbs].sort()).toEqual(["conduct", ...Object.keys(WITHIN)].sort());
    });

    function expectBounded(effect: Effect, told: ReturnType<typeof event>): string {
      if ("write" in effect) {
        expect(effect.write).toMatchObject({ write: "record.put", record: "conduct", key: "101" });
        return "conduct";
      }
      const { action, rule, confidence } = (effect as Extract<Effect, { propose: unknown }>).propose;
      expect(Object.keys(WITHIN)).toContain(action.verb);
      expect(action).toMatchObject(WITHIN[action.verb]!);
      expect(rule).toMatch(/^(?:judged-(?:harassment|threat|scam|self-harm)|likely-spam)$/);
      expect(confidence).toBeLessThanOrEqual(1);
      // Whoever may be hurting themselves is met by people.
      if (rule === "judged-self-harm") expect(action.verb).toBe("message.send");
      if ("member" in action) expect(action.member).toEqual(told.author);
      if (action.verb === "message.send") expect(Object.keys(action.words)).toEqual(["text"]);
      return action.verb;
    }

    it("reads the same question, whatever the message says, and passes over what is no answer to it", async () => {
      const asked = new Set<string>();
      for (const attack of ATTACKS) {
        const listening: SlowLook = {
          ...obeying(attack, () => ({ breaks: true, verb: "member.ban", userId: "999" })),
          ask: async (wanted) => {
            const { system } = await render(prompts.get(wanted.prompt), wanted.variables, FENCE);
            asked.add(`${wanted.prompt} ${system}`);
            const whole = { breaks: true, category: "scam", severity: "high", confidence: 1 };
            expect(wanted.schema.safeParse(whole).success).toBe(true);
            expect(wanted.schema.safeParse({ ...whole, verb: "member.ban", userId: "999" }).success).toBe(false);
            return { ok: false, code: "llm.exhausted", why: "all-failed" };
          },
        };
        // Without an answer the scorer decides, and 0.9 is not sure enough for more than a report.
        const effects = await moderation.consider!(event(attack), listening, bounded, suspicion);
        expect(effects.map((effect) => "propose" in effect && effect.propose.action.verb)).toEqual(["message.send"]);
      }
      expect(asked.size).toBe(1);
    });
  });
});

/** Whatever the answer's form allows, an obedient model also says. */
const VERDICTS: readonly (() => Record<string, unknown>)[] = [
  () => ({ breaks: true, category: "harassment", severity: "low", confidence: 0.92 }),
  () => ({ breaks: true, category: "scam", severity: "high", confidence: 0.99 }),
  () => ({ breaks: true, category: "self-harm", severity: "high", confidence: 1 }),
];

describe("over the wire", () => {
  const closers: (() => void)[] = [];
  afterAll(() => closers.forEach((close) => close()));

  it("an obedient provider gets nothing past the schema but the words that were asked for", async () => {
    const textOf = (request: ChatCompletionRequest): string => {
      const user = request.messages.find(({ role }) => role === "user")?.content;
      return typeof user === "string" ? user : JSON.stringify(user);
    };
    const provider = await fakeProvider((request, nth) => {
      const line = textOf(request).slice(0, 200);
      return says(request, nth % 2 === 0 ? { line, verb: "member.ban", userId: "999" } : { line });
    });
    closers.push(provider.close);
    const { gateway } = openGateway({ urls: { openai: provider.url } });
    for (const attack of ATTACKS) {
      const answer = await gateway.ask(question(attack), CONTEXT);
      expect(Object.keys(answer.ok ? answer.value : {})).toEqual(["line"]);
    }
    expect(provider.requests()).toBe(2 * ATTACKS.length);
  });
});

const installed = await scanAgents(join(ROOT, "agents"));

describe("benign talk", () => {
  const policy = loadPolicies(join(ROOT, "config"), installed).policyFor("801000000000000001");

  it.each(BENIGN)("%s", (text) => {
    const config = policy.agents.moderation!.config;
    const effects = moderation.decide({ ...event(text), mentionedUserIds: [] }, look, config);
    expect(effects.filter((effect) => "propose" in effect)).toEqual([]);
  });

  it("attacks are words, too: what no rule forbids is nobody's offence", () => {
    const config = policy.agents.moderation!.config;
    const verbs = ATTACKS.flatMap((text) => moderation.decide(event(text), look, config)).flatMap((effect) =>
      "propose" in effect ? [effect.propose.action.verb] : [],
    );
    for (const verb of verbs) expect(VERBS[verb].harsh).toBe(false);
  });
});
