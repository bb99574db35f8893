import {
  type Action,
  type Effect,
  type KnowledgeSource,
  type Look,
  type PassageDraft,
  propose,
  type Records,
  write,
} from "#core";
import { type Cited, withSources } from "./rendering.ts";
import { words } from "./words.ts";

/** So many answers are remembered of a source; what is older has long been read. */
const MOST_ANSWERS = 50;

type Answer = Records["answer"];

/** What a source holds now. */
export interface Held {
  readonly source: KnowledgeSource;
  readonly passages: readonly PassageDraft[];
}

/** In which guild, and what is seen of it. */
export interface Scene {
  readonly guildId: string;
  readonly look: Look;
  readonly at: number;
}

export function sceneOf({ guildId, at }: Pick<Scene, "guildId" | "at">, look: Look): Scene {
  return { guildId, look, at };
}

/** Discord takes changes to what only one person sees for fifteen minutes; a minute of it is for the way. */
const CHANGEABLE_MS = 14 * 60_000;

/** What the answers that cite a source must say now: what it says, or that it is gone. Nothing where none cites it. */
export function mended(scene: Scene, sourceId: string, now: Held | undefined): readonly Effect[] {
  const { look } = scene;
  const keys = look.record("source", sourceId)?.answers ?? [];
  return keys.flatMap((key) => {
    const answer = look.record("answer", key);
    if (answer === undefined || answer.standing === "withdrawn") return [];
    return mend(scene, key, answer, corrected(answer, sourceId, now));
  });
}

/** An answer of several sources cannot be put right by one of them. */
function corrected({ cites }: Answer, sourceId: string, now: Held | undefined): Cited | undefined {
  const [only, ...others] = cites;
  if (now === undefined || only?.sourceId !== sourceId || others.length > 0) return undefined;
  const passage = now.passages[only.part];
  return passage === undefined ? undefined : { ...passage, source: now.source };
}

function mend({ guildId, at }: Scene, key: string, answer: Answer, right: Cited | undefined): readonly Effect[] {
  const standing = right === undefined ? "withdrawn" : "corrected";
  const kept = write({ write: "record.put", record: "answer", key, value: { ...answer, standing } });
  const { locale, place, interaction } = answer;
  const isChangeable = interaction !== undefined && at < answer.at + CHANGEABLE_MS;
  if (place === undefined && !isChangeable) return [kept];
  const text = right === undefined ? words.say(locale, "answer.withdrawn") : correctedText(guildId, right, locale);
  const why = right === undefined ? "a source of the answer is gone" : "the source of the answer was changed";
  const edit: Action =
    place === undefined
      ? { verb: "interaction.reply", interaction: interaction!, words: { text }, ephemeral: true }
      : { verb: "message.edit", ...place, words: { text } };
  return [kept, propose(edit, { rule: `answer-${standing}`, why, confidence: 1 })];
}

function correctedText(guildId: string, right: Cited, locale: string): string {
  return `${withSources(guildId, right.text, [right], locale)}\n-# ${words.say(locale, "answer.corrected")}`;
}

/** Remembers which answer rests on which sources, and forgets the oldest of each. */
export function cited(look: Look, key: string, sourceIds: readonly string[]): readonly Effect[] {
  return [...new Set(sourceIds)].flatMap((sourceId) => {
    const known = look.record("source", sourceId) ?? { answers: [] };
    const answers = [...known.answers.filter((one) => one !== key), key];
    const forgotten = answers.slice(0, -MOST_ANSWERS);
    const value = { ...known, answers: answers.slice(-MOST_ANSWERS) };
    return [
      write({ write: "record.put", record: "source", key: sourceId, value }),
      ...forgotten.map((old) => write({ write: "record.delete", record: "answer", key: old })),
    ];
  });
}

/** The answer has left: where it stands is noted, and what was withdrawn on its way is withdrawn there too. */
export function placed(scene: Scene, key: string, place: NonNullable<Answer["place"]>): readonly Effect[] {
  const answer = scene.look.record("answer", key);
  if (answer === undefined || answer.place !== undefined) return [];
  const value = { ...answer, place };
  if (answer.standing === "right") return [write({ write: "record.put", record: "answer", key, value })];
  return mend(scene, key, value, undefined);
}

/** The same for what only one person sees: it stands nowhere, and can be changed for a while. */
export function answered(scene: Scene, key: string): readonly Effect[] {
  const answer = scene.look.record("answer", key);
  if (answer?.interaction === undefined || answer.standing === "right") return [];
  return mend(scene, key, answer, undefined);
}
