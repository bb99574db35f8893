import { parseCustomId, propose, type Effect, type EventOf, type Look, type RolePanel } from "#core";
import type { Config } from "./config.ts";
import { kept, panelOf, reactionsUnder, wordsOf } from "./panel.ts";
import { answer } from "./saying.ts";
import { formOf, mistakesIn } from "./setting-up.ts";
import { words } from "./words.ts";

type Form = EventOf<"modal.submitted">;

/** A dash takes the text away. */
const NOTHING = "-";

/** The same message with what the form says; what it leaves empty stays as it was, and members keep what they chose. */
export function change(event: Form, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  const before = panelOf(Number(parseCustomId(event.customId)?.args[0]), look);
  if (before?.messageId === undefined) return [answer(event, words.say(locale, "wrong.panel"), "selfroles-refused")];
  const { messageId, channelId, number, style } = before;
  const after = changed(before, event);
  const mistakes = [
    ...mistakesIn(after, event, look, config),
    ...(style === "reactions" && before.roleIds.some((id) => !after.roleIds.includes(id))
      ? [words.say(locale, "wrong.letters")]
      : []),
  ];
  if (mistakes.length > 0) return [answer(event, mistakes.join("\n"), "selfroles-refused")];
  return [
    propose(
      { verb: "message.edit", channelId, messageId, words: wordsOf(after, look) },
      { rule: "selfroles-change", why: "was asked for", confidence: 1, onBehalfOf: event.by.userId },
    ),
    kept(after),
    ...(style === "reactions" ? reactionsUnder(after, messageId).slice(before.roleIds.length) : []),
    answer(event, words.say(locale, "change.done", { number, channel: `<#${channelId}>` }), "selfroles-change"),
  ];
}

/** Roles that are there already keep their place: under reactions their letter stands for them. */
function changed(before: RolePanel, event: Form): RolePanel {
  const { title, text, roleIds, rule } = formOf(event);
  const { text: said, most, ...rest } = before;
  const wanted = roleIds.length === 0 ? before.roleIds : roleIds;
  const stays = before.roleIds.filter((id) => wanted.includes(id));
  const written = text === "" ? said : text;
  return {
    ...rest,
    ...(title !== "" && { title }),
    ...(written !== undefined && written !== NOTHING && { text: written }),
    roleIds: [...stays, ...wanted.filter((id) => !stays.includes(id))],
    ...(rule ?? { rule: before.rule, ...(most !== undefined && { most }) }),
  };
}
