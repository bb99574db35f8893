import { type EventOf, type GuildEvent, markupText, plainText, type Use } from "#core";
import type { HouseLook } from "../decide/look.ts";
import { NOTHING, type HouseSays } from "../house/says.ts";
import { answered } from "./answer.ts";
import type { Answer } from "./ending.ts";
import { heard } from "./commands.ts";
import { expired } from "./expire.ts";
import { order, put } from "./faces.ts";
import { formOn, pressOn } from "./forms.ts";
import { followed } from "./outcome.ts";
import { reminded } from "./remind.ts";
import { shown } from "./show.ts";
import type { Remind } from "./timers.ts";
import { say } from "./words.ts";

/** What the house does about approvals: answers from every face, the clock's part, what came of what was allowed. */
export function approvalsSay(event: GuildEvent, look: HouseLook): HouseSays {
  switch (event.kind) {
    case "approval.answered":
      return answered(fromFace(event, look), look);
    case "button.pressed":
      return pressed(event, look);
    case "modal.submitted":
      return filled(event, look);
    case "clock.struck":
      return struck(event, look);
    case "action.done":
    case "action.failed":
      return { ...NOTHING, house: followed(event, look) };
    case "chat.said":
      return heard(event, look);
    case "chat.moved":
      return moved(event, look);
    case "chat.invited": {
      const { codeHash: key, expiresAt } = event;
      return { ...NOTHING, writes: [{ write: "record.put", record: "invitation", key, value: { expiresAt } }] };
    }
    default:
      return NOTHING;
  }
}

function struck(event: EventOf<"clock.struck">, look: HouseLook): HouseSays {
  const payload = event.payload as { approvalId?: string; show?: string; remind?: Remind };
  if (payload.show !== undefined) return shown(payload.show, event, look);
  if (payload.remind !== undefined) return reminded(payload.remind, event, look);
  return payload.approvalId === undefined ? NOTHING : expired(payload.approvalId, event, look);
}

function fromFace(event: EventOf<"approval.answered">, look: HouseLook): Answer {
  const { approvalId, answer, by, name = by, tap } = event;
  const { note, modification, except, seen, option } = event;
  const { locale } = look.guild();
  return {
    ...{ approvalId, answer, by, name, event, locale },
    ...(event.asAsked === true ? { answer: "as-asked" } : {}),
    ...(option === undefined ? {} : { option }),
    ...(note === undefined ? {} : { note }),
    ...(modification === undefined ? {} : { modification }),
    ...(except === undefined ? {} : { except }),
    ...(seen === undefined ? {} : { seen }),
    tell(words, alert = false) {
      if (tap === undefined) return [];
      const { timeZone = "UTC" } = look.read("choices");
      const action = { verb: "tap.answer" as const, tap, text: plainText(words, { locale, timeZone }), alert };
      return [put(order(`tap:${event.id}`, 0, action, event))];
    },
  };
}

function pressed(event: EventOf<"button.pressed">, look: HouseLook): HouseSays {
  const on = pressOn(event.customId);
  if (on === undefined || event.interaction.expired === true) return NOTHING;
  // The form is open already, and nobody is told anything before it is sent.
  if (on.said === "form") return { ...NOTHING, decides: true };
  return answered({ ...inDiscord(event, look), ...on.said, approvalId: on.approvalId }, look);
}

function filled(event: EventOf<"modal.submitted">, look: HouseLook): HouseSays {
  const on = formOn(event.customId, event.fields);
  if (on === undefined || event.interaction.expired === true) return NOTHING;
  const who = inDiscord(event, look);
  if (on.said.answer !== "unreadable") return answered({ ...who, ...on.said, approvalId: on.approvalId }, look);
  return { ...NOTHING, decides: true, house: who.tell(say(who.locale, "said.length")) };
}

function inDiscord(event: Use, look: HouseLook): Omit<Answer, "approvalId" | "answer"> {
  const { by, byPermissions, interaction } = event;
  return {
    ...{ by: `discord:${by.userId}`, name: by.name, roleIds: by.roleIds, permissions: byPermissions, event },
    locale: interaction.locale ?? look.guild().locale,
    tell(words) {
      // Turning the card over is an answer in itself.
      if (words === "") return [];
      const action = {
        verb: "interaction.reply",
        interaction,
        words: { text: markupText(words) },
        ephemeral: true,
      } as const;
      return [put(order(`tap:${event.id}`, 0, action, event))];
    },
  };
}

function moved({ from, to, at }: EventOf<"chat.moved">, look: HouseLook): HouseSays {
  const chat = look.record("chat", "telegram");
  const chatId = chat?.chatId ?? look.read("choices").telegram?.chatId;
  if (chatId !== from) return NOTHING;
  const value = { ...(chat ?? { at }), chatId: to, before: [...(chat?.before ?? []), from] };
  return { ...NOTHING, writes: [{ write: "record.put", record: "chat", key: "telegram", value }] };
}
