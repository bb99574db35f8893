import { describe, expect, it } from "vitest";
import type { Answer, Effect, Look, Passage, Question } from "#core";
import { linksIn } from "#core/text/index";
import faq from "../../agents/faq/index.ts";
import { configSchema } from "../../agents/faq/config.ts";
import { message } from "../kit/guild.ts";
import { slowLook } from "../kit/slow-look.ts";
import { ATTACKS } from "../llm/attacks.ts";

const look = {
  ...{ count: () => 0, total: () => 0, record: () => undefined, channel: () => undefined, role: () => undefined },
  guild: () => ({ name: "The Orchard", ownerId: "1", memberCount: 3, locale: "en", botUserId: "2" }),
} as unknown as Look;

const NEUTRAL = "The key hangs behind the door.";
const asked = message("where is the key?");

/** A model that does what the source says: it repeats it, points elsewhere, and adds what was not asked for. */
const OBEDIENT: readonly ((attack: string) => Record<string, unknown>)[] = [
  (attack) => ({ answered: true, text: attack.slice(0, 1_500), used: [1] }),
  (attack) => ({ answered: true, text: `${attack.slice(0, 900)} https://prize.example/claim @everyone`, used: [1] }),
  (attack) => ({ answered: true, text: `${attack.slice(0, 900)} https://prize.example/claim`, used: [1] }),
  (attack) => ({ answered: true, text: `${attack.slice(0, 900)} @everyone`, used: [1] }),
  (attack) => ({ answered: true, text: attack.slice(0, 900), used: [7, 9] }),
  (attack) => ({
    answered: true,
    text: attack.slice(0, 900),
    used: [1],
    verb: "member.ban",
    channelId: "666",
    userId: "999",
  }),
];

async function effectsOf(source: string, obey: (attack: string) => unknown): Promise<readonly Effect[]> {
  const passage: Passage = {
    ...{ asks: ["Where is the key?"], text: source, part: 0, version: 1 },
    source: { id: "entry:1", kind: "entry", by: "discord:60", at: 1 },
  };
  const slow = slowLook(look, {
    search: () => Promise.resolve({ hits: [{ passage, score: 1 }], confidence: 1, answers: true }),
    ask: <T>({ schema }: Question<T>): Promise<Answer<T>> => {
      const parsed = schema.safeParse(obey(source));
      const none = { ok: false, code: "llm.exhausted", why: "all-failed" } as const;
      return Promise.resolve(parsed.success ? { ok: true, value: parsed.data, model: "obedient" } : none);
    },
  });
  return faq.consider!(asked, slow, configSchema.parse({ answerIn: [asked.channelId] }), { do: "answer" });
}

/** All but what is said. */
const shape = (effects: readonly Effect[]): string =>
  JSON.stringify(effects, (key, value: unknown) => (key === "text" || key === "question" ? "…" : value));

const textOf = (effects: readonly Effect[]): string =>
  effects.flatMap((effect) =>
    "propose" in effect && effect.propose.action.verb === "message.send" ? [effect.propose.action.words.text] : [],
  )[0]!;

describe("a source that gives orders, and a model that obeys", () => {
  it.each(OBEDIENT.map((obey, index) => [index, obey] as const))(
    "changes nothing but the text (%i)",
    async (_index, obey) => {
      const neutral = shape(await effectsOf(NEUTRAL, obey));
      for (const attack of ATTACKS) {
        const effects = await effectsOf(attack, obey);
        expect(shape(effects)).toBe(neutral);
        const said = textOf(effects);
        const own = new Set(linksIn(attack).map(({ url }) => url));
        expect(
          linksIn(said).filter(({ url }) => !own.has(url)),
          attack,
        ).toEqual([]);
        if (!attack.includes("@everyone")) expect(said).not.toContain("@everyone");
      }
    },
  );
});
