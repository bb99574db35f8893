import type { Effect, EventOf, Gathering, Look, RsvpAnswer, Rsvps, Use } from "#core";
import { cardAnew, REACTIONS } from "./card.ts";
import { gatheringBy, gatheringOf, isOpen, keptRsvps, openGatherings, reminderCleared, rsvpsOf } from "./keeping.ts";
import { answered, forgotten, isIn, type Seated } from "./rsvps.ts";
import { act, answer, refusal, stamp, told } from "./saying.ts";
import { words } from "./words.ts";

const RULE = "event-answer";

/** What follows from an answer for all who see it: the announcement, roles, and whoever has moved up. */
export function seated(gathering: Gathering, before: Rsvps, after: Seated, look: Look): readonly Effect[] {
  const { rsvps, movedUp } = after;
  if (rsvps === before) return [];
  const text = words.say(look.guild().locale, "moved-up", {
    title: gathering.title,
    time: stamp(gathering.startsAt, "F"),
  });
  return [
    keptRsvps(gathering.number, rsvps),
    ...cardAnew(gathering, rsvps, look),
    ...rolesChanged(gathering, before, rsvps),
    ...told(gathering, text, movedUp, "event-moved-up", look),
  ];
}

/** Roles go with answers: whoever is in a list now and was not has it, and the other way round. */
export function rolesChanged({ roleIds }: Gathering, before: Rsvps, after: Rsvps): readonly Effect[] {
  return (["going", "maybe"] as const).flatMap((list) => {
    const roleId = roleIds?.[list];
    if (roleId === undefined) return [];
    const come = after[list].filter((id) => !before[list].includes(id));
    const gone = before[list].filter((id) => !after[list].includes(id));
    return [
      ...come.map((userId) =>
        act({ verb: "role.add", member: bare(userId), roleId }, RULE, "the role comes with the answer"),
      ),
      ...gone.map((userId) =>
        act({ verb: "role.remove", member: bare(userId), roleId }, RULE, "the answer has changed"),
      ),
    ];
  });
}

/** All that is known of somebody in a list. */
const bare = (userId: string) => ({ userId, name: "", roleIds: [] });

export function pressed(event: Use, number: number, said: RsvpAnswer, look: Look): readonly Effect[] {
  const { locale } = event.interaction;
  const gathering = gatheringOf(number, look);
  if (gathering === undefined) return refusal(event, words.say(locale, "wrong.event"));
  if (!isOpen(gathering)) return refusal(event, words.say(locale, "wrong.closed"));
  const { userId } = event.by;
  const before = rsvpsOf(number, look);
  const after = answered(before, userId, said, gathering.capacity);
  const values = {
    title: gathering.title,
    place: after.rsvps.waiting.indexOf(userId) + 1,
    time: stamp(gathering.startsAt, "R"),
  };
  const text = words.say(locale, `answered.${after.placed ?? "no"}`, values);
  return [...seated(gathering, before, after, look), answer(event, { text }, RULE, "a member answers")];
}

const ANSWERS: ReadonlyMap<string, RsvpAnswer> = new Map(
  (Object.keys(REACTIONS) as RsvpAnswer[]).map((answerOf) => [REACTIONS[answerOf], answerOf]),
);

/** Only where an event is announced; taking the reaction of one's answer back takes the answer back. */
export function reacted(event: EventOf<"reaction.added" | "reaction.removed">, look: Look): readonly Effect[] {
  const said = ANSWERS.get(event.emoji);
  if (said === undefined) return [];
  const gathering = gatheringBy(event.messageId, look);
  if (gathering === undefined || !isOpen(gathering) || event.userId === look.guild().botUserId) return [];
  const before = rsvpsOf(gathering.number, look);
  if (event.kind === "reaction.added")
    return seated(gathering, before, answered(before, event.userId, said, gathering.capacity), look);
  return withdrawn(gathering, before, event.userId, said, look);
}

function withdrawn(
  gathering: Gathering,
  before: Rsvps,
  userId: string,
  said: RsvpAnswer,
  look: Look,
): readonly Effect[] {
  const holds = before[said].includes(userId) || (said === "going" && before.waiting.includes(userId));
  return holds ? seated(gathering, before, answered(before, userId, undefined, gathering.capacity), look) : [];
}

/** Interest in Discord's own event is an answer to ours. */
export function interested(
  event: EventOf<"scheduled-event.joined" | "scheduled-event.left">,
  look: Look,
): readonly Effect[] {
  const gathering = gatheringBy(event.scheduledEventId, look);
  if (gathering === undefined || !isOpen(gathering)) return [];
  const before = rsvpsOf(gathering.number, look);
  if (event.kind === "scheduled-event.left") return withdrawn(gathering, before, event.userId, "going", look);
  return seated(gathering, before, answered(before, event.userId, "going", gathering.capacity), look);
}

/** Whoever leaves the guild leaves their place to the next; of whoever is erased nothing stays, in past lists neither. */
export function memberGone(userId: string, look: Look): readonly Effect[] {
  return openGatherings(look).flatMap((gathering) => {
    const before = rsvpsOf(gathering.number, look);
    const isReminded = before.reminders[userId] !== undefined;
    if (!isIn(before, userId) && !isReminded) return [];
    return [
      ...seated({ ...gathering, roleIds: {} }, before, forgotten(before, userId, gathering.capacity), look),
      ...(isReminded ? [reminderCleared(gathering.number, userId)] : []),
    ];
  });
}
