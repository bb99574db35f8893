import {
  customId,
  isSameLetters,
  lettersFrom,
  propose,
  snowflakeTime,
  write,
  type Action,
  type Effect,
  type EventOf,
  type Look,
  type Row,
  type Use,
} from "#core";
import { normalise } from "#core/text/index";
import type { Config } from "./config.ts";
import { words } from "./words.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
/** After so many wrong tries in a row the letters are drawn anew. */
const MOST_WRONG = 3;

export const timerOf = (userId: string): string => `gate:${userId}`;

/** Why somebody may not come in yet, in their language; undefined where nothing stands against it. */
function refusal(event: Use, config: Config): string | undefined {
  const { locale } = event.interaction;
  const { userId, joinedAt } = event.by;
  const oldEnough = snowflakeTime(userId) + config.leastAccountDays * DAY;
  if (event.at < oldEnough) return words.say(locale, "refuse.young", { when: timestamp(oldEnough) });
  const opensAt = (joinedAt ?? 0) + config.waitMinutes * MINUTE;
  return event.at < opensAt ? words.say(locale, "refuse.wait", { when: timestamp(opensAt) }) : undefined;
}

const timestamp = (at: number): string => `<t:${Math.ceil(at / 1_000)}:R>`;

/** The one button under the panel has been pressed. */
export function onEnter(event: EventOf<"button.pressed">, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  if (config.roleId === undefined) return [answer(event, words.say(locale, "refuse.none"))];
  if (event.by.roleIds.includes(config.roleId)) return [answer(event, words.say(locale, "refuse.inside"))];
  const no = refusal(event, config);
  if (no !== undefined) return [answer(event, no)];
  if (config.method === "button") return admitted(event, config.roleId);
  return config.method === "letters" ? shown(event, look) : asked(event, config);
}

function shown(event: Use, look: Look): readonly Effect[] {
  const { locale, sealedToken } = event.interaction;
  const { userId, name } = event.by;
  const letters = lettersFrom(sealedToken);
  const before = look.record("gate", userId);
  const value = { name, since: before?.since ?? event.at, code: letters, wrong: 0 };
  const text = words.say(locale, "letters.text");
  return [
    write({ write: "record.put", record: "gate", key: userId, value }),
    answer(event, text, { letters, components: [button("type", words.say(locale, "letters.button"))] }),
  ];
}

function asked(event: Use, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  return [answer(event, config.question, { components: [button("reply", words.say(locale, "question.button"))] })];
}

export function button(name: string, label: string): Row {
  return [{ component: "button", customId: customId("gatekeeper", name), label, style: "primary" }];
}

/** The form has come back: with letters, or with an answer. */
export function onForm(event: EventOf<"modal.submitted">, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  if (config.roleId === undefined) return [answer(event, words.say(locale, "refuse.none"))];
  const no = refusal(event, config);
  if (no !== undefined) return [answer(event, no)];
  const given = event.fields["given"];
  const typed = typeof given === "string" ? given : "";
  if (config.method === "question") return isRight(typed, config) ? admitted(event, config.roleId) : wrongAnswer(event);
  if (config.method === "button") return admitted(event, config.roleId);
  const gate = look.record("gate", event.by.userId);
  if (gate?.code === undefined) return [answer(event, words.say(locale, "letters.again"))];
  if (isSameLetters(typed, gate.code)) return admitted(event, config.roleId);
  const { code: _code, ...without } = gate;
  const wrong = gate.wrong + 1;
  const value = wrong < MOST_WRONG ? { ...gate, wrong } : { ...without, wrong: 0 };
  return [
    write({ write: "record.put", record: "gate", key: event.by.userId, value }),
    answer(event, words.say(locale, wrong < MOST_WRONG ? "letters.wrong" : "letters.again")),
  ];
}

function isRight(typed: string, { answers }: Config): boolean {
  const plain = (text: string): string => normalise(text).replace(/[^\p{L}\p{N}]/gu, "");
  return answers.some((one) => plain(one) !== "" && plain(one) === plain(typed));
}

function wrongAnswer(event: Use): readonly Effect[] {
  return [answer(event, words.say(event.interaction.locale, "question.wrong"))];
}

function admitted(event: Use, roleId: string): readonly Effect[] {
  const role: Action = { verb: "role.add", member: event.by, roleId };
  return [
    propose(role, { rule: "gate-admit", why: "passed the gate", confidence: 1 }),
    ...forgotten(event.by.userId),
    answer(event, words.say(event.interaction.locale, "admitted")),
  ];
}

export function forgotten(userId: string): readonly Effect[] {
  return [
    write({ write: "record.delete", record: "gate", key: userId }),
    write({ write: "timer.clear", timer: timerOf(userId) }),
  ];
}

type More = Pick<Extract<Action, { verb: "interaction.reply" }>["words"], "letters" | "components">;

export function answer(event: Use, text: string, more: More = {}): Effect {
  return propose(
    { verb: "interaction.reply", interaction: event.interaction, words: { text, ...more }, ephemeral: true },
    { rule: "gate-answer", why: "stands at the gate", confidence: 1 },
  );
}
