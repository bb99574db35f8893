import {
  parseCustomId,
  powersOf,
  propose,
  roleHindrance,
  type Effect,
  type EventOf,
  type Look,
  type Member,
  type RolePanel,
} from "#core";
import { chosen, pressed, type Change, type Refused } from "./choosing.ts";
import { nameOfRole, panelOf } from "./panel.ts";
import { answer, hindranceText } from "./saying.ts";
import { words } from "./words.ts";

/** A button under a panel, or a choice in its select. */
export function used(event: EventOf<"button.pressed" | "select.chosen">, look: Look): readonly Effect[] {
  const { locale } = event.interaction;
  const [number, roleId = ""] = parseCustomId(event.customId)?.args ?? [];
  const panel = panelOf(Number(number), look);
  if (panel === undefined) return [answer(event, words.say(locale, "wrong.panel"), "selfroles-refused")];
  const held = event.by.roleIds;
  const change = event.kind === "select.chosen" ? chosen(panel, held, event.values) : pressed(panel, held, roleId);
  const no = refusal(panel, change, event.by, event.guildId, locale, look);
  if (no !== undefined) return [answer(event, no, "selfroles-refused")];
  const { add, remove } = change as Change;
  return [...handed(panel, add, remove, event.by), answer(event, told(add, remove, locale, look), "selfroles")];
}

/** Why nothing is changed; undefined where nothing stands against it. */
export function refusal(
  panel: RolePanel,
  change: Change | Refused,
  member: Member,
  guildId: string,
  locale: string | undefined,
  look: Look,
): string | undefined {
  const { requiredRoleId, most } = panel;
  if ("refused" in change)
    return change.refused === "keep-one"
      ? words.say(locale, "refuse.keep-one")
      : words.say(locale, "refuse.too-many", { count: most ?? 1 });
  const isAllowed = requiredRoleId === undefined || member.roleIds.includes(requiredRoleId);
  if (!isAllowed && change.add.length > 0)
    return words.say(locale, "refuse.required", { role: `<@&${requiredRoleId}>` });
  const outOfReach = change.add.flatMap((id) => {
    const role = look.role(id);
    const hindrance = roleHindrance(role, guildId, look.guild());
    if (hindrance === undefined) return [];
    return [
      hindranceText(hindrance, nameOfRole(id, look), role === undefined ? "" : powersOf(role).join(", "), locale),
    ];
  });
  return outOfReach.length === 0 ? undefined : outOfReach.join("\n");
}

export function handed(
  { number }: RolePanel,
  add: readonly string[],
  remove: readonly string[],
  member: Member,
): readonly Effect[] {
  const reasons = { rule: "selfroles", why: `chose it on panel #${number}`, confidence: 1 } as const;
  return [
    ...remove.map((roleId) => propose({ verb: "role.remove", member, roleId }, reasons)),
    ...add.map((roleId) => propose({ verb: "role.add", member, roleId }, reasons)),
  ];
}

function told(add: readonly string[], remove: readonly string[], locale: string | undefined, look: Look): string {
  const names = (ids: readonly string[]): string => ids.map((id) => `**${nameOfRole(id, look)}**`).join(", ");
  const lines = [
    ...(add.length === 0 ? [] : [words.say(locale, "changed.added", { roles: names(add) })]),
    ...(remove.length === 0 ? [] : [words.say(locale, "changed.removed", { roles: names(remove) })]),
  ];
  return lines.length === 0 ? words.say(locale, "changed.nothing") : lines.join("\n");
}
