import {
  customId,
  propose,
  write,
  type Effect,
  type Look,
  type RolePanel,
  type RolePanelPlace,
  type Row,
  type Words,
} from "#core";
import { plain } from "#core/text/index";
import { words } from "./words.ts";

export const AGENT = "selfroles";

export function panelOf(number: number | undefined, look: Look): RolePanel | undefined {
  return number === undefined ? undefined : look.record("rolePanel", String(number));
}

export function placesIn(look: Look): readonly RolePanelPlace[] {
  return look.record("rolePanels", "all")?.places ?? [];
}

export function placed(places: readonly RolePanelPlace[]): Effect {
  return write({ write: "record.put", record: "rolePanels", key: "all", value: { places } });
}

export function kept(panel: RolePanel): Effect {
  return write({ write: "record.put", record: "rolePanel", key: String(panel.number), value: panel });
}

/** It is none any more. What members got by it stays theirs. */
export function dropped({ number }: Pick<RolePanel, "number">, look: Look): readonly Effect[] {
  return [
    write({ write: "record.delete", record: "rolePanel", key: String(number) }),
    placed(placesIn(look).filter((place) => place.number !== number)),
  ];
}

/** As it stands in its channel, in the guild's language. Roles are named, nobody is called. */
export function wordsOf(panel: RolePanel, look: Look): Words {
  const { locale } = look.guild();
  const lines = [
    ...(panel.text === undefined ? [] : [panel.text, ""]),
    ...(panel.style === "reactions" ? panel.roleIds.map((id, index) => `${letter(index)} <@&${id}>`) : []),
    words.say(locale, panel.rule === "most" ? "rule.most" : panel.rule === "one" ? "rule.one" : "rule.any", {
      count: panel.most ?? 1,
    }),
    ...(panel.requiredRoleId === undefined
      ? []
      : [words.say(locale, "rule.required", { role: `<@&${panel.requiredRoleId}>` })]),
  ];
  const rows = rowsOf(panel, look);
  return { title: panel.title, text: lines.join("\n"), ...(rows.length > 0 && { components: rows }) };
}

const IN_A_ROW = 5;

function rowsOf(panel: RolePanel, look: Look): readonly Row[] {
  const { number, roleIds, rule, most, style } = panel;
  if (style === "reactions") return [];
  const nameOf = (id: string): string => look.role(id)?.name ?? id;
  if (style === "select") {
    const choices = roleIds.map((id) => ({ label: nameOf(id), value: id }));
    const atMost = rule === "one" ? 1 : rule === "most" ? Math.min(most ?? 1, roleIds.length) : roleIds.length;
    const placeholder = words.say(look.guild().locale, "panel.choose");
    const id = customId(AGENT, "pick", String(number));
    const atLeast = rule === "one" ? 1 : 0;
    return [[{ component: "select", of: "text", customId: id, choices, placeholder, atLeast, atMost }]];
  }
  const buttons = roleIds.map((id) => ({
    ...{ component: "button", customId: customId(AGENT, "toggle", String(number), id), label: nameOf(id) },
    style: "secondary",
  })) as Row;
  return Array.from({ length: Math.ceil(buttons.length / IN_A_ROW) }, (_, row) =>
    buttons.slice(row * IN_A_ROW, (row + 1) * IN_A_ROW),
  );
}

const FIRST_LETTER = 0x1f1e6;

/** The emoji 🇦, 🇧, 🇨 … by which a role of the panel is chosen. */
export function letter(index: number): string {
  return String.fromCodePoint(FIRST_LETTER + index);
}

export function letterIndex(emoji: string): number {
  return (emoji.codePointAt(0) ?? 0) - FIRST_LETTER;
}

export function nameOfRole(roleId: string, look: Look): string {
  return plain(look.role(roleId)?.name ?? roleId);
}

/** A reaction of the house's own under each letter shows what there is to press. */
export function reactionsUnder(panel: RolePanel, messageId: string): readonly Effect[] {
  return panel.roleIds.map((_id, index) =>
    propose(
      { verb: "reaction.add", channelId: panel.channelId, messageId, emoji: letter(index) },
      { rule: "selfroles-panel", why: "members choose by reactions here", confidence: 1 },
    ),
  );
}
