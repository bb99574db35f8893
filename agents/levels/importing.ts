import {
  type Button,
  customId,
  type Effect,
  type EventOf,
  type FileValue,
  type InteractionHandle,
  levelOf,
  type Look,
  missingPermissions,
  parseCustomId,
  propose,
  type Records,
  type Words,
  write,
} from "#core";
import { excerpt } from "#core/text/index";
import { addLasting, POINTS } from "./boards.ts";
import { MOST_POINTS } from "./commands.ts";
import type { Config } from "./config.ts";
import { habitsAt, put } from "./habits.ts";
import { kindOfFile, LARGEST_FILE, parsePoints, type PointRow } from "./point-file.ts";
import { previewText, saysBroken } from "./import-view.ts";
import { words } from "./words.ts";

type Import = Records["pointImport"];

const LONGEST_NAME = 60;
const KIB = 1_024;
/** An answer can be given for fifteen minutes; what is not confirmed by then is forgotten. */
const KEPT_MS = 14 * 60_000;
/** So many members at a time, each lot a commit of its own: nothing else waits long. */
const LOT = 250;

const timerOf = (key: string): string => `import:${key}`;
const kept = (key: string, value: Import): Effect => write({ write: "record.put", record: "pointImport", key, value });
const forgotten = (key: string): Effect => write({ write: "record.delete", record: "pointImport", key });

/** Has the file fetched: what it holds comes with the outcome. */
export function importFile(event: EventOf<"command.used">): readonly Effect[] {
  const { interaction, by } = event;
  const file = event.options["file"] as FileValue;
  const mode = event.options["mode"] === "add" ? "add" : "set";
  if (kindOfFile(file.name) === undefined)
    return [answer(interaction, { text: words.say(interaction.locale, "import.kind") })];
  if (file.size > LARGEST_FILE) {
    const sizes = { most: LARGEST_FILE / KIB, size: Math.ceil(file.size / KIB) };
    return [answer(interaction, { text: words.say(interaction.locale, "import.large", sizes) })];
  }
  const name = excerpt(file.name, LONGEST_NAME);
  const begun = { name, mode, by: by.userId, interaction, at: event.at, rows: "", members: 0, digest: "" } as const;
  const action = { verb: "file.read", url: file.url, mostBytes: LARGEST_FILE } as const;
  return [
    kept(interaction.id, begun),
    propose(action, { rule: "xp-import", why: "a file with points was given", confidence: 1 }),
    answer(interaction, { text: words.say(interaction.locale, "import.reading") }),
  ];
}

/** An order is named by its event, its agent and its place: the file is asked for first. */
const OWN_ORDER = /^i:(\d+)\/levels\/0#0$/;

/** The file is here, or it is not: nothing is counted before somebody has seen what would be. */
export function fileRead(event: EventOf<"action.done" | "action.failed">, look: Look): readonly Effect[] {
  const key = OWN_ORDER.exec(event.orderId)?.[1];
  const given = key === undefined ? undefined : look.record("pointImport", key);
  if (key === undefined || given === undefined || given.members > 0) return [];
  const text = event.kind === "action.done" ? textIn(event.result) : undefined;
  // The answers to the command are orders, too.
  if (event.kind === "action.done" && text === undefined) return [];
  const { interaction, name, mode } = given;
  const { locale } = interaction;
  const over = (said: string) => [forgotten(key), answer(interaction, { text: said })];
  if (text === undefined) return over(words.say(locale, "import.failed"));
  const found = parsePoints(kindOfFile(name)!, text);
  if ("broken" in found) return over(saysBroken(found.broken, locale));
  const before = mode === "add" ? look.record("pointsImported", found.digest) : undefined;
  if (before !== undefined)
    return over(words.say(locale, "import.again", { when: stamp(before.at), by: `<@${before.by}>` }));
  const components = found.rows.length === 0 ? {} : { components: [buttons(key, locale)] };
  const value = { ...given, rows: packedRows(found.rows), members: found.rows.length, digest: found.digest };
  return [
    ...(found.rows.length === 0 ? [forgotten(key)] : [kept(key, value), ending(key, event.at)]),
    answer(interaction, { text: previewText(given, found, locale), ...components }),
  ];
}

function textIn(result: unknown): string | undefined {
  const text = (result as { text?: unknown } | null)?.text;
  return typeof text === "string" ? text : undefined;
}

