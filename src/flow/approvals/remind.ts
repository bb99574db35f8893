import type { Approval, Card, CardText, EventOf, HouseWrite, Write } from "#core";
import type { HouseLook } from "../decide/look.ts";
import { NOTHING, type HouseSays } from "../house/says.ts";
import { moment } from "./card.ts";
import type { Choices } from "./choices.ts";
import { change, order, placesOf, put, show } from "./faces.ts";
import { titleOf } from "./labels.ts";
import { quietUntil } from "./quiet.ts";
import { type Remind, remindTimer } from "./timers.ts";
import { type Key, say, text } from "./words.ts";

const LISTED = 10;

/** What was put off in quiet hours is one reminder in the morning, of all that was asked until the last of them. */
const EVER = 0;

/** What has waited too long is said in one message, however much it is; each further time the next person is called. */
export function reminded(remind: Remind, event: EventOf<"clock.struck">, look: HouseLook): HouseSays {
  const choices = look.read("choices");
  const chat = look.record("chat", "telegram");
  const later = Math.max(quietUntil(event.at, choices.quietHours) ?? 0, chat?.mutedUntil ?? 0);
  if (later > event.at) return { ...NOTHING, writes: [remindTimer({ ...remind, from: EVER }, later)] };
  const { list, count } = look.read("waiting");
  const isDue = ({ askedAt, expiresAt }: Due): boolean =>
    askedAt >= remind.from && askedAt < remind.to && expiresAt > event.at;
  const due = list.filter(isDue);
  if (due.length === 0) return NOTHING;
  const card = reminder(due, count, remind, choices, look.guild().locale);
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

function reminder(due: readonly Due[], count: number, { level }: Remind, choices: Choices, locale: string): Card {
  const { people, timeZone } = choices;
  const calls = people[level - 1];
  const field = (key: Key, value: CardText) => ({ label: text(locale, key), value });
  const rest =
    due.length > LISTED ? [field("remind.and", say(locale, "remind.more", { count: due.length - LISTED }))] : [];
  return {
    locale,
    ...(timeZone !== undefined && { timeZone }),
    title: text(locale, "remind.title", { count: due.length }),
    fields: [
      ...due.slice(0, LISTED).map((one) => waitingLine(one, locale)),
      ...rest,
      field("remind.all", String(count)),
      ...(level > 1 && calls !== undefined ? [field("remind.calls", calls.name)] : []),
    ],
    evidence: [],
    ...(calls === undefined ? {} : { calls }),
    buttons: [],
  };
}

export function waitingLine({ askedAt, expiresAt, verdict }: Due, locale: string): { label: string; value: CardText } {
  const { action, why } = verdict.proposal;
  const times = { asked: moment(askedAt), until: moment(expiresAt) };
  return { label: titleOf(action, askedAt, locale), value: say(locale, "remind.line", { why, ...times }) };
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
