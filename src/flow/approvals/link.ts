import type { HouseWrite } from "#core";
import type { HouseLook } from "../decide/look.ts";
import type { HouseSays } from "../house/says.ts";
import { change, order, put, show } from "./faces.ts";
import { note, reply, type Said } from "./notes.ts";
import { text } from "./words.ts";

/** A code is good once, for a while, for one guild: `rest` is its hash. */
export function link(event: Said, look: HouseLook): HouseSays {
  const { locale, name: server } = look.guild();
  const invitation = look.record("invitation", event.rest);
  if (invitation === undefined || invitation.expiresAt <= event.at)
    return reply(event, note(look, text(locale, "link.stale")));
  const value = { chatId: event.chatId, by: event.by, at: event.at, before: [] };
  const who = { label: text(locale, "link.who"), value: `${event.name} (${event.by})` };
  const says = reply(event, note(look, text(locale, "link.done", { server }), who), [
    { write: "record.delete", record: "invitation", key: event.rest },
    { write: "record.put", record: "chat", key: "telegram", value },
  ]);
  return { ...says, house: [...says.house, ...moveHere(event, look)] };
}

/** Beyond that `/pending` lists them, and the page has them all. */
const MOST_SHOWN = 50;

/** A guild has one chat: the one it had is told so, and what still waits is shown in the new one. */
function moveHere(event: Said, look: HouseLook): readonly HouseWrite[] {
  const before = look.record("chat", "telegram")?.chatId ?? look.read("choices").telegram?.chatId;
  if (before === undefined || before === event.chatId) return [];
  const { locale, name: server } = look.guild();
  const farewell = note(look, text(locale, "link.moved", { server }));
  const place = { face: "telegram", chatId: before } as const;
  const told = put(order(`say:${event.id}:before`, 0, { verb: "card.show", place, card: farewell }, event));
  const shown = look
    .read("waiting")
    .list.slice(0, MOST_SHOWN)
    .flatMap(({ id }): readonly HouseWrite[] => {
      const approval = look.approval(id);
      if (approval?.progress?.card === undefined) return [];
      const { progress, house } = show(approval, [{ face: "telegram", chatId: event.chatId }], event);
      return [change(approval, progress), ...house];
    });
  return [told, ...shown];
}