const stamp = (at: number): string => `<t:${Math.floor(at / 1_000)}:f>`;
const packedRows = (rows: readonly PointRow[]): string => rows.map((row) => `${row.userId}:${row.points}`).join(" ");
const ending = (key: string, at: number): Effect =>
  write({ write: "timer.set", timer: timerOf(key), at: at + KEPT_MS, payload: {} });

function buttons(key: string, locale: string | undefined): readonly Button[] {
  return (["go", "stop"] as const).map((name) => ({
    component: "button",
    customId: customId("levels", `import-${name}`, key),
    label: words.say(locale, `import.${name}`),
    style: name === "go" ? "success" : "secondary",
  }));
}

/** Whoever gave the file says whether it is taken. */
export function decideImport(event: EventOf<"button.pressed">, look: Look): readonly Effect[] {
  const { name = "", args: [key = ""] = [] } = parseCustomId(event.customId) ?? {};
  const { interaction, by } = event;
  const say = (id: "import.gone" | "import.stopped" | "import.not-yours") => words.say(interaction.locale, id);
  const given = look.record("pointImport", key);
  if (given === undefined || given.from !== undefined) return [answer(interaction, { text: say("import.gone") }, true)];
  const isAllowed = missingPermissions(BigInt(event.byPermissions), ["MANAGE_GUILD"]).length === 0;
  if (by.userId !== given.by || !isAllowed) return [answer(interaction, { text: say("import.not-yours") })];
  const clear = write({ write: "timer.clear", timer: timerOf(key) });
  if (name === "import-stop")
    return [forgotten(key), clear, answer(interaction, { text: say("import.stopped") }, true)];
  const before = given.mode === "add" ? look.record("pointsImported", given.digest) : undefined;
  if (before !== undefined) {
    const text = words.say(interaction.locale, "import.again", { when: stamp(before.at), by: `<@${before.by}>` });
    return [forgotten(key), clear, answer(interaction, { text }, true)];
  }
  const { mode, members } = given;
  const taken = { at: event.at, by: by.userId, name: given.name, mode, members };
  return [
    write({ write: "record.put", record: "pointsImported", key: given.digest, value: taken }),
    kept(key, { ...given, interaction, from: 0 }),
    write({ write: "timer.set", timer: timerOf(key), at: event.at, payload: {} }),
    answer(interaction, { text: words.say(interaction.locale, "import.running", { count: members }) }, true),
  ];
}

export const isImportTimer = ({ timer }: EventOf<"clock.struck">): boolean => timer.startsWith("import:");

/** The next lot, and after the last one the news of it; what nobody confirmed in time is forgotten. */
export function importLot(event: EventOf<"clock.struck">, look: Look, config: Config): readonly Effect[] {
  const key = event.timer.slice("import:".length);
  const given = look.record("pointImport", key);
  if (given === undefined) return [];
  if (given.from === undefined) return [forgotten(key)];
  const all = given.rows.split(" ");
  const next = given.from + LOT;
  const counted = all.slice(given.from, next).flatMap((row) => countRow(row, given, event.at, look, config));
  if (next < all.length) {
    const timer = write({ write: "timer.set", timer: event.timer, at: event.at, payload: {} });
    return [...counted, kept(key, { ...given, from: next }), timer];
  }
  const { interaction, members } = given;
  const text = words.say(interaction.locale, "import.done", { count: members });
  return [...counted, forgotten(key), answer(interaction, { text }, true)];
}

/** No level is told for what was earned elsewhere; its roles come with their next message. */
function countRow(row: string, given: Import, at: number, look: Look, config: Config): readonly Effect[] {
  const [userId = "", has = "0"] = row.split(":");
  const before = look.total(POINTS, userId);
  const after = given.mode === "set" ? Number(has) : Math.min(MOST_POINTS, before + Number(has));
  const habits = habitsAt(look.record("levelling", userId), at);
  if (before === after) return [];
  const known = put(userId, { ...habits, told: levelOf(after, config.curve), rolesDue: true, seen: at });
  return [known, ...addLasting(userId, after - before, habits.hidden === true)];
}

function answer(interaction: InteractionHandle, said: Words, update = false): Effect {
  const action = {
    verb: "interaction.reply",
    interaction,
    words: said,
    ephemeral: true,
    ...(update && { update }),
  } as const;
  return propose(action, { rule: "xp-import", why: "somebody waits for their file", confidence: 1 });
}
