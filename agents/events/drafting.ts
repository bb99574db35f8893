import {
  customId,
  write,
  type ChannelValue,
  type Effect,
  type EventOf,
  type GatheringWish,
  type Look,
  type Row,
  type Use,
} from "#core";
import { zoneNamed } from "#core/calendar/index";
import { plain } from "#core/text/index";
import { AGENT, button, placeText } from "./card.ts";
import { ZONE_CHOICES } from "./commands.ts";
import type { Config } from "./config.ts";
import { openGatherings } from "./keeping.ts";
import { may, planned } from "./planning.ts";
import { announced } from "./posting.ts";
import { answer, refusal, repeatText, span, stamp } from "./saying.ts";
import { words } from "./words.ts";

/** Where it is announced may be left to the guild. */
type Wish = Omit<GatheringWish, "announceId"> & { readonly announceId?: string };
type Draft = { readonly at: number; readonly wish: GatheringWish };
/** Whoever comes back later than this begins anew: "tomorrow" was meant as it was said. */
const PATIENCE_MS = 3_600_000;

export function zoneOf(userId: string, look: Look): string | undefined {
  return look.record("zone", userId)?.zone;
}

/** The form, or the command with everything in it: a preview for whoever wrote it, once their zone is known. */
export function begun(event: Use, wish: Wish, look: Look, config: Config): readonly Effect[] {
  const hindered = hindrance(event, look, config);
  if (hindered !== undefined) return refusal(event, hindered);
  const announceId = config.channelId ?? event.channelId;
  const draft = { at: event.at, wish: { announceId, ...wish } };
  return shown(event, draft, zoneOf(event.by.userId, look), look, config);
}

function hindrance(event: Use, look: Look, config: Config): string | undefined {
  const { locale } = event.interaction;
  const { userId, roleIds } = event.by;
  const allowed = may(event, "CREATE_EVENTS") || may(event, "MANAGE_EVENTS");
  if (!allowed && !config.createRoleIds.some((id) => roleIds.includes(id))) return words.say(locale, "wrong.rights");
  const open = openGatherings(look);
  if (open.length >= config.mostOpen) return words.say(locale, "wrong.many", { count: config.mostOpen });
  const own = open.filter(({ hostId }) => hostId === userId).length;
  return own >= config.mostPerMember ? words.say(locale, "wrong.many-own", { count: config.mostPerMember }) : undefined;
}

/** A preview that nobody else sees. Nothing is kept of what cannot be announced. */
function shown(event: Use, draft: Draft, zone: string | undefined, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  const { wish } = draft;
  if ((wish.goingRoleId !== undefined || wish.maybeRoleId !== undefined) && !may(event, "MANAGE_ROLES"))
    return refusal(event, words.say(locale, "wrong.role-rights"));
  if (zone === undefined) return [keptDraft(event, draft), askZone(event)];
  const found = planned(wish, { at: draft.at, zone, locale }, look, config);
  if ("mistake" in found) return refusal(event, found.mistake);
  const { plan, notes } = found;
  const text = [
    `**${plain(plan.title)}**`,
    ...(plan.about === undefined ? [] : [plain(plan.about)]),
    words.say(locale, "card.when", { span: span(plan.startsAt, plan.endsAt), left: stamp(plan.startsAt, "R") }),
    words.say(locale, "card.where", { place: placeText(plan.place) }),
    ...(plan.capacity === undefined ? [] : [words.say(locale, "preview.capacity", { count: plan.capacity })]),
    ...(plan.rule === undefined ? [] : [words.say(locale, "card.repeats", { rule: repeatText(plan.rule, locale) })]),
    ...notes,
    "",
    words.say(locale, "preview.ask", { channel: `<#${plan.channelId}>`, zone }),
  ].join("\n");
  return [
    keptDraft(event, draft),
    answer(event, { text, components: [previewRow(locale)] }, "event-preview", "somebody plans an event"),
  ];
}

function previewRow(locale: string | undefined): Row {
  return [
    button("post", words.say(locale, "preview.post"), "success"),
    button("more", words.say(locale, "preview.more"), "secondary"),
    button("drop", words.say(locale, "preview.drop"), "secondary"),
  ];
}

function keptDraft(event: Use, draft: Draft): Effect {
  return write({ write: "record.put", record: "gatheringDraft", key: event.by.userId, value: draft });
}

function dropped(userId: string): Effect {
  return write({ write: "record.delete", record: "gatheringDraft", key: userId });
}

