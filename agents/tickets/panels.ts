import { write, type Effect, type EventOf, type Look, type TicketPanel } from "#core";
import { panelOf } from "./card.ts";
import type { Config } from "./config.ts";
import { pointed, unpointed, type Outcome } from "./keeping.ts";
import { answer, post, refusal } from "./saying.ts";
import { words } from "./words.ts";

const RULE = "ticket-panel";
/** Of more, the oldest are not watched any more. */
const MOST_PANELS = 20;

export function postPanel(event: EventOf<"command.used">, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  const given = event.options["channel"];
  const channelId = typeof given === "object" && "channelId" in given ? given.channelId : event.channelId;
  if (look.channel(channelId) === undefined) return refusal(event, words.say(locale, "wrong.channel"));
  const text = words.say(locale, "panel.done", { channel: `<#${channelId}>` });
  return [
    post(channelId, panelOf(config, look.guild().locale), RULE, "whoever manages the guild wants one"),
    pointed(event.id, { number: 0, step: "panel", channelId }),
    answer(event, { text }, { rule: RULE, why: "whoever manages the guild wants one" }),
  ];
}

const panels = (look: Look): readonly TicketPanel[] => look.record("ticketPanels", "all")?.panels ?? [];

function watched(all: readonly TicketPanel[]): Effect {
  return write({ write: "record.put", record: "ticketPanels", key: "all", value: { panels: all.slice(-MOST_PANELS) } });
}

/** From now on it is known where it stands and what it offers. A new one in a channel takes the place of one that is gone. */
export function panelPosted(
  event: Outcome,
  key: string,
  channelId: string,
  look: Look,
  config: Config,
): readonly Effect[] {
  const { messageId } = (event.kind === "action.done" ? (event.result ?? {}) : {}) as { messageId?: unknown };
  if (typeof messageId !== "string") return [unpointed(key)];
  const others = panels(look).filter((panel) => panel.goneAt === undefined || panel.channelId !== channelId);
  return [unpointed(key), watched([...others, { channelId, messageId, typeIds: config.types.map(({ id }) => id) }])];
}

/** Whoever looks for it finds nothing: staff are told, and the doctor knows. */
export function panelDeleted(event: EventOf<"message.deleted">, look: Look, config: Config): readonly Effect[] {
  const all = panels(look);
  const { channelId, messageIds, at } = event;
  const isGone = (panel: TicketPanel) => panel.goneAt === undefined && messageIds.includes(panel.messageId);
  if (!all.some(isGone)) return [];
  const { staffChannelId } = config;
  const isThere = staffChannelId !== undefined && look.channel(staffChannelId) !== undefined;
  const text = words.say(look.guild().locale, "staff.panel", { channel: `<#${channelId}>` });
  return [
    watched(all.map((panel) => (isGone(panel) ? { ...panel, goneAt: at } : panel))),
    ...(isThere ? [post(staffChannelId, { text }, RULE, "nobody can open a ticket there any more")] : []),
  ];
}
