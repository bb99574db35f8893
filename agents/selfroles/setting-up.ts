import {
  parseCustomId,
  powersOf,
  propose,
  roleHindrance,
  write,
  type Choice,
  type Effect,
  type EventOf,
  type Look,
  type RolePanel,
  type RoleRule,
  type Typing,
  type Use,
} from "#core";
import { excerpt, plain } from "#core/text/index";
import { ringClosedBy } from "./choosing.ts";
import { LIMITS, LONGEST_TEXT, LONGEST_TITLE, STYLES } from "./commands.ts";
import type { Config } from "./config.ts";
import { dropped, kept, nameOfRole, panelOf, placed, placesIn, wordsOf } from "./panel.ts";
import { answer, hindranceText } from "./saying.ts";
import { words } from "./words.ts";

type Form = EventOf<"modal.submitted">;
type Used = EventOf<"command.used">;

/** The form is here: a panel in its channel, or one line for everything that stands against it. */
export function setUp(event: Form, look: Look, config: Config): readonly Effect[] {
  const panel = drafted(event, look);
  const mistakes =
    panel === undefined ? [words.say(event.interaction.locale, "wrong.form")] : mistakesIn(panel, event, look, config);
  if (panel === undefined || mistakes.length > 0) return [answer(event, mistakes.join("\n"), "selfroles-refused")];
  const place = { number: panel.number, by: event.id };
  return [
    propose(
      { verb: "message.send", channelId: panel.channelId, words: wordsOf(panel, look) },
      { rule: "selfroles-panel", why: "was asked for", confidence: 1, onBehalfOf: event.by.userId },
    ),
    write({ write: "total.add", total: "panels", key: "all", by: 1 }),
    kept(panel),
    placed([...placesIn(look), place]),
    answer(event, words.say(event.interaction.locale, "panel.done", placeOf(panel)), "selfroles-panel"),
  ];
}

const placeOf = ({ number, channelId }: RolePanel) => ({ number, channel: `<#${channelId}>` });

/** What a form says, of a new panel or of one that is changed. */
export function formOf({ fields }: Form) {
  return {
    title: textOf(fields["title"], LONGEST_TITLE),
    text: textOf(fields["text"], LONGEST_TEXT),
    roleIds: [...new Set(listOf(fields["roles"]))],
    rule: ruleOf(listOf(fields["limit"])[0]),
  };
}

function drafted(event: Form, look: Look): RolePanel | undefined {
  const [channelId = "", requiredRoleId = ""] = parseCustomId(event.customId)?.args ?? [];
  const [style] = listOf(event.fields["style"]);
  const wished = STYLES.find((one) => one === style);
  const { title, text, roleIds, rule } = formOf(event);
  if (wished === undefined || rule === undefined || title === "") return undefined;
  return {
    ...{ number: look.total("panels", "all") + 1, title, ...(text !== "" && { text }) },
    ...{ roleIds, ...rule, style: wished, byUserId: event.by.userId },
    channelId: channelId === "" ? event.channelId : channelId,
    ...(requiredRoleId !== "" && { requiredRoleId }),
  };
}

function ruleOf(limit: string | undefined): { rule: RoleRule; most?: number } | undefined {
  const known = LIMITS.find((one) => one === limit);
  if (known === undefined) return undefined;
  if (known === "any" || known === "one") return { rule: known };
  return { rule: "most", most: Number(known.slice("most-".length)) };
}

function listOf(value: Form["fields"][string] | undefined): readonly string[] {
  return typeof value === "string" ? [value] : (value ?? []);
}

function textOf(value: Form["fields"][string] | undefined, most: number): string {
  return typeof value === "string" ? excerpt(value.trim(), most) : "";
}

