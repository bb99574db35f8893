import {
  type Choice,
  customId,
  type Effect,
  type EventOf,
  type KnowledgeSource,
  type Passage,
  type PassageDraft,
  type Row,
  type SlowLook,
  type SuggestLook,
  titleOf,
  type Typing,
  type Use,
} from "#core";
import { MOST_ASKS } from "#core/knowledge/file";
import { excerpt } from "#core/text/index";
import { type Scene, sceneOf } from "./mending.ts";
import { plainTitle } from "./rendering.ts";
import type { FromTicket } from "./tickets.ts";
import { tell } from "./replies.ts";
import { draftsOf, entryId, putSource, withdrawSource } from "./sources.ts";
import { words } from "./words.ts";

type Command = EventOf<"command.used">;

/** An entry as staff wrote it; the event that brought it names it. */
export function newEntry(event: Use, scene: Scene, draft: PassageDraft, from?: FromTicket): readonly Effect[] {
  const source = entrySource(from?.id ?? entryId(event.id), event, from?.authorId);
  const text = words.say(event.interaction.locale, "entry.added", { name: plainTitle(titleOf(draft)) });
  return [...putSource(scene, source, [draft]), tell(event, text, "faq-add")];
}

function entrySource(id: string, event: Use, authorId?: string): KnowledgeSource {
  const { by, at } = event;
  return { id, kind: "entry", by: `discord:${by.userId}`, at, ...(authorId !== undefined && { authorId }) };
}

/** The ways of asking in a form or an option: one a line, or parted by bars. */
export function asksIn(question: string, also: string): readonly string[] {
  const asks = [question, ...also.split(/\n|\|/)].map((ask) => ask.trim()).filter((ask) => ask !== "");
  return [...new Set(asks)].slice(0, MOST_ASKS);
}

export async function editEntry(event: Command, look: SlowLook): Promise<readonly Effect[]> {
  const { locale } = event.interaction;
  const { entry: id = "", question = "", answer = "", also = "" } = event.options as Readonly<Record<string, string>>;
  const known = await look.passages({ of: "knowledge", sourceIds: [id], limit: 1 });
  const [before] = draftsOf(known);
  if (before === undefined || !id.startsWith(entryId("")))
    return [tell(event, words.say(locale, "entry.unknown"), "faq-edit")];
  if (question === "" && answer === "" && also === "")
    return [tell(event, words.say(locale, "entry.same"), "faq-edit")];
  const [first = "", ...others] = before.asks;
  const asks = asksIn(question === "" ? first : question, also === "" ? others.join("\n") : also);
  const text = answer === "" ? before.text : answer;
  const scene = sceneOf(event, look);
  const said = words.say(locale, "entry.changed", { name: plainTitle(asks[0] ?? text) });
  return [
    ...putSource(scene, entrySource(id, event, known[0]?.source.authorId), [{ asks, text }]),
    tell(event, said, "faq-edit"),
  ];
}

export async function removeSource(event: Command, look: SlowLook): Promise<readonly Effect[]> {
  const { locale } = event.interaction;
  const id = String(event.options["entry"] ?? "");
  const [known] = await look.passages({ of: "knowledge", sourceIds: [id], limit: 1 });
  if (known === undefined) return [tell(event, words.say(locale, "entry.unknown"), "faq-remove")];
  const said = words.say(locale, "entry.removed", { name: nameOf(known) });
  return [...withdrawSource(sceneOf(event, look), id), tell(event, said, "faq-remove")];
}

/** A file or a message is one thing to staff, however many passages it holds. */
function nameOf(passage: Passage): string {
  return passage.source.kind === "file" ? plainTitle(passage.source.title ?? "") : plainTitle(titleOf(passage));
}

const PAGE = 10;
const MOST_LISTED = 1_000;

export async function listKnowledge(event: Use, look: SlowLook, page = 0): Promise<readonly Effect[]> {
  const { locale } = event.interaction;
  const search = event.kind === "command.used" ? String(event.options["search"] ?? "") : "";
  const passages =
    search === ""
      ? await look.passages({ of: "knowledge", limit: MOST_LISTED })
      : (await look.search({ of: "knowledge", text: search })).hits.map(({ passage }) => passage);
  if (passages.length === 0)
    return [tell(event, words.say(locale, search === "" ? "list.empty" : "list.none"), "faq-list")];
  const pages = Math.ceil(passages.length / PAGE);
  const shown = Math.min(Math.max(0, page), pages - 1);
  const lines = passages.slice(shown * PAGE, (shown + 1) * PAGE).map((passage) => lineOf(passage, locale));
  const heading = words.say(locale, "list.page", { page: shown + 1, pages, count: passages.length });
  const isPaged = event.kind === "button.pressed";
  return [tell(event, [heading, ...lines].join("\n"), "faq-list", pageButtons(shown, pages, locale), isPaged)];
}

function lineOf(passage: Passage, locale: string | undefined): string {
  const { source, version } = passage;
  const from = words.say(locale, `list.${source.kind}`, { title: plainTitle(source.title ?? "", 40) });
  return `• ${plainTitle(titleOf(passage))} (${from}, v${version})`;
}

function pageButtons(page: number, pages: number, locale: string | undefined): readonly Row[] {
  if (pages === 1) return [];
  const to = { first: 0, previous: page - 1, next: page + 1, last: pages - 1 } as const;
  return [
    (Object.keys(to) as (keyof typeof to)[]).map((name) => ({
      component: "button",
      customId: customId("faq", "page", String(to[name]), name),
      label: words.say(locale, `page.${name}`),
      disabled: to[name] < 0 || to[name] >= pages || to[name] === page,
    })),
  ];
}

/** Entries for `/faq edit`; whatever can be taken back for `/faq remove`. */
export function suggestSources(look: SuggestLook, { command, option, partial }: Typing): readonly Choice[] {
  if (option !== "entry") return [];
  const wanted = look.known(partial).filter(({ source }) => command !== "faq edit" || source.kind === "entry");
  const first = new Map(wanted.map((passage) => [passage.source.id, passage] as const).reverse());
  return [...first]
    .reverse()
    .filter(([id]) => id.length <= 100)
    .map(([id, passage]) => ({ name: excerpt(nameOf(passage), 100), value: id }));
}
