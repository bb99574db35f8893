import {
  APPEAL_LENGTH,
  APPEALS,
  customId,
  decidersOf,
  entryBy,
  isUndone,
  reversalOf,
  VERBS,
  write,
  type ButtonSpec,
  type CaseFile,
  type Effect,
  type EventOf,
  type Look,
  type ModalSpec,
  type Records,
  type SlashCommand,
  type Use,
  type Words,
} from "#core";
import { plain } from "#core/text/index";
import { answer, may, refusal } from "./answer.ts";
import { fileOf, missing, tell } from "./cases.ts";
import type { Config } from "./config.ts";
import { post } from "./look-into.ts";
import { isOffence, lessOnRecord, onBehalf } from "./measures.ts";
import { grew } from "./news.ts";
import { textIn } from "./options.ts";
import { caseRow, caseWords } from "./show.ts";
import { words } from "./words.ts";

type Appeal = Records["appeal"];

const DAY = 86_400_000;

export const APPEAL_BUTTONS: readonly ButtonSpec[] = [
  { name: APPEALS.button, reply: "modal", opens: APPEALS.button },
  { name: "appeal-answer", needs: ["MODERATE_MEMBERS"], reply: "update" },
];

export const APPEAL_FORM: ModalSpec = {
  name: APPEALS.button,
  title: words.every("form.appeal"),
  reply: "ephemeral",
  fields: [
    {
      ...{ name: "text", label: words.every("appeal.label"), description: words.every("appeal.label.about") },
      ...{ field: "paragraph", required: true, minLength: APPEAL_LENGTH.least, maxLength: APPEAL_LENGTH.most },
    },
  ],
};

/** The button says in which guild and about which case: the form comes from a direct message, where there is no guild. */
export function fileAppeal(
  event: EventOf<"modal.submitted">,
  [, number = ""]: readonly string[],
  look: Look,
  config: Config,
): readonly Effect[] {
  const { locale } = event.interaction;
  const file = fileOf(Number(number.replace("#", "")), look);
  if (file === undefined || file.userId !== event.by.userId)
    return refusal(event, words.say(locale, "wrong.not-yours"));
  const why = whyNot(file, event, look, config);
  if (why !== undefined) return refusal(event, why);
  return [
    ...objection(event, textIn(event.fields["text"]), file, look, config),
    answer(event, { text: words.say(locale, "appeal.received") }, { rule: "appeal", why: "objected to a case" }),
  ];
}

export const APPEAL_COMMAND: SlashCommand = {
  name: "appeal",
  names: words.every("command.appeal"),
  description: words.every("command.appeal.about"),
  options: [],
  reply: "ephemeral",
};

/** A message has five buttons in a row. */
const MOST_OFFERED = 5;

/** Whoever takes no direct messages finds here what stands against them, and the same button as under a notice. */
export function offerAppeals(event: Use, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  const files = look
    .cases({ userId: event.by.userId })
    .filter((file) => isOffence(file.verb) && !isUndone(file))
    .slice(0, MOST_OFFERED);
  if (files.length === 0) return refusal(event, words.say(locale, "appeal.none"));
  const offers = files.map((file) => ({ file, why: whyNot(file, event, look, config) }));
  const buttons = offers
    .filter(({ why }) => why === undefined)
    .map(({ file: { number } }) => ({
      component: "button" as const,
      customId: customId("casework", APPEALS.button, event.guildId, `#${number}`),
      label: words.say(locale, "button.appeal", { number }),
    }));
  const rows = offers.map(({ file, why }) => [caseRow(file, locale), ...(why === undefined ? [] : [why])].join("\n"));
  const told: Words = {
    title: words.say(locale, "appeal.choose"),
    text: rows.join("\n\n"),
    ...(buttons.length > 0 && { components: [buttons] }),
  };
  return [answer(event, told, { rule: "appeal", why: "asked what they can object to" })];
}

/** By the link a moderator gave them. Nobody waits for an answer: the page says how the appeal stands. */
export function fileByLink(event: EventOf<"appeal.filed">, look: Look, config: Config): readonly Effect[] {
  const { number, userId, text, at } = event;
  const file = fileOf(number, look);
  const isTheirs = file?.userId === userId && text.length >= APPEAL_LENGTH.least;
  if (!isTheirs || whyNot(file, { at, interaction: {} }, look, config) !== undefined) return [];
  const by = { userId, name: file.userName };
  return objection({ at, by }, text.slice(0, APPEAL_LENGTH.most), file, look, config);
}

function objection(
  { at, by }: Pick<Use, "at"> & { readonly by: Pick<Use["by"], "userId" | "name"> },
  text: string,
  file: CaseFile,
  look: Look,
  config: Config,
): readonly Effect[] {
  const appeal: Appeal = { userId: by.userId, text, at, status: "open" };
  const entry = entryBy({ at, by }, { kind: "appealed", text });
  const card = appealCard({ ...file, entries: [...file.entries, entry] }, appeal, look.guild().locale);
  return [
    write({ write: "record.put", record: "appeal", key: String(file.number), value: appeal }),
    write({ write: "case.add", number: file.number, entry }),
    grew([file.number], at, look),
    post(config.staffChannelId!, card, "appeal", `a member objects to case ${file.number}`),
  ];
}

