import { type Effect, type EventOf, passageId, propose, type SlowLook, write } from "#core";
import type { Config } from "./config.ts";
import { keyOf } from "./feedback.ts";
import { cited } from "./mending.ts";
import { answerButtons, withSources } from "./rendering.ts";
import { tell } from "./replies.ts";
import { words } from "./words.ts";

/** Staff send what was suggested: its sources as they are now, word for word, to whoever asked. */
export async function sendSuggested(
  event: EventOf<"button.pressed">,
  look: SlowLook,
  config: Config,
): Promise<readonly Effect[]> {
  const { locale: own } = event.interaction;
  const suggested = look.record("answer", keyOf(event));
  const say = (key: "send.gone" | "send.done"): Effect => tell(event, words.say(own, key), "suggestion-sent");
  if (suggested?.asked === undefined || suggested.standing === "withdrawn") return [say("send.gone")];
  const wanted = new Set(suggested.cites.map(({ sourceId, part }) => passageId({ source: { id: sourceId }, part })));
  const sourceIds = suggested.cites.map(({ sourceId }) => sourceId);
  const held = await look.passages({ of: "knowledge", sourceIds, limit: 500 });
  const cites = held.filter((passage) => wanted.has(passageId(passage)));
  if (cites.length < wanted.size) return [say("send.gone")];
  const { asked, locale, question } = suggested;
  const value = { ...suggested, question, at: event.at, standing: "right" as const };
  const { place: _there, ...kept } = value;
  const text = withSources(event.guildId, cites.map((passage) => passage.text).join("\n\n"), cites, locale);
  const said = { text, components: answerButtons(event.id, locale, config) };
  const { channelId, messageId: replyToMessageId } = asked;
  const action = { verb: "message.send", channelId, replyToMessageId, words: said } as const;
  return [
    write({ write: "record.put", record: "answer", key: event.id, value: kept }),
    ...cited(look, event.id, sourceIds),
    propose(action, { rule: "suggestion-sent", why: `${event.by.name} sent a suggested answer`, confidence: 1 }),
    say("send.done"),
  ];
}
