import { APPEAL_LENGTH, HOUSE_WORDS } from "#core";
import { safe } from "./markup.ts";

/** How an appeal stands, for whoever holds the link. */
export type Standing = "none" | "short" | "open" | "upheld" | "overturned" | "undone" | "nobody";

export interface AppealView {
  readonly locale: string;
  readonly guild: string;
  readonly number: number;
  readonly verb: string;
  readonly reason: string;
  readonly standing: Standing;
  /** What was written before and was too short. */
  readonly text?: string;
}

const MEASURES = ["warn", "timeout", "kick", "ban"] as const;

/** One page without scripts: what was done and why, and either the form or what came of it. */
export function appealPage(view: AppealView): string {
  const { locale, guild, number, reason, standing } = view;
  const measure = MEASURES.find((one) => `member.${one}` === view.verb) ?? "other";
  const values = { measure: HOUSE_WORDS.say(locale, `measure.${measure}`), reason };
  const title = HOUSE_WORDS.say(locale, "appeal-page.title", { number, guild });
  const about = HOUSE_WORDS.say(locale, "appeal-page.about", values);
  const body = standing === "none" || standing === "short" ? form(view) : paragraph(saying(locale, standing));
  return page(locale, title, `${paragraph(about)}${body}`);
}

export function expiredPage(locale: string): string {
  const says = HOUSE_WORDS.say(locale, "appeal-page.expired");
  return page(locale, says, "");
}

function saying(locale: string, standing: Exclude<Standing, "none" | "short">): string {
  return HOUSE_WORDS.say(locale, `appeal-page.${standing}`);
}

function form({ locale, standing, text = "" }: AppealView): string {
  const { least, most } = APPEAL_LENGTH;
  const wrong = standing === "short" ? paragraph(HOUSE_WORDS.say(locale, "appeal-page.short", { least }), "wrong") : "";
  return `${wrong}<form method="post">
<label for="text">${safe(HOUSE_WORDS.say(locale, "appeal-page.label"))}</label>
<textarea id="text" name="text" rows="8" required minlength="${least}" maxlength="${most}" aria-describedby="who">${safe(text)}</textarea>
<p id="who">${safe(HOUSE_WORDS.say(locale, "appeal-page.who"))}</p>
<button>${safe(HOUSE_WORDS.say(locale, "appeal-page.send"))}</button>
</form>`;
}

const STYLE =
  "body{font:1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark}" +
  "textarea{width:100%;box-sizing:border-box;font:inherit;margin:.5rem 0}button{font:inherit;padding:.5rem 1.5rem}.wrong{font-weight:600}";

function page(locale: string, title: string, body: string): string {
  return `<!doctype html>
<html lang="${safe(locale)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>${safe(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${safe(title)}</h1>${body}</main></body></html>
`;
}

function paragraph(text: string, kind?: string): string {
  return `<p${kind === undefined ? "" : ` class="${kind}" role="alert"`}>${safe(text)}</p>`;
}
