import { type Effect, type EventOf, type Look, parseCustomId, passageId, propose, type SlowLook, write } from "#core";
import type { Config } from "./config.ts";
import { unanswered } from "./gaps.ts";
import { jumpLink, plainTitle } from "./rendering.ts";
import { dontKnow, tell } from "./replies.ts";
import { words } from "./words.ts";

type Press = EventOf<"button.pressed">;

/** Which answer a button belongs to: the id of the event that asked. */
export function keyOf(event: Press): string {
  return parseCustomId(event.customId)?.args[0] ?? "";
}

/** One voice for each member and answer; what it is worth is counted for each passage the answer rests on. */
export function judged(event: Press, look: Look, total: "helpful" | "unhelpful"): readonly Effect[] {
  const { locale } = event.interaction;
  const key = keyOf(event);
  const answer = look.record("answer", key);
  if (answer === undefined) return [tell(event, words.say(locale, "feedback.old"), "answer-judged")];
  const voice = `faq/voice/${key}/${event.by.userId}`;
  if (look.record("note", voice) !== undefined)
    return [tell(event, words.say(locale, "feedback.twice"), "answer-judged")];
  return [
    write({ write: "record.put", record: "note", key: voice, value: { text: total, at: event.at } }),
    ...answer.cites.map(({ sourceId, part }) =>
      write({ write: "total.add", total, key: passageId({ source: { id: sourceId }, part }), by: 1 }),
    ),
    tell(event, words.say(locale, `feedback.${total}`), "answer-judged"),
  ];
}

/** An answer that was none is a question nobody has answered. */
export async function judgedUnhelpful(event: Press, look: SlowLook): Promise<readonly Effect[]> {
  const answer = look.record("answer", keyOf(event));
  if (answer === undefined) return [];
  const { id: eventId, at, channelId } = event;
  return unanswered({ eventId, text: answer.question, userId: event.by.userId, channelId, at }, look);
}

/** Staff are told where somebody waits for them, and whoever waits that they were told. */
export function wantsHuman(event: Press, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  if (config.staffChannelId === undefined) return [tell(event, dontKnow(locale ?? "en", config), "human-wanted")];
  const { locale: own } = look.guild();
  const question = look.record("answer", keyOf(event))?.question ?? "";
  const link = jumpLink(event.guildId, event.channelId, event.messageId);
  const said = words.say(own, "human.staff", {
    name: plainTitle(event.by.name, 40),
    link,
    question: plainTitle(question, 200),
  });
  const action = { verb: "message.send", channelId: config.staffChannelId, words: { text: said } } as const;
  return [
    propose(action, { rule: "human-wanted", why: "a member asks for a human", confidence: 1 }),
    tell(event, words.say(locale, "human.told"), "human-wanted"),
  ];
}
