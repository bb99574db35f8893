import { TICKET_PRIORITIES, type Effect, type EventOf, type Look, type Ticket } from "#core";
import { cardAnew } from "./card.ts";
import { closedBy } from "./closing.ts";
import type { Config } from "./config.ts";
import { clocked, dueTimer } from "./deadlines.ts";
import { kept, ticketOf } from "./keeping.ts";
import { answer, post, refusal } from "./saying.ts";
import { isStaff } from "./staff.ts";
import { silenceTimer } from "./waiting.ts";
import { words } from "./words.ts";

type Used = EventOf<"command.used">;

const MERGE = { rule: "ticket-merge", why: "two tickets are about the same" } as const;

/** One of two tickets of a member's ends, and goes on in the other; each thread leads to the other's. */
export function merge(event: Used, from: Ticket, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  const given = event.options["into"];
  const into = ticketOf(typeof given === "number" ? given : undefined, look);
  const wrong = hindrance(event, from, into, look, config);
  if (into === undefined || wrong !== undefined) return refusal(event, words.say(locale, wrong ?? "wrong.ticket"));
  const closed = { at: event.at, how: "merged", into: into.number, byUserId: event.by.userId } as const;
  const after = clocked(joined(into, from), event.at, config);
  const link = linkOf(from);
  return [
    ...closedBy(from, closed, look, config),
    kept(after),
    silenceTimer(after, config),
    ...dueTimer(after, config),
    ...cardAnew(after, look, config),
    ...(into.threadId === undefined
      ? []
      : [
          post(
            into.threadId,
            { text: words.say(look.guild().locale, "merged.here", { number: from.number, link }) },
            MERGE.rule,
            MERGE.why,
          ),
        ]),
    answer(event, { text: words.say(locale, "merge.done", { number: from.number, link: linkOf(into) }) }, MERGE),
  ];
}

function hindrance(event: Used, from: Ticket, into: Ticket | undefined, look: Look, config: Config) {
  if (into === undefined) return "wrong.ticket";
  if (into.number === from.number) return "wrong.merge-itself";
  if (!isStaff(event.by, into.typeId, look, config)) return "wrong.staff";
  if (into.userId !== from.userId) return "wrong.merge-others";
  return into.status === "open" ? undefined : "wrong.merge-closed";
}

/** What is kept of both: the more urgent, whoever waits for staff, and all that staff wrote. */
function joined(into: Ticket, from: Ticket): Ticket {
  const rank = ({ priority }: Ticket) => TICKET_PRIORITIES.indexOf(priority);
  const tags = [...new Set([...(into.tags ?? []), ...(from.tags ?? [])])].slice(0, 10);
  const notes = [...(into.notes ?? []), ...(from.notes ?? [])].sort((a, b) => a.at - b.at).slice(-50);
  const { warnedAt: _past, ...lasting } = into;
  const turn =
    into.waitsFor === "member" && from.waitsFor === "staff"
      ? ({ ...lasting, waitsFor: "staff", lastAt: from.lastAt, reminders: 0 } as const)
      : into;
  return {
    ...turn,
    priority: rank(from) > rank(into) ? from.priority : into.priority,
    ...(tags.length > 0 && { tags }),
    ...(notes.length > 0 && { notes }),
  };
}

export function linkOf({ number, threadId }: Ticket): string {
  return threadId === undefined ? `#${number}` : `<#${threadId}>`;
}
