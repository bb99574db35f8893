import { BOARD_WINDOWS, type BoardWindow, HOUSE_WORDS, languageOf } from "#core";
import { BOARD_PAGES, BOARD_ROWS, type BoardPart, type BoardRow } from "../views/boards.ts";
import { safe } from "./markup.ts";

/** Nothing is fetched, run or sent from the page, and no other page shows it in a frame. */
export const BOARD_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export interface BoardShown {
  readonly locale: string | undefined;
  readonly guild: string;
  readonly window: BoardWindow;
  readonly page: number;
  readonly hasSeason: boolean;
  readonly part: BoardPart;
}

const STYLE = `
:root{color-scheme:light dark;--back:#f4f5f8;--card:#fff;--line:#e3e5ea;--text:#1b1d22;--quiet:#5c6370;--accent:#4752c4;--on:#fff;--gold:#8a6500;--silver:#5f6773;--bronze:#95491c}
@media(prefers-color-scheme:dark){:root{--back:#15171b;--card:#1e2126;--line:#30343b;--text:#eceef2;--quiet:#a3a9b5;--accent:#8b95ff;--on:#15171b;--gold:#e8c14a;--silver:#c3cad6;--bronze:#e39b6b}}
*{box-sizing:border-box}
body{background:var(--back);color:var(--text);font:16px/1.45 system-ui,sans-serif;margin:0 auto;max-width:42rem;padding:1.5rem 1rem 3rem}
h1{font-size:1.5rem;line-height:1.2;margin:0;overflow-wrap:anywhere}
.of{color:var(--quiet);margin:.1rem 0 1rem}
.tabs{display:flex;flex-wrap:wrap;gap:.4rem;margin-bottom:1rem}
a{color:var(--accent);text-decoration:none}
.tabs a{border:1px solid var(--line);border-radius:99px;color:var(--text);padding:.35rem .8rem}
.tabs a[aria-current]{background:var(--accent);border-color:var(--accent);color:var(--on);font-weight:600}
ol{background:var(--card);border:1px solid var(--line);border-radius:14px;list-style:none;margin:0;overflow:hidden;padding:0}
li{align-items:center;border-top:1px solid var(--line);display:flex;gap:.75rem;padding:.6rem .9rem}
li:first-child{border-top:0}
.place{color:var(--quiet);flex:none;font-variant-numeric:tabular-nums;font-weight:600;min-width:2ch;text-align:right}
.face{align-items:center;border-radius:50%;color:#fff;display:flex;flex:none;font-weight:600;height:2.25rem;justify-content:center;width:2.25rem}
.who{align-items:baseline;display:flex;flex:1;gap:.75rem;min-width:0}
.who b{flex:1;font-weight:600;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.who i{color:var(--quiet);font-weight:400}
.more{color:var(--quiet);flex:none;font-variant-numeric:tabular-nums}
.first .place{color:var(--gold)}.second .place{color:var(--silver)}.third .place{color:var(--bronze)}
@media(max-width:32rem){.who,.who b{display:block}.more{font-size:.85rem}}
nav.turn{align-items:center;display:flex;gap:1rem;justify-content:space-between;margin-top:1rem}
nav.turn span{flex:1;text-align:center}
footer{color:var(--quiet);font-size:.85rem;margin-top:1.5rem}
`;

/** One page without scripts and without anything from elsewhere; its links lead to the other windows and pages. */
export function boardPage(shown: BoardShown): string {
  const { guild, part } = shown;
  const say = speaker(shown.locale);
  const title = `${guild} · ${say("title")}`;
  const count = say("count", numbers(shown.locale, part.members));
  const list =
    part.rows.length === 0
      ? `<p>${safe(say("nobody"))}</p>`
      : `<ol>${part.rows.map((row) => line(row, shown.locale)).join("\n")}</ol>`;
  const body = [
    `<header><h1><bdi>${safe(guild)}</bdi></h1><p class="of">${safe(say("title"))} · ${safe(count)}</p></header>`,
    `<nav class="tabs" aria-label="${safe(say("title"))}">${tabs(shown)}</nav>`,
    `<main>${list}</main>`,
    turning(shown),
    `<footer>${safe(say("times"))}</footer>`,
  ];
  return document(shown.locale, title, body.join("\n"));
}

/** What is said instead where there is nothing to see. */
export function noBoardPage(why: "expired" | "forged" | "closed" | "busy", locale: string | undefined): string {
  const say = speaker(locale);
  return document(locale, say("title"), `<h1>${safe(say("title"))}</h1>\n<p>${safe(say(why))}</p>`);
}

const speaker =
  (locale: string | undefined) =>
  (key: BoardWord, values = {}) =>
    HOUSE_WORDS.say(locale, `board-page.${key}`, values);
type BoardWord = Parameters<typeof HOUSE_WORDS.say>[1] extends infer K
  ? K extends `board-page.${infer Word}`
    ? Word
    : never
  : never;

function numbers(locale: string | undefined, count: number) {
  return { count, shown: new Intl.NumberFormat(languageOf(locale)).format(count) };
}

const MEDALS: Readonly<Record<number, string>> = { 1: "first", 2: "second", 3: "third" };

function line({ place, name, points, level }: BoardRow, locale: string | undefined): string {
  const say = speaker(locale);
  const who = name === undefined ? `<i>${safe(say("member"))}</i>` : `<bdi>${safe(name)}</bdi>`;
  const earned = say("points", numbers(locale, points));
  const more = level === undefined ? earned : `${say("level", { level })} · ${earned}`;
  const medal = MEDALS[place] === undefined ? "" : ` class="${MEDALS[place]}"`;
  const told = `<div class="who"><b>${who}</b><span class="more">${safe(more)}</span></div>`;
  return `<li${medal}><span class="place">${place}</span>${face(name)}${told}</li>`;
}

/** The first letter on a colour of the name's own: a picture would lead to the account. */
function face(name: string | undefined): string {
  if (name === undefined) return `<span class="face" style="background:#7d8494" aria-hidden="true"></span>`;
  const hue = [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 360, 7);
  const letter = (/[\p{L}\p{N}]/u.exec(name)?.[0] ?? [...name][0] ?? "").toUpperCase();
  return `<span class="face" style="background:hsl(${hue} 45% 40%)" aria-hidden="true">${safe(letter)}</span>`;
}

function tabs({ window, hasSeason, locale }: BoardShown): string {
  const say = speaker(locale);
  return BOARD_WINDOWS.filter((each) => each !== "season" || hasSeason)
    .map((each) => {
      const current = each === window ? ' aria-current="page"' : "";
      return `<a href="?window=${each}"${current}>${safe(say(`window.${each}`))}</a>`;
    })
    .join("");
}

function turning({ window, page, locale, part }: BoardShown): string {
  const pages = Math.min(BOARD_PAGES, Math.ceil(part.members / BOARD_ROWS));
  if (pages <= 1) return "";
  const say = speaker(locale);
  const to = (key: "previous" | "next", there: number): string =>
    there < 1 || there > pages
      ? ""
      : `<a rel="${key === "next" ? "next" : "prev"}" href="?window=${window}&amp;page=${there}">${safe(say(key))}</a>`;
  const where = safe(say("page", { page, pages }));
  return `<nav class="turn" aria-label="${where}">${to("previous", page - 1)}<span>${where}</span>${to("next", page + 1)}</nav>`;
}

function document(locale: string | undefined, title: string, body: string): string {
  return `<!doctype html>
<html lang="${languageOf(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${safe(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${body}
</body>
</html>
`;
}
