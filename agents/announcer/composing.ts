import { parseCustomId, write, type Announcement, type Effect, type EventOf, type Look, type Use } from "#core";
import { excerpt } from "#core/text/index";
import { LONGEST_TEXT, LONGEST_TITLE } from "./checking.ts";
import type { Config } from "./config.ts";
import { added, announcementOf, forgotten, kept } from "./keeping.ts";
import { answer, preview } from "./preview.ts";
import { timingOf } from "./when.ts";
import { words } from "./words.ts";

type Form = EventOf<"modal.submitted">;
type Changing = EventOf<"button.pressed" | "select.chosen">;

/** A number of its own, on the list, shown to its author: nothing is posted by it. */
export function begun(
  event: Use,
  drafted: Omit<Announcement, "number" | "status" | "by" | "locale">,
  look: Look,
  config: Config,
  notes: readonly string[] = [],
): readonly Effect[] {
  const { locale } = event.interaction;
  const { userId, name } = event.by;
  const number = look.total("numbers", "all") + 1;
  const announcement: Announcement = {
    ...{ ...drafted, number, status: "draft", by: { userId, name } },
    ...(locale !== undefined && { locale }),
  };
  return [
    write({ write: "total.add", total: "numbers", key: "all", by: 1 }),
    ...kept(announcement, event.at),
    added(number, look),
    answer(event, preview(announcement, locale, look, config, notes), "announcement-preview"),
  ];
}

/** The form of a new one is here. */
export function compose(event: Form, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  const [pingRoleId = "", crosspost = ""] = parseCustomId(event.customId)?.args ?? [];
  const { fields } = event;
  const text = textOf(fields["text"]);
  const title = textOf(fields["title"]);
  const mistake =
    text === ""
      ? words.say(locale, "wrong.empty")
      : text.length > LONGEST_TEXT
        ? words.say(locale, "wrong.long", { most: LONGEST_TEXT, length: text.length })
        : undefined;
  if (mistake !== undefined) return [answer(event, { text: mistake }, "announcement-refused")];
  const timing = timingOf(askedIn(event), look, config);
  const { notes, ...times } = "mistake" in timing ? { notes: [`⚠️ ${timing.mistake}`] } : timing;
  const drafted = {
    ...{ text, channelIds: listOf(fields["channels"]), ...times },
    ...(title !== "" && { title: excerpt(title, LONGEST_TITLE) }),
    ...(pingRoleId === event.guildId && { pingEveryone: true as const }),
    ...(pingRoleId !== "" && pingRoleId !== event.guildId && { pingRoleId }),
    ...(crosspost === "true" && { crosspost: true as const }),
  };
  return begun(event, drafted, look, config, notes);
}

function askedIn(event: Form) {
  const { at, by, interaction, fields } = event;
  const [chosen = ""] = listOf(fields["repeat"]);
  const rule = textOf(fields["rule"]);
  const repeat = rule === "" ? chosen : rule;
  return { at, userId: by.userId, locale: interaction.locale, when: textOf(fields["when"]), repeat };
}

export function textOf(value: Form["fields"][string] | undefined): string {
  return typeof value === "string" ? value.trim() : "";
}

function listOf(value: Form["fields"][string] | undefined): readonly string[] {
  if (value === undefined || value === "") return [];
  return [...new Set(typeof value === "string" ? [value] : value)];
}

/** The draft somebody holds in their hands; an answer where there is none, or it is another's. */
export function draftFor(event: Use & { readonly customId: string }, look: Look): Announcement | readonly Effect[] {
  const { locale } = event.interaction;
  const announcement = announcementOf(parseCustomId(event.customId)?.args[0], look);
  if (announcement?.status === "draft" && announcement.by.userId === event.by.userId) return announcement;
  const key = announcement?.status === "draft" ? "wrong.author" : "wrong.gone-draft";
  return [answer(event, { text: words.say(locale, key) }, "announcement-refused")];
}

export function isRefused(found: Announcement | readonly Effect[]): found is readonly Effect[] {
  return Array.isArray(found);
}

/** Another choice of channels, with or without cross-posting, or thrown away. */
export function changed(event: Changing, name: string, look: Look, config: Config): readonly Effect[] {
  const found = draftFor(event, look);
  if (isRefused(found)) return found;
  const { locale } = event.interaction;
  if (name === "discard")
    return [
      ...forgotten([found.number], look),
      answer(event, { text: words.say(locale, "discarded") }, "announcement-discarded", true),
    ];
  // Where it is read, it stays.
  if (found.corrects !== undefined) return redrawn(event, found, look, config);
  if (name === "pick" && event.kind === "select.chosen")
    return redrawn(event, { ...found, channelIds: event.values }, look, config);
  const { crosspost, ...without } = found;
  return name === "cross"
    ? redrawn(event, crosspost === true ? without : { ...found, crosspost: true }, look, config)
    : [];
}

function redrawn(
  event: Use,
  announcement: Announcement,
  look: Look,
  config: Config,
  notes: readonly string[] = [],
): readonly Effect[] {
  const said = preview(announcement, event.interaction.locale, look, config, notes);
  return [...kept(announcement, event.at), answer(event, said, "announcement-preview", true)];
}

/** Other words; what is left empty stays as it was. */
export function reworded(event: Form, look: Look, config: Config): readonly Effect[] {
  const found = draftFor(event, look);
  if (isRefused(found)) return found;
  const [title, text] = [textOf(event.fields["title"]), textOf(event.fields["text"])];
  const { picture, ...unpictured } = found;
  const after = {
    ...unpictured,
    ...pictured(textOf(event.fields["picture"]), picture),
    ...(title !== "" && { title: excerpt(title, LONGEST_TITLE) }),
    ...(text !== "" && { text: excerpt(text, LONGEST_TEXT) }),
  };
  return redrawn(event, after, look, config);
}

/** A dash takes it away. */
function pictured(address: string, before: string | undefined): { readonly picture?: string } {
  const after = address === "" ? before : address;
  return after === undefined || after === "-" ? {} : { picture: after };
}

/** Another time; left empty it is posted as soon as it is sent off. What cannot be read leaves the time as it was. */
export function retimed(event: Form, look: Look, config: Config): readonly Effect[] {
  const found = draftFor(event, look);
  if (isRefused(found)) return found;
  if (found.corrects !== undefined) return redrawn(event, found, look, config);
  const timing = timingOf(askedIn(event), look, config);
  if ("mistake" in timing) return redrawn(event, found, look, config, [`⚠️ ${timing.mistake}`]);
  const { at: _at, repeat: _repeat, ...timeless } = found;
  const { notes, ...times } = timing;
  return redrawn(event, { ...timeless, ...times }, look, config, notes);
}
