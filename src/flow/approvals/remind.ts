import type { Approval, Card, EventOf, HouseWrite, Write } from "#core";
import type { HouseLook } from "../decide/look.ts";
import { NOTHING, type HouseSays } from "../house/says.ts";
import { moment, titleOf } from "./card.ts";
import type { Choices } from "./choices.ts";
import { change, order, placesOf, put, show } from "./faces.ts";
import { quietUntil } from "./quiet.ts";
import { type Remind, remindTimer } from "./timers.ts";

const LISTED = 10;

/** What has waited too long is said in one message, however much it is; each further time the next person is called. */
export function reminded(remind: Remind, event: EventOf<"clock.struck">, look: HouseLook): HouseSays {
  const choices = look.read("choices");
  const chat = look.record("chat", "telegram");
  const later = Math.max(quietUntil(event.at, choices.quietHours) ?? 0, chat?.mutedUntil ?? 0);
  if (later > event.at) return { ...NOTHING, writes: [remindTimer(remind, later)] };
  const { list, count } = look.read("waiting");
  const isDue = ({ askedAt, expiresAt }: Due): boolean =>
    askedAt >= remind.from && askedAt < remind.to && expiresAt > event.at;
  const due = list.filter(isDue);
  if (due.length === 0) return NOTHING;
  const card = reminder(due, count, remind, choices);
  const places = placesOf(choices, chat, false);
  const said = places.map((place, index) =>
    put(order(`${event.id}/${index}`, 0, { verb: "card.show", place, card }, event)),
  );
  return { ...NOTHING, house: [...said, ...shownAnew(due, event, look)], writes: next(remind, event, choices) };
}

function next(remind: Remind, event: EventOf<"clock.struck">, choices: Choices): readonly Write[] {
  if (remind.level >= choices.people.length) return [];
  return [remindTimer({ ...remind, level: remind.level + 1 }, event.at + choices.remindAfterSeconds * 1_000)];
}

type Due = Pick<Approval, "id" | "askedAt" | "expiresAt" | "verdict">;

function reminder(due: readonly Due[], count: number, { level }: Remind, { people }: Choices): Card {
  const calls = people[level - 1];
  const rest = due.length > LISTED ? [{ label: "And", value: `${due.length - LISTED} more: /pending lists all` }] : [];
  return {
    title: due.length === 1 ? "One question is still waiting" : `${due.length} questions are still waiting`,
    fields: [
      ...due.slice(0, LISTED).map(waitingLine),
      ...rest,
      { label: "Waiting in all", value: String(count) },
      ...(level > 1 && calls !== undefined ? [{ label: "Nobody answered, so now", value: calls.name }] : []),
    ],
    evidence: [],
    ...(calls === undefined ? {} : { calls }),
    buttons: [],
  };
}

export function waitingLine({ askedAt, expiresAt, verdict }: Due): { label: string; value: string } {
  const { action, why } = verdict.proposal;
  return { label: titleOf(action, askedAt), value: `${why}; asked ${moment(askedAt)}, until ${moment(expiresAt)}` };
}

/** A card that was sent and never confirmed may not be there at all. */
function shownAnew(
  due: readonly { readonly id: string }[],
  event: EventOf<"clock.struck">,
  look: HouseLook,
): HouseWrite[] {
  return due.flatMap(({ id }) => {
    const approval = look.approval(id);
    const lost = approval?.progress?.shown.filter(({ standing }) => standing === "lost") ?? [];
    if (approval?.progress === undefined || lost.length === 0) return [];
    const kept = approval.progress.shown.filter(({ standing }) => standing !== "lost");
    const places = lost.map(({ place }) => place).filter((place) => !kept.some((one) => one.place.face === place.face));
    if (places.length === 0) return [];
    const { progress, house } = show(approval, places.slice(0, 2), event);
    return [change(approval, progress), ...house];
  });
}
