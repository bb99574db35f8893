/** What Discord would take for formatting, a mention, a link or an emoji. */
const MARKUP = /[\\*_~`|>#[\]()<@:-]/g;

/** Somebody's own words inside of ours: read as they were written, and nothing more than that. */
export function plain(text: string): string {
  return text.replace(MARKUP, "\\$&");
}
