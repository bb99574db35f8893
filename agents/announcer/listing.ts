import { type Choice, type Effect, type EventOf, type Look, type SuggestLook, type Typing } from "#core";
import { excerpt, plain } from "#core/text/index";
import { begun } from "./composing.ts";
import type { Config } from "./config.ts";
import { postedIn } from "./correcting.ts";
import { announcementOf, forgotten, headOf, plannedIn } from "./keeping.ts";
import { answer } from "./preview.ts";
import { timestamp } from "./when.ts";
import { words } from "./words.ts";

type Used = EventOf<"command.used">;

export function list(event: Used, look: Look): readonly Effect[] {
  const { locale } = event.interaction;
  const planned = plannedIn(look).filter((one) => one.status !== "draft" || one.by.userId === event.by.userId);
  const lines = planned
    .toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0))
    .map((one) =>
      words.say(locale, `list.${one.status}`, {
        what: plain(headOf(one)),
        when: one.at === undefined ? words.say(locale, "detail.now") : timestamp(one.at),
        author: `<@${one.by.userId}>`,
        channels: one.channelIds.map((id) => `<#${id}>`).join(" "),
      }),
    );
  const text = lines.length === 0 ? words.say(locale, "list.none") : excerpt(lines.join("\n"), 4_000);
  return [answer(event, { text }, "announcement-list")];
}

/** A copy to work on: the old one stays planned until the new one is sent off, and goes then. */
export function edit(event: Used, look: Look, config: Config): readonly Effect[] {
  const found = announcementOf(event.options["number"], look);
  if (found === undefined) return [unknown(event)];
  const { number, status: _status, by: _by, locale: _locale, replaces: _replaces, ...content } = found;
  const isPast = content.at !== undefined && content.at <= event.at;
  const { at: _at, repeat: _repeat, ...timeless } = content;
  const drafted = { ...(isPast ? timeless : content), replaces: number };
  const note = words.say(event.interaction.locale, "edit.note", { number });
  return begun(event, drafted, look, config, [note]);
}

export function cancel(event: Used, look: Look): readonly Effect[] {
  const found = announcementOf(event.options["number"], look);
  if (found === undefined) return [unknown(event)];
  const text = words.say(event.interaction.locale, "cancelled", { what: plain(headOf(found)) });
  return [...forgotten([found.number], look), answer(event, { text }, "announcement-cancelled")];
}

function unknown(event: Used): Effect {
  return answer(event, { text: words.say(event.interaction.locale, "wrong.number") }, "announcement-refused");
}

export function suggested(look: SuggestLook, { command, partial }: Typing): readonly Choice[] {
  const wanted = partial.trim().toLowerCase();
  return (command === "announce correct" ? postedIn(look) : plannedIn(look))
    .map((one) => ({ name: headOf(one), value: one.number }))
    .filter(({ name }) => name.toLowerCase().includes(wanted));
}
