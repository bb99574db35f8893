import { propose, write, type Effect, type EventOf, type Look, type Member, type RolePanel } from "#core";
import { pressed, type Change } from "./choosing.ts";
import { handed, refusal } from "./handing-out.ts";
import { AGENT, dropped, kept, letter, letterIndex, panelOf, placed, placesIn, reactionsUnder } from "./panel.ts";

type Reaction = EventOf<"reaction.added" | "reaction.removed">;
type Outcome = EventOf<"action.done" | "action.failed">;

const AWAITED = `/${AGENT}/0#0`;

/** A reaction does not say which roles somebody has: they are looked at before anything is changed. */
export function reacted(event: Reaction, look: Look): readonly Effect[] {
  if (event.byBot === true) return [];
  const place = placesIn(look).find(({ messageId }) => messageId === event.messageId);
  const panel = panelOf(place?.number, look);
  if (panel?.style !== "reactions") return [];
  const roleId = panel.roleIds[letterIndex(event.emoji)];
  if (roleId === undefined) return [];
  const { userId } = event;
  const wish = { number: panel.number, roleId, userId, isOn: event.kind === "reaction.added" };
  return [
    propose(
      { verb: "member.look", userId },
      { rule: "selfroles-look", why: "chose a role by a reaction", confidence: 1 },
    ),
    write({ write: "record.put", record: "roleWish", key: event.id, value: wish }),
  ];
}

interface Result {
  readonly messageId?: unknown;
  readonly looked?: unknown;
  readonly gone?: boolean;
  readonly name?: string;
  readonly roleIds?: readonly string[];
}

/** A panel's message is there, or somebody was looked at. */
export function outcome(event: Outcome, look: Look): readonly Effect[] {
  if (!event.orderId.endsWith(AWAITED)) return [];
  const by = event.orderId.slice(0, -AWAITED.length);
  const result = (event.kind === "action.done" ? (event.result ?? {}) : {}) as Result;
  const places = placesIn(look);
  const place = places.find((one) => one.by === by);
  if (place !== undefined) {
    const panel = panelOf(place.number, look);
    if (panel === undefined) return [];
    if (event.kind === "action.failed") return event.outcome === "failed" ? dropped(panel, look) : [];
    return typeof result.messageId === "string" ? posted(panel, result.messageId, look) : [];
  }
  const wish = look.record("roleWish", by);
  if (wish === undefined) return [];
  const granted = write({ write: "record.delete", record: "roleWish", key: by });
  const panel = panelOf(wish.number, look);
  if (panel?.messageId === undefined || result.looked !== wish.userId || result.gone === true) return [granted];
  const { userId } = wish;
  const member: Member = { userId, name: result.name ?? userId, roleIds: result.roleIds ?? [] };
  return [
    granted,
    ...(wish.isOn ? taken(panel, member, wish.roleId, event, look) : givenBack(panel, member, wish.roleId)),
  ];
}

function posted(panel: RolePanel, messageId: string, look: Look): readonly Effect[] {
  const places = placesIn(look).map((one) => (one.number === panel.number ? { ...one, messageId } : one));
  return [
    kept({ ...panel, messageId }),
    placed(places),
    ...(panel.style === "reactions" ? reactionsUnder(panel, messageId) : []),
  ];
}

/** Where it is not allowed, the reaction is taken back: nobody may believe they had the role. */
function taken(panel: RolePanel, member: Member, roleId: string, event: Outcome, look: Look): readonly Effect[] {
  if (member.roleIds.includes(roleId)) return [];
  const change = pressed(panel, member.roleIds, roleId);
  const no = refusal(panel, change, member, event.guildId, undefined, look);
  if (no !== undefined) return [withoutReaction(panel, member, roleId, "is not theirs to choose")];
  const { add, remove } = change as Change;
  return [
    ...handed(panel, add, remove, member),
    ...remove.map((id) => withoutReaction(panel, member, id, "another role took its place")),
  ];
}

function givenBack(panel: RolePanel, member: Member, roleId: string): readonly Effect[] {
  if (!member.roleIds.includes(roleId)) return [];
  const change = pressed(panel, member.roleIds, roleId);
  return "refused" in change ? [] : handed(panel, change.add, change.remove, member);
}

function withoutReaction(panel: RolePanel, { userId }: Member, roleId: string, why: string): Effect {
  const emoji = letter(panel.roleIds.indexOf(roleId));
  const { channelId, messageId = "" } = panel;
  return propose(
    { verb: "reaction.remove", channelId, messageId, emoji, userId },
    { rule: "selfroles-reaction", why, confidence: 1 },
  );
}

/** A panel whose message is gone is none any more. */
export function deleted(event: EventOf<"message.deleted">, look: Look): readonly Effect[] {
  const gone = new Set(event.messageIds);
  const places = placesIn(look);
  const lost = places.filter(({ messageId }) => messageId !== undefined && gone.has(messageId));
  return lost.length === 0
    ? []
    : forgottenPanels(
        lost.map(({ number }) => number),
        look,
      );
}

/** So is one whose channel is gone. */
export function channelGone(event: EventOf<"directory.changed">, look: Look): readonly Effect[] {
  const { change } = event;
  if (change.change !== "channel.gone") return [];
  const lost = placesIn(look).filter(({ number }) => panelOf(number, look)?.channelId === change.channelId);
  return lost.length === 0
    ? []
    : forgottenPanels(
        lost.map(({ number }) => number),
        look,
      );
}

function forgottenPanels(numbers: readonly number[], look: Look): readonly Effect[] {
  return [
    ...numbers.map((number) => write({ write: "record.delete", record: "rolePanel", key: String(number) })),
    placed(placesIn(look).filter(({ number }) => !numbers.includes(number))),
  ];
}
