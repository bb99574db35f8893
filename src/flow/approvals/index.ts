import { type EventOf, type GuildEvent, type HouseWrite, readPress } from "#core";
import type { HouseLook } from "../decide/look.ts";
import { NOTHING, type HouseSays } from "../house/says.ts";
import { answered } from "./answer.ts";
import type { Answer } from "./ending.ts";
import { heard } from "./commands.ts";
import { expired } from "./expire.ts";
import { order, put } from "./faces.ts";
import { pressOn } from "./names.ts";
import { followed } from "./outcome.ts";
import { reminded } from "./remind.ts";
import { shown } from "./show.ts";
import type { Remind } from "./timers.ts";

/** What the house does about approvals: answers from every face, the clock's part, what came of what was allowed. */
export function approvalsSay(event: GuildEvent, look: HouseLook): HouseSays {
  switch (event.kind) {
    case "approval.answered":
      return answered(fromFace(event), look);
    case "button.pressed":
      return pressed(event, look);
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

function fromFace(event: EventOf<"approval.answered">): Answer {
  const { approvalId, answer, by, name = by, tap } = event;
  const { note, modification, except, seen } = event;
  return {
    ...{ approvalId, answer, by, name, event },
    ...(event.asAsked === true ? { answer: "as-asked" } : {}),
    ...(event.option === undefined ? {} : { option: event.option }),
    ...(note === undefined ? {} : { note }),
    ...(modification === undefined ? {} : { modification }),
    ...(except === undefined ? {} : { except }),
    ...(seen === undefined ? {} : { seen }),
    tell: (text, alert = false) =>
      tap === undefined ? [] : [put(order(`tap:${event.id}`, 0, { verb: "tap.answer", tap, text, alert }, event))],
  };
}

function pressed(event: EventOf<"button.pressed">, look: HouseLook): HouseSays {
  const on = pressOn(event.customId);
  const press = on === undefined ? undefined : readPress(on.press);
  if (on === undefined || press === undefined || event.interaction.expired === true) return NOTHING;
  const { by, byPermissions, interaction } = event;
  const tell = (text: string): readonly HouseWrite[] => {
    const words = { text: text === "" ? "The card is turned over." : text };
    const action = { verb: "interaction.reply" as const, interaction, words, ephemeral: true };
    return [put(order(`tap:${event.id}`, 0, action, event))];
  };
  const who = { by: `discord:${by.userId}`, name: by.name, roleIds: by.roleIds, permissions: byPermissions };
  return answered({ ...who, ...press, approvalId: on.approvalId, event, tell }, look);
}

function moved({ from, to, at }: EventOf<"chat.moved">, look: HouseLook): HouseSays {
  const chat = look.record("chat", "telegram");
  const chatId = chat?.chatId ?? look.read("choices").telegram?.chatId;
  if (chatId !== from) return NOTHING;
  const value = { ...(chat ?? { at }), chatId: to, before: [...(chat?.before ?? []), from] };
  return { ...NOTHING, writes: [{ write: "record.put", record: "chat", key: "telegram", value }] };
}