/** One appeal at a time; one that was turned down is not heard again at once. */
function whyNot(
  file: CaseFile,
  event: { readonly at: number; readonly interaction: { readonly locale?: string } },
  look: Look,
  { appeals, staffChannelId }: Config,
): string | undefined {
  const { locale } = event.interaction;
  if (staffChannelId === undefined) return words.say(locale, "wrong.no-staff-channel");
  const before = look.record("appeal", String(file.number));
  if (before?.status === "open") return words.say(locale, "wrong.appeal-open");
  if (isUndone(file) || before?.status === "overturned")
    return words.say(locale, "wrong.undone", { number: file.number });
  const until = (before?.answeredAt ?? -Infinity) + appeals.cooldownDays * DAY;
  return until > event.at
    ? words.say(locale, "wrong.appeal-again", { when: `<t:${Math.ceil(until / 1_000)}:R>` })
    : undefined;
}

function appealCard(file: CaseFile, appeal: Appeal, locale: string): Words {
  const told = caseWords(file, locale);
  const button = (what: "overturn" | "uphold", style: "success" | "secondary") => ({
    component: "button" as const,
    customId: customId("casework", "appeal-answer", String(file.number), what),
    label: words.say(locale, `button.${what}`),
    style,
  });
  return {
    title: words.say(locale, "appeal.title", { number: file.number }),
    text: `${words.say(locale, "appeal.says", { who: `<@${appeal.userId}>` })}\n> ${plain(appeal.text.replaceAll("\n", " "))}\n\n${told.text}`,
    components: [[button("overturn", "success"), button("uphold", "secondary")]],
  };
}

export function answerAppeal(
  event: EventOf<"button.pressed">,
  [number = "", what]: readonly string[],
  look: Look,
  config: Config,
): readonly Effect[] {
  const { locale } = event.interaction;
  const file = fileOf(Number(number), look);
  const appeal = look.record("appeal", number);
  if (file === undefined || appeal === undefined) return missing(event, number);
  if (appeal.status !== "open")
    return refusal(event, words.say(locale, "wrong.appeal-done", { by: `<@${appeal.answeredBy ?? ""}>` }));
  if (decidersOf(file).includes(event.by.userId)) return refusal(event, words.say(locale, "wrong.own-case"));
  return what === "overturn" ? overturn(event, file, appeal, look, config) : uphold(event, file, appeal, look);
}

/** What was done is taken back, the member is told that it was wrong, and the case is kept to measure the rules by. */
function overturn(
  event: EventOf<"button.pressed">,
  file: CaseFile,
  appeal: Appeal,
  look: Look,
  { appeals }: Config,
): readonly Effect[] {
  const action = reversalOf(file);
  const { locale } = event.interaction;
  if (action !== undefined && !may(event, VERBS[action.verb].needs))
    return refusal(
      event,
      words.say(locale, "wrong.cannot-reverse", { permissions: VERBS[action.verb].needs.join(", ") }),
    );
  const why = `the appeal against case ${file.number} was heard`;
  const until = event.at + appeals.keepExamplesDays * DAY;
  return [
    ...(action === undefined ? [] : [onBehalf(event, action, "appeal-overturned", why, { undoes: file.number })]),
    ...lessOnRecord(file, look),
    write({ write: "case.keep", number: file.number, until }),
    ...answered(event, file, appeal, look, "overturned"),
  ];
}

function uphold(event: EventOf<"button.pressed">, file: CaseFile, appeal: Appeal, look: Look): readonly Effect[] {
  return answered(event, file, appeal, look, "upheld");
}

function answered(
  event: EventOf<"button.pressed">,
  file: CaseFile,
  appeal: Appeal,
  look: Look,
  status: "overturned" | "upheld",
): readonly Effect[] {
  const { name: guild, locale } = look.guild();
  const value: Appeal = { ...appeal, status, answeredBy: event.by.userId, answeredAt: event.at };
  const entry = entryBy(event, { kind: status });
  const card = appealCard({ ...file, entries: [...file.entries, entry] }, value, locale);
  return [
    write({ write: "record.put", record: "appeal", key: String(file.number), value }),
    write({ write: "case.add", number: file.number, entry }),
    grew([file.number], event.at, look),
    tell(file.userId, words.say(locale, `appeal.${status}`, { guild, number: file.number }), `appeal-${status}`),
    answer(
      event,
      { ...card, components: [] },
      { rule: `appeal-${status}`, why: `answered the appeal against case ${file.number}`, update: true },
    ),
  ];
}