function askZone(event: Use): Effect {
  const { locale } = event.interaction;
  const row: Row = [
    {
      ...{ component: "select", of: "text", customId: customId(AGENT, "zone") },
      placeholder: words.say(locale, "zone.choose"),
      choices: ZONE_CHOICES.map((zone) => ({ label: zone.replaceAll("_", " "), value: zone })),
    },
  ];
  return answer(
    event,
    { text: words.say(locale, "zone.ask"), components: [row] },
    "event-zone",
    "their zone is not known",
  );
}

/** Said once and kept. Whoever is about to announce something sees it by these clocks at once. */
export function zoneChosen(event: Use, said: string, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  const zone = zoneNamed(said);
  if (zone === undefined) return refusal(event, words.say(locale, "wrong.zone"));
  const { userId } = event.by;
  const keeping = write({ write: "record.put", record: "zone", key: userId, value: { zone } });
  const draft = draftOf(event, look);
  if (draft !== undefined && zoneOf(userId, look) === undefined)
    return [keeping, ...shown(event, draft, zone, look, config)];
  return [
    keeping,
    answer(
      event,
      { text: words.say(locale, "zone.done", { zone, time: stamp(event.at, "t") }) },
      "event-zone",
      "they named it",
    ),
  ];
}

function draftOf(event: Use, look: Look): Draft | undefined {
  const draft = look.record("gatheringDraft", event.by.userId);
  return draft === undefined || draft.at < event.at - PATIENCE_MS ? undefined : draft;
}

export function draftButton(event: Use, name: string, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  const draft = draftOf(event, look);
  if (draft === undefined) return refusal(event, words.say(locale, "wrong.draft"));
  const { userId } = event.by;
  if (name === "drop")
    return [
      dropped(userId),
      answer(event, { text: words.say(locale, "preview.dropped") }, "event-preview", "they dropped it"),
    ];
  const hindered = hindrance(event, look, config);
  if (hindered !== undefined) return refusal(event, hindered);
  const reading = { at: draft.at, zone: zoneOf(userId, look) ?? config.timeZone, locale };
  const found = planned(draft.wish, reading, look, config);
  if ("mistake" in found) return refusal(event, found.mistake);
  const { startsAt } = found.plan;
  if (startsAt <= event.at)
    return refusal(event, words.say(locale, "wrong.when.past", { said: draft.wish.when, time: stamp(startsAt, "F") }));
  return [...announced(event, found.plan, look, config), dropped(userId)];
}

/** The second form adds to the first, and takes nothing away. */
export function extended(event: EventOf<"modal.submitted">, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  const draft = draftOf(event, look);
  if (draft === undefined) return refusal(event, words.say(locale, "wrong.draft"));
  const wish = { ...draft.wish, ...moreOf(event.fields) };
  return shown(event, { ...draft, wish }, zoneOf(event.by.userId, look), look, config);
}

type Fields = EventOf<"modal.submitted">["fields"];

function textOf(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === "string" ? value : (value?.[0] ?? "");
}

function given<K extends string>(values: Readonly<Record<K, string>>): Partial<Record<K, string>> {
  return Object.fromEntries(Object.entries<string>(values).filter(([, value]) => value.trim() !== "")) as Partial<
    Record<K, string>
  >;
}

function moreOf(fields: Fields): Partial<GatheringWish> {
  return given({
    ...{ duration: textOf(fields, "duration"), capacity: textOf(fields, "capacity"), repeat: textOf(fields, "repeat") },
    ...{ goingRoleId: textOf(fields, "going"), maybeRoleId: textOf(fields, "maybe") },
  });
}

export function wishOfForm(fields: Fields): Wish {
  const more = given({
    ...{ placeId: textOf(fields, "channel"), location: textOf(fields, "location"), about: textOf(fields, "about") },
  });
  return { title: textOf(fields, "title"), when: textOf(fields, "when"), ...more };
}

export function wishOfCommand({ options }: EventOf<"command.used">): Wish {
  const text = (name: string): string => {
    const value = options[name];
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
  };
  const channel = (name: string): string => (options[name] as ChannelValue | undefined)?.channelId ?? "";
  const role = (options["role"] as { readonly roleId?: string } | undefined)?.roleId ?? "";
  const more = given({
    ...{ placeId: channel("channel"), location: text("location"), about: text("about"), duration: text("duration") },
    ...{ capacity: text("capacity"), repeat: text("repeat"), goingRoleId: role, announceId: channel("announce") },
  });
  return { title: text("title"), when: text("when"), ...more };
}
