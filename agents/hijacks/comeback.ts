import {
  customId,
  isSameLetters,
  isUndone,
  lettersFrom,
  propose,
  type Action,
  type ButtonSpec,
  type Effect,
  type EventOf,
  type Look,
  type ModalSpec,
  type Use,
} from "#core";
import type { Config } from "./config.ts";
import { isHeld, kept, RULE } from "./response.ts";
import { words } from "./words.ts";

/** Whoever has the account could read letters as well: by oneself one comes back once in so long. */
const AGAIN_MS = 7 * 86_400_000;

export const BUTTONS: readonly ButtonSpec[] = [
  { name: "back", reply: "ephemeral", cooldown: { memberSeconds: 3 } },
  { name: "type", reply: "modal", opens: "letters" },
];

export const MODALS: readonly ModalSpec[] = [
  {
    ...{ name: "letters", title: words.every("form.title"), reply: "ephemeral" },
    fields: [{ ...{ name: "given", field: "short", required: true }, label: words.every("form.field"), maxLength: 20 }],
  },
];

/** Why not, in their language; undefined where they may. */
function refusal(event: Use, look: Look, config: Config): string | undefined {
  const { locale } = event.interaction;
  const hijack = look.record("hijack", event.by.userId);
  if (!isHeld(hijack, event.at)) return words.say(locale, "refuse.nothing");
  const isOpen = config.comeBack === "letters" && event.at - (hijack.cameBackAt ?? -Infinity) > AGAIN_MS;
  return isOpen ? undefined : words.say(locale, "refuse.staff");
}

export function onBack(event: EventOf<"button.pressed">, look: Look, config: Config): readonly Effect[] {
  const { locale, sealedToken } = event.interaction;
  const no = refusal(event, look, config);
  if (no !== undefined) return [answer(event, no)];
  const letters = lettersFrom(sealedToken);
  const label = words.say(locale, "letters.button");
  const type = customId("hijacks", "type", event.guildId);
  return [
    kept(event.by.userId, { ...look.record("hijack", event.by.userId)!, code: letters }),
    answer(event, words.say(locale, "letters.text"), {
      letters,
      components: [[{ component: "button", customId: type, label, style: "primary" }]],
    }),
  ];
}

/** One try a picture: what was wrong is drawn anew. */
export function onLetters(event: EventOf<"modal.submitted">, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  const no = refusal(event, look, config);
  if (no !== undefined) return [answer(event, no)];
  const { code, ...hijack } = look.record("hijack", event.by.userId)!;
  const typed = event.fields["given"];
  if (code === undefined || typeof typed !== "string" || !isSameLetters(typed, code))
    return [kept(event.by.userId, hijack), answer(event, words.say(locale, "letters.wrong"))];
  const why = "read the letters after somebody else had used the account";
  const reasons = { rule: "hijack-return", why, confidence: 1, ...takingBack(event.by.userId, look) };
  return [
    propose({ verb: "member.untimeout", member: event.by }, reasons),
    kept(event.by.userId, { ...hijack, cameBackAt: event.at }),
    answer(event, words.say(locale, "welcome")),
  ];
}

/** The case says that it was taken back. */
function takingBack(userId: string, look: Look): { readonly undoes?: number } {
  const file = look.cases({ userId }).find((one) => one.rule === RULE);
  return file === undefined || isUndone(file) ? {} : { undoes: file.number };
}

type More = Pick<Extract<Action, { verb: "interaction.reply" }>["words"], "letters" | "components">;

function answer(event: Use, text: string, more: More = {}): Effect {
  return propose(
    { verb: "interaction.reply", interaction: event.interaction, words: { text, ...more }, ephemeral: true },
    { rule: "hijack-answer", why: "wants to come back", confidence: 1 },
  );
}
