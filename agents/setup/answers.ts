import {
  type Action,
  type Effect,
  type EventOf,
  type GuildEvent,
  type InteractionHandle,
  isUse,
  propose,
  type SlowLook,
  type Use,
  type Words,
  write,
} from "#core";
import type { Config } from "./config.ts";
import { actsIn, changesOf, type Draft, firstDraft, STEPS } from "./draft.ts";
import { type Scene, stepPanel } from "./panels.ts";
import { donePanel, trialPanel } from "./reports.ts";
import { words } from "./words.ts";

/** What the fast half leaves to the slow one, which alone may look at what the guild chose. */
export type Task =
  | { readonly task: "show"; readonly note?: "note.changed" }
  | { readonly task: "try" }
  | { readonly task: "put"; readonly mode: "live" | "shadow" }
  | { readonly task: "tell"; readonly userId: string };

const HOUR_MS = 3_600_000;

export async function answer(
  event: GuildEvent,
  look: SlowLook,
  config: Config,
  task: Task,
): Promise<readonly Effect[]> {
  if (event.kind === "policy.chosen" && task.task === "tell") return told(event, look, task.userId);
  if (!isUse(event)) return [];
  const draft = look.record("setup", event.by.userId);
  if (draft === undefined) return begun(event, look);
  switch (task.task) {
    case "try":
      return tried(event, look, draft, config);
    case "put":
      return handedIn(event, look, draft, task.mode);
    default:
      return shown(event, look, draft, noteOf(event, task));
  }
}

type NoteKey = "note.resumed" | "note.changed";

function noteOf(event: Use, task: Task): NoteKey | undefined {
  if (task.task === "show" && task.note !== undefined) return task.note;
  return event.kind === "command.used" ? "note.resumed" : undefined;
}

export function reply(interaction: InteractionHandle, said: Words, update: boolean): Action {
  return { verb: "interaction.reply", interaction, words: said, ephemeral: true, ...(update && { update }) };
}

function say({ kind, interaction }: Use, said: Words, rule: string): Effect {
  const isFirst = kind === "command.used";
  const why = "the set-up goes on";
  return propose(reply(interaction, said, !isFirst), { rule, why, confidence: 1 });
}

function keep(userId: string, value: Draft): Effect {
  return write({ write: "record.put", record: "setup", key: userId, value });
}

/** Without a draft only the command begins one; buttons of a set-up that is over say so. */
async function begun(event: Use, look: SlowLook): Promise<readonly Effect[]> {
  const { locale } = event.interaction;
  if (event.kind !== "command.used") return [say(event, { text: words.say(locale, "over"), panel: [] }, "setup-over")];
  const force = await look.inForce();
  if (force.policy.isKeptInFile === true)
    return [say(event, { text: words.say(locale, "filed"), panel: [] }, "setup-filed")];
  const draft = firstDraft(force);
  const scene = { locale, look, presets: force.presets };
  return [keep(event.by.userId, draft), say(event, stepPanel(draft, scene), "setup-step")];
}

async function sceneFor({ interaction }: Use, look: SlowLook, note?: string): Promise<Scene> {
  const { presets } = await look.inForce();
  return { locale: interaction.locale, look, presets, ...(note !== undefined && { note }) };
}

async function shown(event: Use, look: SlowLook, draft: Draft, note?: NoteKey): Promise<readonly Effect[]> {
  const said = note === undefined ? undefined : words.say(event.interaction.locale, note);
  return [say(event, stepPanel(draft, await sceneFor(event, look, said)), "setup-step")];
}

async function tried(event: Use, look: SlowLook, draft: Draft, config: Config): Promise<readonly Effect[]> {
  const last = { ...draft, step: STEPS.length };
  const amended = await look.amended(changesOf(draft.picks, "live"));
  if ("refused" in amended) return refused(event, look, last, amended);
  const from = event.at - config.trialHours * HOUR_MS;
  const rehearsal = await look.rehearse(amended.document, from, event.at);
  return [say(event, trialPanel(last, rehearsal, await sceneFor(event, look)), "setup-trial")];
}

async function handedIn(event: Use, look: SlowLook, draft: Draft, mode: "live" | "shadow"): Promise<readonly Effect[]> {
  const amended = await look.amended(changesOf(draft.picks, mode));
  if ("refused" in amended) return refused(event, look, draft, amended);
  const { userId } = event.by;
  const { document, basedOn } = amended;
  const action = { verb: "policy.choose", document, basedOn, by: `discord:${userId}` } as const;
  const why = mode === "live" ? "the set-up was finished" : "the set-up was finished, to watch only";
  return [propose(action, { rule: "setup-chosen", why, confidence: 1, onBehalfOf: userId })];
}

type Refused = { readonly refused: "kept-in-file" } | { readonly refused: "mistake"; readonly mistake: string };

/** Nothing was handed in: the last step again, with what stands against it. */
async function refused(event: Use, look: SlowLook, draft: Draft, because: Refused): Promise<readonly Effect[]> {
  const { locale } = event.interaction;
  const { waiting: _waiting, ...open } = draft;
  const note =
    because.refused === "mistake"
      ? words.say(locale, "note.mistake", { mistake: because.mistake })
      : words.say(locale, "filed");
  return [keep(event.by.userId, open), say(event, stepPanel(open, await sceneFor(event, look, note)), "setup-refused")];
}

/** The choices are on the record by now, whoever's they are. */
async function told(event: EventOf<"policy.chosen">, look: SlowLook, userId: string): Promise<readonly Effect[]> {
  const draft = look.record("setup", userId);
  if (draft?.waiting === undefined) return [];
  const { waiting, ...open } = draft;
  const { locale } = waiting.interaction;
  const force = await look.inForce();
  const isTaken = force.by === event.by && (force.policy.version ?? 0) > event.basedOn;
  if (!isTaken) {
    const scene = { locale, look, presets: force.presets, note: words.say(locale, "note.outrun") };
    return [keep(userId, open), tell(waiting.interaction, stepPanel({ ...open, step: STEPS.length }, scene))];
  }
  const now = await look.amended([]);
  const shortcomings = "refused" in now ? [] : now.shortcomings;
  return [
    write({ write: "record.delete", record: "setup", key: userId }),
    tell(waiting.interaction, donePanel(actsIn(force), shortcomings, locale)),
  ];
}

function tell(interaction: InteractionHandle, said: Words): Effect {
  return propose(reply(interaction, said, true), {
    rule: "setup-told",
    why: "the choices were decided on",
    confidence: 1,
  });
}