/** All at once: whoever sets up a panel need not find them one by one. */
export function mistakesIn(panel: RolePanel, event: Form, look: Look, config: Config): readonly string[] {
  const { locale } = event.interaction;
  const { requiredRoleId, roleIds, channelId } = panel;
  const places = placesIn(look).filter(({ number }) => number !== panel.number);
  const others = places.flatMap(({ number }) => panelOf(number, look) ?? []);
  const ring = ringClosedBy(panel, others);
  return [
    ...(look.channel(channelId) === undefined ? [words.say(locale, "wrong.channel")] : []),
    ...(places.length >= config.mostPanels ? [words.say(locale, "wrong.many", { count: config.mostPanels })] : []),
    ...(roleIds.length === 0 ? [words.say(locale, "wrong.no-roles")] : []),
    ...roleIds.flatMap((id) => roleMistake(id, event, look)),
    ...(requiredRoleId !== undefined && look.role(requiredRoleId) === undefined
      ? [words.say(locale, "wrong.required")]
      : []),
    ...(requiredRoleId !== undefined && roleIds.includes(requiredRoleId)
      ? [words.say(locale, "wrong.self", { role: nameOfRole(requiredRoleId, look) })]
      : ring === undefined
        ? []
        : [
            words.say(locale, "wrong.ring", {
              panels: ring
                .slice(1)
                .map((number) => `#${number}`)
                .join(", "),
            }),
          ]),
  ];
}

/** Nobody hands out what they could not give themselves. */
function roleMistake(roleId: string, event: Form, look: Look): readonly string[] {
  const { locale } = event.interaction;
  const role = look.role(roleId);
  const name = nameOfRole(roleId, look);
  const hindrance = roleHindrance(role, event.guildId, look.guild());
  if (hindrance !== undefined)
    return [hindranceText(hindrance, name, role === undefined ? "" : powersOf(role).join(", "), locale)];
  if (event.by.userId === look.guild().ownerId || role!.position < rankOf(event, look)) return [];
  return [words.say(locale, "role.above-you", { role: name })];
}

function rankOf({ by }: Use, look: Look): number {
  return by.roleIds.reduce((highest, id) => Math.max(highest, look.role(id)?.position ?? 0), 0);
}

export function list(event: Used, look: Look): readonly Effect[] {
  const { locale } = event.interaction;
  const panels = placesIn(look).flatMap(({ number }) => panelOf(number, look) ?? []);
  const lines = panels.map((panel) => {
    const title = plain(panel.title);
    const roles = panel.roleIds.map((id) => `<@&${id}>`).join(" ");
    const line = words.say(locale, "list.line", { ...placeOf(panel), title, roles });
    return panel.messageId === undefined ? `${line} ${words.say(locale, "list.missing")}` : line;
  });
  const text = lines.length === 0 ? words.say(locale, "list.none") : excerpt(lines.join("\n"), 4_000);
  return [answer(event, text, "selfroles-list")];
}

/** The panel's message goes, and nothing in it works any more. */
export function remove(event: Used, look: Look): readonly Effect[] {
  const { locale } = event.interaction;
  const number = event.options["number"];
  const panel = typeof number === "number" ? panelOf(number, look) : undefined;
  if (panel === undefined) return [answer(event, words.say(locale, "wrong.panel"), "selfroles-refused")];
  const { messageId, channelId } = panel;
  return [
    ...(messageId === undefined || look.channel(channelId) === undefined
      ? []
      : [
          propose(
            { verb: "message.delete", channelId, messageId },
            { rule: "selfroles-remove", why: "was asked for", confidence: 1 },
          ),
        ]),
    ...dropped(panel, look),
    answer(event, words.say(locale, "remove.done", { number: panel.number }), "selfroles-remove"),
  ];
}

export function suggested(look: Look, { partial }: Typing): readonly Choice[] {
  const panels = placesIn(look).flatMap(({ number }) => panelOf(number, look) ?? []);
  const wanted = partial.trim().toLowerCase();
  return panels
    .map(({ number, title }) => ({ name: `#${number} · ${title}`, value: number }))
    .filter(({ name }) => name.toLowerCase().includes(wanted));
}
