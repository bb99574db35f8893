import { consider, type Effect, type EventOf, type SlowLook } from "#core";
import { excerpt } from "#core/text/index";
import { z } from "zod";
import { LONGEST_TEXT, LONGEST_TITLE } from "./checking.ts";
import { begun } from "./composing.ts";
import type { Config } from "./config.ts";
import { answer } from "./preview.ts";
import { words } from "./words.ts";

type Used = EventOf<"command.used">;

const draftSchema = z.strictObject({
  title: z.string().min(1).max(LONGEST_TITLE),
  text: z.string().min(1).max(2_000),
});

/** Thought about apart: a model takes its time. */
export function draft(event: Used): readonly Effect[] {
  const topic = event.options["topic"];
  return typeof topic === "string" && topic.trim() !== "" ? [consider({ topic: topic.trim() })] : [];
}

/** A model words it, a person sends it off: what comes back is a draft like any other, and chooses no channel and no time. */
export async function drafted(event: Used, about: unknown, look: SlowLook, config: Config): Promise<readonly Effect[]> {
  const { topic } = z.strictObject({ topic: z.string() }).parse(about);
  const { locale } = event.interaction;
  const { name, locale: language } = look.guild();
  const found = await look.ask({
    prompt: "announcer/draft",
    variables: { tone: config.tone, language, guild: name, topic },
    schema: draftSchema,
  });
  if (!found.ok) {
    const key = found.why === "no-provider" ? "draft.no-model" : "draft.failed";
    return [answer(event, { text: words.say(locale, key) }, "announcement-draft")];
  }
  const { title, text } = found.value;
  const written = {
    title: excerpt(title.trim(), LONGEST_TITLE),
    text: excerpt(text.trim(), LONGEST_TEXT),
    channelIds: [],
  };
  return begun(event, written, look, config, [words.say(locale, "draft.note")]);
}
