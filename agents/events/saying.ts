import { propose, type Action, type Effect, type Gathering, type Look, type Use, type Words } from "#core";
import { words } from "./words.ts";

/** Discord calls a hundred people in one message at most; more than so many messages would be a flood of our own. */
const CALLED_AT_ONCE = 90;
const MOST_CALLS = 5;

export function act(action: Action, rule: string, why: string): Effect {
  return propose(action, { rule, why, confidence: 1 });
}

/** Seen by whoever asked, alone. */
export function answer(event: Pick<Use, "interaction">, said: Words, rule: string, why: string): Effect {
  const { interaction } = event;
  return act({ verb: "interaction.reply", interaction, words: said, ephemeral: true }, rule, why);
}

export function refusal(event: Pick<Use, "interaction">, text: string): readonly Effect[] {
  return [answer(event, { text }, "event-refused", "what was asked for cannot be done like this")];
}

/** Below the announcement, calling these by name. Where its channel is gone nobody can be told there. */
export function told(
  gathering: Gathering,
  text: string,
  userIds: readonly string[],
  rule: string,
  look: Look,
): readonly Effect[] {
  const { channelId, messageId } = gathering;
  if (look.channel(channelId) === undefined || userIds.length === 0) return [];
  const calls = Array.from({ length: Math.min(MOST_CALLS, Math.ceil(userIds.length / CALLED_AT_ONCE)) }, (_, index) =>
    userIds.slice(index * CALLED_AT_ONCE, (index + 1) * CALLED_AT_ONCE),
  );
  return calls.map((pingUserIds) =>
    act(
      {
        ...{ verb: "message.send", channelId, words: { text, pingUserIds } },
        ...(messageId !== undefined && { replyToMessageId: messageId }),
      },
      rule,
      "whoever goes should know",
    ),
  );
}

/** To the host alone, by direct message. */
export function toHost(gathering: Gathering, text: string, rule: string): Effect {
  return act({ verb: "member.tell", userId: gathering.hostId, words: { text } }, rule, "the host should know");
}

export function stamp(at: number, style: "F" | "f" | "t" | "R" | "D"): string {
  return `<t:${Math.floor(at / 1_000)}:${style}>`;
}

/** "Friday, 27 November 2026 19:00 – 21:00", by the reader's own clock. */
export function span(startsAt: number, endsAt: number): string {
  const isLong = endsAt - startsAt >= 86_400_000;
  return `${stamp(startsAt, "F")} – ${stamp(endsAt, isLong ? "f" : "t")}`;
}

export function repeatText(rule: string, locale: string | undefined): string {
  switch (rule) {
    case "FREQ=DAILY":
      return words.say(locale, "repeat.daily");
    case "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR":
      return words.say(locale, "repeat.weekdays");
    case "FREQ=WEEKLY":
      return words.say(locale, "repeat.weekly");
    case "FREQ=WEEKLY;INTERVAL=2":
      return words.say(locale, "repeat.fortnightly");
    case "FREQ=MONTHLY":
      return words.say(locale, "repeat.monthly");
    case "FREQ=YEARLY":
      return words.say(locale, "repeat.yearly");
    default:
      return `\`${rule}\``;
  }
}
