import { customId, type ButtonSpec, type Effect, type EventOf, type Look, type Row, type Use, type Words } from "#core";
import { answer, refusal } from "./answer.ts";
import { filesOf } from "./cohorts.ts";
import { caseRow } from "./show.ts";
import { words } from "./words.ts";

const PER_PAGE = 6;
const ALL = "all";

export const PAGE_BUTTON: ButtonSpec = { name: "page", needs: ["MODERATE_MEMBERS"], reply: "update" };

/** One page of cases, of a member or of all, with the way to the others. */
export function pageOf(event: Use, look: Look, userId: string | undefined, wanted: number): Words {
  const { locale } = event.interaction;
  const files = userId === undefined ? look.cases({ newest: true }) : filesOf(userId, look);
  if (files.length === 0) return { text: words.say(locale, "list.none") };
  const pages = Math.ceil(files.length / PER_PAGE);
  const page = Math.min(Math.max(1, wanted), pages);
  const rows = files.slice((page - 1) * PER_PAGE, page * PER_PAGE).map((file) => caseRow(file, locale));
  return {
    title: words.say(locale, "list.title", { page, pages }),
    text: rows.join("\n\n"),
    ...(pages > 1 && { components: [turning(event.by.userId, userId ?? ALL, page, pages)] }),
  };
}

/** Each button says where it leads, and for whom it was made. */
function turning(askerId: string, of: string, page: number, pages: number): Row {
  const way = (emoji: string, to: number, name: string, isEnd: boolean) => ({
    component: "button" as const,
    customId: customId("casework", "page", askerId, of, String(to), name),
    label: emoji,
    disabled: isEnd,
  });
  return [
    way("⏮", 1, "first", page === 1),
    way("◀", page - 1, "previous", page === 1),
    way("▶", page + 1, "next", page === pages),
    way("⏭", pages, "last", page === pages),
  ];
}

export function turnPage(
  event: EventOf<"button.pressed">,
  [askerId, of, page]: readonly string[],
  look: Look,
): readonly Effect[] {
  if (askerId !== event.by.userId) return refusal(event, words.say(event.interaction.locale, "wrong.page"));
  const shown = pageOf(event, look, of === ALL ? undefined : of, Number(page));
  return [answer(event, shown, { rule: "case-list", why: "turned the page", update: true })];
}
