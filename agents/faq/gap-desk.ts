import {
  customId,
  type Effect,
  type EventOf,
  LONGEST_CUSTOM_ID,
  parseCustomId,
  type Passage,
  type PassageDraft,
  type Row,
  type SlowLook,
  titleOf,
  type Use,
} from "#core";
import { MOST_ASKS } from "#core/knowledge/file";
import type { Gap } from "#core/knowledge/gaps";
import type { Config } from "./config.ts";
import { type Drafted, draftOf, keptDraft } from "./drafting.ts";
import { closed, knownGaps } from "./gaps.ts";
import { sceneOf } from "./mending.ts";
import { plainTitle } from "./rendering.ts";
import { tell } from "./replies.ts";
import { newEntry } from "./entries.ts";
import { draftsOf, entryId, putSource } from "./sources.ts";
import { dismissedFrom, fromTicket, isFromTicket, publishedFrom } from "./tickets.ts";
import { words } from "./words.ts";

const SHOWN = 10;

/** `/faq gaps`: what was asked most and answered nowhere. */
export async function listGaps(event: Use, look: SlowLook): Promise<readonly Effect[]> {
  const { locale } = event.interaction;
  const gaps = (await knownGaps(look)).slice(0, SHOWN);
  if (gaps.length === 0) return [tell(event, words.say(locale, "gaps.none"), "faq-gaps")];
  const lines = gaps.map(
    (gap) => `• ${words.say(locale, "gaps.line", { count: gap.times, question: nameOf(gap, 120) })}`,
  );
  const choices = gaps.map((gap) => ({ label: nameOf(gap, 90), value: gap.topic }));
  const select = { component: "select", of: "text", customId: customId("faq", "gap"), choices } as const;
  const text = [words.say(locale, "gaps.heading"), ...lines].join("\n");
  return [tell(event, text, "faq-gaps", [[{ ...select, placeholder: words.say(locale, "gaps.choose") }]])];
}

function nameOf(gap: Gap, length: number): string {
  return plainTitle(gap.asks[0] ?? "", length);
}

/** One gap with a draft: its ways of asking, and the entry that comes nearest to an answer. */
export async function draftFor(
  event: EventOf<"select.chosen">,
  look: SlowLook,
  config: Config,
): Promise<readonly Effect[]> {
  const { locale } = event.interaction;
  const gap = await gapOf(event.values[0], look);
  if (gap === undefined) return [tell(event, words.say(locale, "gaps.gone"), "faq-gaps")];
  const near = (await look.search({ of: "knowledge", text: gap.asks[0] ?? "" })).hits[0]?.passage;
  const asks = gap.asks.slice(0, MOST_ASKS).map((ask) => `• ${plainTitle(ask, 200)}`);
  const nearest = near === undefined ? [] : [words.say(locale, "gaps.near", { name: plainTitle(titleOf(near)) })];
  const from = fromTicket(gap.topic, look);
  const drafted = from === undefined ? await draftOf(gap, look, config, event.at) : unread(keptDraft(gap.topic, look));
  const heading = words.say(locale, from === undefined ? "gaps.proposed" : "gaps.answered");
  const proposed = drafted === undefined ? [] : ["", heading, drafted.text];
  const lines = [words.say(locale, "gaps.draft", { count: gap.times }), ...asks, "", ...nearest, ...proposed];
  const buttons = draftButtons(gap, near, locale, drafted !== undefined);
  return [...(drafted?.effects ?? []), tell(event, lines.join("\n"), "faq-gaps", [buttons])];
}

/** What staff said in a ticket, to be read first: it is not used up by that. */
function unread(kept: Drafted | undefined): Drafted | undefined {
  return kept && { text: kept.text, effects: [] };
}

