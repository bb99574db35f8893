import { defineAgent, propose, tally, type Effect, type EventOf, type Look, type SlowLook } from "#core";
import { excerpt } from "#core/text/index";
import { z } from "zod";
import { configSchema, type Config } from "./config.ts";
import { aboutSchema, COUNTERS, isHarmless, shared, spokenTo } from "./rules.ts";
import { words } from "./words.ts";

type Message = EventOf<"message.created">;

const replySchema = z.strictObject({ reply: z.string().min(1).max(600) });
const lineSchema = z.strictObject({ fitting: z.boolean(), line: z.string().max(240) });

export default defineAgent({
  name: "companion",
  description: "Talks when it is spoken to, and encourages where a community asks for it.",
  listens: ["message.created", "message.echoed"],
  config: configSchema,
  counters: COUNTERS,
  verbs: ["message.send"],
  priority: () => "low",

  decide(event, look, config) {
    if (event.kind === "message.echoed") return config.reply.enabled ? [tally("own", event.messageId)] : [];
    if (event.author.bot === true) return [];
    const reply = spokenTo(event, look, config);
    return reply.length > 0 ? reply : shared(event, look, config);
  },

  async consider(event, look, config, about) {
    if (event.kind !== "message.created") return [];
    return aboutSchema.parse(about).ask === "reply" ? reply(event, look, config) : encourage(event, look, config);
  },
});

async function reply(event: Message, look: SlowLook, config: Config): Promise<readonly Effect[]> {
  const { name, locale } = look.guild();
  const answer = await look.ask({
    prompt: "companion/reply",
    variables: { ...basics(event, look, config), guild: name },
    schema: replySchema,
  });
  const text = answer.ok && isHarmless(answer.value.reply) ? answer.value.reply : words.say(locale, "here");
  return [say(event, text, "spoken-to", "the bot was spoken to")];
}

async function encourage(event: Message, look: SlowLook, config: Config): Promise<readonly Effect[]> {
  const answer = await look.ask({
    prompt: "companion/encourage",
    variables: basics(event, look, config),
    schema: lineSchema,
  });
  if (!answer.ok || !answer.value.fitting) return [];
  const line = answer.value.line.trim();
  if (line === "" || !isHarmless(line)) return [];
  return [say(event, line, "something-shared", "a member shared something of their own")];
}

function basics(event: Message, look: Look, config: Config) {
  const { locale } = look.guild();
  return { tone: config.tone, language: locale, message: event.text, author: event.author.name };
}

/** Always an answer to the very message, in its channel: neither the member nor the model can choose another place. */
function say(event: Message, text: string, rule: string, why: string): Effect {
  const { channelId, messageId } = event;
  const action = {
    verb: "message.send",
    channelId,
    words: { text: excerpt(text, 600) },
    replyToMessageId: messageId,
  } as const;
  return propose(action, { rule, why, confidence: 1 });
}
