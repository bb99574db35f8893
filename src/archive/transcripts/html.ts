import { languageOf } from "#core";
import { readable, type Transcript, type TranscriptFile, type TranscriptMessage } from "./document.ts";
import { factsOf, headingOf, missing, moment, nameOf, notesOf, sizeText } from "./forms.ts";
import { words } from "./words.ts";

/** Shown as pictures; everything else is only handed over, whatever it calls itself. */
const PICTURES: ReadonlySet<string> = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

/** Nothing is fetched, run or sent from this page, wherever it is opened: also from somebody's own disk. */
export const PAGE_POLICY =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --quiet: #767676; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 46rem; padding: 0 1rem; }
h1 { font-size: 1.4rem; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; }
dt, time, .note, small { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
article { border-top: 1px solid var(--line); padding: .7rem 0; }
.said { margin: .2rem 0; overflow-wrap: anywhere; white-space: pre-wrap; }
ul { list-style: none; margin: .4rem 0; padding: 0; }
img { display: block; height: auto; max-height: 24rem; max-width: 100%; }
@media print { body { margin: 0; max-width: none; } }
`;

/** One file that needs nothing beside it: no script, no address outside of it. */
export function htmlOf(transcript: Transcript): string {
  const heading = escaped(headingOf(transcript));
  const facts = factsOf(transcript).map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${isolated(value)}</dd>`);
  const notes = notesOf(transcript).map((note) => `<p class="note">${escaped(note)}</p>`);
  const body = [
    `<h1>${heading}</h1>`,
    `<dl>${facts.join("")}</dl>`,
    ...notes,
    `<main>${transcript.messages.map((message) => article(message, transcript)).join("\n")}</main>`,
  ];
  return page(heading, transcript.locale, body.join("\n"));
}

/** What is shown instead where there is nothing to read, in the reader's own language. */
export function wrongPage(why: "forged" | "expired" | "gone" | "lost" | "unsure", locale: string | undefined): string {
  const title = escaped(words.say(locale, "wrong.title"));
  return page(title, locale, `<h1>${title}</h1>\n<p>${escaped(words.say(locale, `wrong.${why}`))}</p>`);
}

function page(title: string, locale: string | undefined, body: string): string {
  return `<!doctype html>
<html lang="${languageOf(locale)}">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${PAGE_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

function article(message: TranscriptMessage, transcript: Transcript): string {
  const { author, at, editedAt, text, files } = message;
  const { locale } = transcript;
  const edited = editedAt === undefined ? "" : ` <small>(${escaped(words.say(locale, "edited"))})</small>`;
  const when = `<time datetime="${new Date(at).toISOString()}">${escaped(moment(at, locale))}</time>`;
  const said = text === "" ? "" : `<div class="said" dir="auto">${escaped(readable(text, transcript))}</div>`;
  const list = files.map((file) => `<li>${fileOf(file, transcript)}</li>`);
  const attached = list.length === 0 ? "" : `<ul>${list.join("")}</ul>`;
  return `<article><b>${isolated(nameOf(author))}</b> ${when}${edited}${said}${attached}</article>`;
}

function fileOf(file: TranscriptFile, transcript: Transcript): string {
  const { name, size, contentType = "", base64 } = file;
  const label = `${isolated(name)} <small>${sizeText(size)}</small>`;
  if (base64 === undefined) return `${label} <small>(${escaped(missing(file, transcript) ?? "")})</small>`;
  const kind = contentType.split(";", 1)[0]!.trim().toLowerCase();
  if (PICTURES.has(kind)) return `<img src="data:${kind};base64,${base64}" alt="${escaped(name)}">${label}`;
  const address = `data:application/octet-stream;base64,${base64}`;
  return `<a href="${address}" download="${escaped(name)}">${isolated(name)}</a> <small>${sizeText(size)}</small>`;
}

/** Letters that are read from right to left turn nothing but themselves around. */
function isolated(text: string): string {
  return `<bdi>${escaped(text)}</bdi>`;
}

const MEANT: Readonly<Record<string, string>> = {
  ...{ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" },
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => MEANT[character]!);
}