function draftButtons(gap: Gap, near: Passage | undefined, locale: string | undefined, isDrafted: boolean): Row {
  const button = (name: "fill" | "take" | "join" | "dismiss", ...args: readonly string[]) =>
    ({
      component: "button",
      customId: customId("faq", name, gap.topic, ...args),
      label: words.say(locale, `button.${name}`),
    }) as const;
  // An entry that takes a ticket's words in could not give them back.
  const canJoin =
    !isFromTicket(gap.topic) &&
    near?.source.kind === "entry" &&
    gap.topic.length + near.source.id.length < LONGEST_CUSTOM_ID - 24;
  const take = isDrafted ? [button("take")] : [];
  return [...take, button("fill"), ...(canJoin ? [button("join", near.source.id)] : []), button("dismiss")];
}

/** The form's answer, under the questions that were asked. */
export async function fillGap(event: EventOf<"modal.submitted">, look: SlowLook): Promise<readonly Effect[]> {
  const gap = await gapOf(parseCustomId(event.customId)?.args[0], look);
  if (gap === undefined) return [tell(event, words.say(event.interaction.locale, "gaps.gone"), "faq-gaps")];
  const draft = { asks: gap.asks.slice(0, MOST_ASKS), text: String(event.fields["answer"] ?? "") };
  return [...closed(gap), ...published(event, gap, draft, look)];
}

/** An entry like any other; of a ticket it stays with whoever opened that. */
function published(event: Use, gap: Gap, draft: PassageDraft, look: SlowLook): readonly Effect[] {
  const from = fromTicket(gap.topic, look);
  const entry = newEntry(event, sceneOf(event, look), draft, from);
  return from === undefined ? entry : [...entry, ...publishedFrom(gap.topic, from, look)];
}

/** What the model drafted becomes the entry, as staff have read it. */
export async function takeDraft(event: EventOf<"button.pressed">, look: SlowLook): Promise<readonly Effect[]> {
  const gap = await gapOf(parseCustomId(event.customId)?.args[0], look);
  const kept = gap === undefined ? undefined : keptDraft(gap.topic, look);
  if (gap === undefined || kept === undefined)
    return [tell(event, words.say(event.interaction.locale, "gaps.gone"), "faq-gaps")];
  const draft = { asks: gap.asks.slice(0, MOST_ASKS), text: kept.text };
  return [...closed(gap), ...kept.effects, ...published(event, gap, draft, look)];
}

/** The questions become further ways of asking for an entry there is. */
export async function joinGap(event: EventOf<"button.pressed">, look: SlowLook): Promise<readonly Effect[]> {
  const { locale } = event.interaction;
  const [topic, sourceId = ""] = parseCustomId(event.customId)?.args ?? [];
  const gap = await gapOf(topic, look);
  const known = await look.passages({ of: "knowledge", sourceIds: [sourceId], limit: 1 });
  const [entry] = draftsOf(known);
  if (gap === undefined || entry === undefined || !sourceId.startsWith(entryId("")))
    return [tell(event, words.say(locale, "gaps.gone"), "faq-gaps")];
  const asks = [...new Set([...entry.asks, ...gap.asks])].slice(0, MOST_ASKS);
  const source = { id: sourceId, kind: "entry", by: `discord:${event.by.userId}`, at: event.at } as const;
  const put = putSource(sceneOf(event, look), source, [{ ...entry, asks }]);
  return [
    ...closed(gap),
    ...put,
    tell(event, words.say(locale, "gaps.joined", { name: plainTitle(titleOf(entry)) }), "faq-gaps"),
  ];
}

export async function dismissGap(event: EventOf<"button.pressed">, look: SlowLook): Promise<readonly Effect[]> {
  const gap = await gapOf(parseCustomId(event.customId)?.args[0], look);
  const text = words.say(event.interaction.locale, gap === undefined ? "gaps.gone" : "gaps.dismissed");
  const from = gap === undefined ? undefined : fromTicket(gap.topic, look);
  const forgotten = gap === undefined || from === undefined ? [] : dismissedFrom(gap.topic, from, look);
  return [...(gap === undefined ? [] : closed(gap)), ...forgotten, tell(event, text, "faq-gaps")];
}

async function gapOf(topic: string | undefined, look: SlowLook): Promise<Gap | undefined> {
  return (await knownGaps(look)).find((gap) => gap.topic === topic);
}
