import {
  voiceBefore,
  write,
  type Effect,
  type EventOf,
  type Gathering,
  type GatheringPlan,
  type Look,
  type Use,
} from "#core";
import { AGENT, cardOf, REACTIONS } from "./card.ts";
import type { Config } from "./config.ts";
import { gatheringBy, isOpen, kept, keptSeries, listed, pointed, rsvpsOf, timersSet, unpointed } from "./keeping.ts";
import { mirrored, mirrorMade } from "./mirroring.ts";
import { NOBODY } from "./rsvps.ts";
import { roomOpened } from "./rooms.ts";
import { act, answer, toHost } from "./saying.ts";
import { words } from "./words.ts";

export type Outcome = EventOf<"action.done" | "action.failed">;

type Origin = Pick<Gathering, "hostId" | "hostName" | "cohostIds" | "series">;

/**
 * A new event: its announcement and its twin are the first two proposals, by which their outcomes are known. `mirror` is an event of
 * Discord's own that is there already.
 */
export function founded(
  event: { readonly id: string; readonly at: number },
  plan: GatheringPlan,
  origin: Origin & { readonly scheduledEventId?: string },
  look: Look,
  config: Config,
): { readonly gathering: Gathering; readonly orders: readonly Effect[]; readonly writes: readonly Effect[] } {
  const { scheduledEventId, ...host } = origin;
  const number = look.total("numbers", "all") + 1;
  const bare: Gathering = { ...plan, ...host, number, status: "planned", createdAt: event.at, sequence: 0 };
  const twin =
    scheduledEventId === undefined
      ? mirrored(bare, look, config)
      : { gathering: { ...bare, mirror: { id: scheduledEventId, sent: [] } }, order: undefined };
  const { gathering } = twin;
  const said = cardOf(gathering, NOBODY, look.guild().locale);
  const post = act(
    { verb: "message.send", channelId: plan.channelId, words: said },
    "event-announced",
    "somebody plans an event",
  );
  return {
    gathering,
    orders: [post, ...(twin.order === undefined ? [] : [twin.order])],
    writes: [
      write({ write: "total.add", total: "numbers", key: "all", by: 1 }),
      kept(gathering),
      pointed(event.id, number),
      ...(scheduledEventId === undefined ? [] : [pointed(scheduledEventId, number)]),
      ...timersSet(gathering, NOBODY, event.at, config),
      ...roomOpened(gathering, look, hostIn(gathering, look)),
    ],
  };
}

function hostIn({ place, hostId }: Gathering, look: Look): Readonly<Record<string, number>> {
  const stay = voiceBefore(look, hostId);
  return place.kind !== "elsewhere" && stay?.channelId === place.channelId ? { [hostId]: stay.since } : {};
}

/** Whoever planned it has seen the preview and wants it. */
export function announced(event: Use, plan: GatheringPlan, look: Look, config: Config): readonly Effect[] {
  const { userId, name } = event.by;
  const number = look.total("numbers", "all") + 1;
  const origin = {
    ...{ hostId: userId, hostName: name, cohostIds: [] },
    ...(plan.rule !== undefined && { series: { number, slot: plan.startsAt } }),
  };
  const { gathering, orders, writes } = founded(event, plan, origin, look, config);
  const { locale } = event.interaction;
  const isAlone = config.mirror && gathering.mirror === undefined;
  const text = [
    words.say(locale, "post.done", { number, channel: `<#${plan.channelId}>` }),
    ...(isAlone ? [words.say(locale, "mirror.full")] : []),
  ].join("\n");
  return [
    ...orders,
    ...writes,
    listed(look, { opened: number }),
    ...(plan.rule === undefined ? [] : [keptSeries(newSeries(gathering, plan, plan.rule))]),
    answer(event, { text }, "event-announced", "somebody plans an event"),
  ];
}

export function newSeries({ number, hostId, hostName, cohostIds }: Gathering, plan: GatheringPlan, rule: string) {
  return {
    ...{ number, rule, firstAt: plan.startsAt, plan, hostId, hostName, cohostIds },
    ...{ skipped: [], open: number, sequence: 0 },
  };
}

/** `<event>/events/<proposal>#<step>`: of a new event the first is the announcement, the second its twin. */
const AWAITED = new RegExp(`^(.+)/${AGENT}/([01])#0$`);

export function outcome(event: Outcome, look: Look, config: Config): readonly Effect[] {
  const [, key, which] = AWAITED.exec(event.orderId) ?? [];
  if (key === undefined) return [];
  const gathering = gatheringBy(key, look);
  if (gathering === undefined) return [];
  const isOther = which === "0" ? gathering.mirror?.id !== undefined : gathering.messageId !== undefined;
  const rest = isOther || gathering.mirror === undefined ? [unpointed(key)] : [];
  return [
    ...(which === "0" ? cardOutcome(event, gathering, look, config) : mirrorOutcome(event, gathering, look)),
    ...rest,
  ];
}

function cardOutcome(event: Outcome, gathering: Gathering, look: Look, config: Config): readonly Effect[] {
  const { number, title, channelId } = gathering;
  const { messageId } = (event.kind === "action.done" ? (event.result ?? {}) : {}) as { readonly messageId?: unknown };
  if (typeof messageId !== "string") {
    const text = words.say(look.guild().locale, "post.failed", { number, title, channel: `<#${channelId}>` });
    return isOpen(gathering) ? [toHost(gathering, text, "event-announced")] : [];
  }
  const posted = { ...gathering, messageId };
  const rsvps = rsvpsOf(number, look);
  const said = cardOf(posted, rsvps, look.guild().locale);
  const reactions = config.reactions && isOpen(gathering) ? Object.values(REACTIONS) : [];
  const isAnswered = [rsvps.going, rsvps.maybe, rsvps.no].some((ids) => ids.length > 0);
  const changed = gathering.sequence > 0 || isAnswered || !isOpen(gathering);
  return [
    kept(posted),
    pointed(messageId, number),
    ...(changed
      ? [act({ verb: "message.edit", channelId, messageId, words: said }, "event-card", "it was changed meanwhile")]
      : []),
    ...reactions.map((emoji) =>
      act({ verb: "reaction.add", channelId, messageId, emoji }, "event-card", "members may answer by reactions"),
    ),
  ];
}

function mirrorOutcome(event: Outcome, gathering: Gathering, look: Look): readonly Effect[] {
  if (event.kind === "action.failed") {
    const { number, title } = gathering;
    const text = words.say(look.guild().locale, "mirror.failed", { number, title, why: event.why });
    return [kept({ ...gathering, mirror: { sent: [], failed: event.why } }), toHost(gathering, text, "event-mirror")];
  }
  const { scheduledEventId } = (event.result ?? {}) as { readonly scheduledEventId?: unknown };
  if (typeof scheduledEventId !== "string") return [];
  const made = mirrorMade(gathering, scheduledEventId);
  return [kept(made.gathering), pointed(scheduledEventId, gathering.number), ...made.orders];
}
