import { languageOf } from "#core";
import { plain } from "#core/text/index";
import { type Person, readable, type Transcript, type TranscriptFile, type TranscriptMessage } from "./document.ts";
import { words } from "./words.ts";

/** What stands over a conversation, as pairs of a name and a value; `asTheirs` is what is done to words that are not ours. */
export function factsOf(
  transcript: Transcript,
  asTheirs: (text: string) => string = (text) => text,
): readonly (readonly [string, string])[] {
  const { guild, about, opener, openedAt, closedAt, madeAt, locale } = transcript;
  return [
    [words.say(locale, "facts.guild"), asTheirs(guild)],
    [words.say(locale, "facts.about"), asTheirs(about)],
    [words.say(locale, "facts.opener"), asTheirs(opener.name)],
    [words.say(locale, "facts.opened"), moment(openedAt, locale)],
    [words.say(locale, "facts.closed"), closedAt === undefined ? words.say(locale, "open") : moment(closedAt, locale)],
    [words.say(locale, "facts.made"), moment(madeAt, locale)],
  ];
}

/** What is missing, and why. */
export function notesOf({ locale, source, isCut, messages, mostBytes }: Transcript): readonly string[] {
  return [
    ...(messages.length === 0 ? [words.say(locale, "empty")] : []),
    ...(isCut === true ? [words.say(locale, "note.cut", { count: messages.length })] : []),
    ...(source === "journal" ? [words.say(locale, "note.journal")] : []),
    ...(messages.some(({ files }) => files.length > 0)
      ? [words.say(locale, "note.limit", { size: sizeText(mostBytes) })]
      : []),
  ];
}

export function headingOf({ number, title, locale }: Transcript): string {
  return words.say(locale, "heading", { number, title });
}

/** Why a file is not here; undefined where it is. */
export function missing(file: TranscriptFile, { locale, mostBytes }: Transcript): string | undefined {
  if (file.left === undefined) return undefined;
  return words.say(locale, `file.${file.left}`, { size: sizeText(mostBytes) });
}

export function nameOf({ name, bot }: Person): string {
  return bot === true ? `${name} (bot)` : name;
}

export function moment(at: number, locale: string): string {
  const form = { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" } as const;
  return `${new Intl.DateTimeFormat(languageOf(locale), form).format(at)} UTC`;
}

export function sizeText(bytes: number): string {
  if (bytes < 1_024) return `${bytes} B`;
  return bytes < 1_048_576 ? `${Math.ceil(bytes / 1_024)} KiB` : `${(bytes / 1_048_576).toFixed(1)} MiB`;
}

/** For whoever keeps it in a wiki or a repository. Files are named, and stay in the other forms. */
export function markdownOf(transcript: Transcript): string {
  const facts = factsOf(transcript, plain).map(([name, value]) => `- ${name}: ${value}`);
  const notes = notesOf(transcript).map((note) => `_${note}_\n`);
  const heading = headingOf({ ...transcript, title: plain(transcript.title) });
  const messages = transcript.messages.map((message) => messageText(message, transcript));
  return [`# ${heading}\n`, `${facts.join("\n")}\n`, ...notes, ...messages].join("\n");
}

function messageText(message: TranscriptMessage, transcript: Transcript): string {
  const { locale } = transcript;
  const edited = message.editedAt === undefined ? "" : ` (${words.say(locale, "edited")})`;
  const said = plain(readable(message.text, transcript))
    .split("\n")
    .map((line) => `> ${line}`);
  const files = message.files.map((file) => {
    const why = missing(file, transcript);
    return `- ${plain(file.name)} (${sizeText(file.size)})${why === undefined ? "" : `: ${why}`}`;
  });
  const body = [...(message.text === "" ? [] : [said.join("\n")]), ...(files.length === 0 ? [] : [files.join("\n")])];
  return `**${plain(nameOf(message.author))}** · ${moment(message.at, locale)}${edited}\n\n${body.join("\n\n")}\n`;
}

/** Everything as it is kept, for programs. */
export function jsonOf(transcript: Transcript): string {
  return `${JSON.stringify(transcript, null, 2)}\n`;
}
