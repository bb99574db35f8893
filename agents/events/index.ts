import {
  defineAgent,
  isUse,
  parseCustomId,
  RSVP_ANSWERS,
  type Choice,
  type Effect,
  type EventOf,
  type Look,
  type Use,
} from "#core";
import { zoneNames } from "#core/calendar/index";
import { excerpt } from "#core/text/index";
import { interested, memberGone, pressed, reacted } from "./answering.ts";
import { AGENT } from "./card.ts";
import { cancel, cohost, edit, remind } from "./changing.ts";
import { BUTTONS, COMMANDS, MODALS, REPEAT_CHOICES } from "./commands.ts";
import { configSchema, type Config } from "./config.ts";
import { begun, draftButton, extended, wishOfCommand, wishOfForm, zoneChosen } from "./drafting.ts";
import { gatheringOf, openGatherings } from "./keeping.ts";
import { outcome } from "./posting.ts";
import { moved, roomsAnew } from "./rooms.ts";
import { refusal } from "./saying.ts";
import { attendance, calendar, exported, file, list, show } from "./showing.ts";
import { struck } from "./striking.ts";
import { channelGone, twinHeard } from "./twins.ts";
import { words } from "./words.ts";

export default defineAgent({
  name: AGENT,
  description: "Plans what members come together for: who comes, who waits, when it begins, and when it is again.",
  listens: [
    ...(["command.used", "button.pressed", "select.chosen", "modal.submitted", "clock.struck"] as const),
    ...(["action.done", "action.failed", "reaction.added", "reaction.removed"] as const),
    ...(["scheduled-event.created", "scheduled-event.updated", "scheduled-event.deleted"] as const),
    ...(["scheduled-event.joined", "scheduled-event.left", "voice.changed", "voice.left"] as const),
    ...(["guild.available", "directory.changed", "member.left", "member.erased"] as const),
  ],
  config: configSchema,
  commands: COMMANDS,
  buttons: BUTTONS,
  modals: MODALS,
  verbs: [
    ...(["message.send", "message.edit", "reaction.add", "interaction.reply", "member.tell"] as const),
    ...([
      "role.add",
      "role.remove",
      "scheduled-event.create",
      "scheduled-event.edit",
      "scheduled-event.cancel",
    ] as const),
  ],
  priority: (event) => (isUse(event) ? "high" : "medium"),
  suggest: (look, { option, partial }) => {
    if (option === "zone") return zones(partial);
    return option === "repeat" ? repeats(partial) : numbers(partial, look);
  },
  decide(event, look, config) {
    if (isUse(event)) return used(event, look, config);
    switch (event.kind) {
      case "clock.struck":
        return struck(event, look, config);
      case "action.done":
      case "action.failed":
        return outcome(event, look, config);
      case "reaction.added":
      case "reaction.removed":
        return reacted(event, look);
      case "scheduled-event.created":
      case "scheduled-event.updated":
      case "scheduled-event.deleted":
        return twinHeard(event, look, config);
      case "scheduled-event.joined":
      case "scheduled-event.left":
        return interested(event, look);
      case "voice.changed":
      case "voice.left":
        return moved(event, look);
      case "guild.available":
        return roomsAnew(event, look);
      case "directory.changed":
        return event.change.change === "channel.gone" ? channelGone(event.change.channelId, look) : [];
      case "member.left":
      case "member.erased":
        return memberGone(event.userId, look);
    }
  },
});

function used(event: Use, look: Look, config: Config): readonly Effect[] {
  if (event.kind === "command.used") return byCommand(event, look, config);
  const id = parseCustomId(event.customId);
  if (id?.agent !== AGENT) return [];
  if (event.kind === "modal.submitted")
    return id.name === "create" ? begun(event, wishOfForm(event.fields), look, config) : extended(event, look, config);
  if (event.kind === "select.chosen") return zoneChosen(event, event.values[0] ?? "", look, config);
  const answer = RSVP_ANSWERS.find((one) => one === id.name);
  if (answer !== undefined) return pressed(event, Number(id.args[0]), answer, look);
  if (id.name === "file") return file(event, Number(id.args[0]), look);
  return id.name === "post" || id.name === "drop" ? draftButton(event, id.name, look, config) : [];
}

function byCommand(event: EventOf<"command.used">, look: Look, config: Config): readonly Effect[] {
  switch (event.command) {
    case "event plan":
      return begun(event, wishOfCommand(event), look, config);
    case "event list":
      return list(event, look);
    case "event timezone":
      return zoneChosen(event, String(event.options["zone"] ?? ""), look, config);
    case "event calendar":
      return calendar(event, look);
    default:
      return event.command.startsWith("event ") ? aboutOne(event, look, config) : [];
  }
}

function aboutOne(event: EventOf<"command.used">, look: Look, config: Config): readonly Effect[] {
  const gathering = gatheringOf(Number(event.options["number"]), look);
  if (gathering === undefined) return refusal(event, words.say(event.interaction.locale, "wrong.event"));
  switch (event.command) {
    case "event show":
      return show(event, gathering, look);
    case "event edit":
      return edit(event, gathering, look, config);
    case "event cancel":
      return cancel(event, gathering, look, config);
    case "event cohost":
      return cohost(event, gathering, look);
    case "event attendance":
      return attendance(event, gathering, look);
    case "event export":
      return exported(event, gathering, look);
    case "event remind":
      return remind(event, gathering, look);
    default:
      return [];
  }
}

const found = (text: string, partial: string): boolean =>
  text.toLowerCase().replaceAll("_", " ").includes(partial.trim().toLowerCase().replaceAll("_", " "));

function zones(partial: string): readonly Choice[] {
  return zoneNames()
    .filter((zone) => found(zone, partial))
    .map((zone) => ({ name: zone.replaceAll("_", " "), value: zone }));
}

/** Words in every language, and what is typed already, which may be an RRULE. */
function repeats(partial: string): readonly Choice[] {
  const fitting = REPEAT_CHOICES.filter(({ name }) =>
    typeof name === "string" ? found(name, partial) : Object.values(name).some((text) => found(text, partial)),
  );
  return partial.trim().length > 4 && fitting.length === 0 ? [{ name: partial, value: partial }] : fitting;
}

function numbers(partial: string, look: Look): readonly Choice[] {
  return openGatherings(look).flatMap(({ number, title }) => {
    const name = excerpt(`#${number} · ${title}`, 100);
    return found(name, partial) ? [{ name, value: number }] : [];
  });
}
