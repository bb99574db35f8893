import { ComponentType, MessageFlags } from "discord-api-types/v10";
import type { PanelPart, Words } from "#core";
import { attachedFile } from "../drawing/attached.ts";
import { cleanText } from "../normalise/text.ts";
import { drawLetters } from "../drawing/letters.ts";
import type { SentFile } from "../rest.ts";
import { componentRows } from "./components.ts";
import { footerOf } from "../marker.ts";

const LONGEST_TITLE = 256;
const LETTERS = "letters.png";
const LONGEST_ALT = 1_024;

interface Called {
  readonly parse: readonly "everyone"[];
  readonly users: readonly string[];
  readonly roles?: readonly string[];
}

export interface MessageBody {
  readonly content?: string;
  readonly embeds?: readonly object[];
  readonly flags?: MessageFlags;
  /** Always there: an edit takes away what its words no longer hold. */
  readonly components: readonly object[];
  readonly allowed_mentions: Called;
  /** What is told of files that go along. */
  readonly attachments?: readonly { readonly id: number; readonly description: string }[];
}

/**
 * What is said goes into an embed, whose footer carries the marker. Only pings stand outside, since an embed pings
 * nobody; whatever names or mentions the text holds, only those listed are called.
 */
export function messageBody(words: Words, orderId: string, card?: SentFile): MessageBody {
  const { pingUserIds: users = [], pingRoleIds: roles = [], pingEveryone = false } = words;
  const called: Called = { parse: pingEveryone ? ["everyone"] : [], users, ...(roles.length > 0 && { roles }) };
  if (words.panel !== undefined) return panelBody(words, words.panel, orderId, called);
  const description = cleanText((card === undefined ? undefined : words.rankCard?.caption) ?? words.text);
  const title = cleanText(words.title).slice(0, LONGEST_TITLE);
  const embed = {
    ...(title !== "" && { title }),
    ...(description !== "" && { description }),
    ...pictureOf(words, card),
    footer: { text: footerOf(orderId) },
  };
  return {
    content: [
      ...(pingEveryone ? ["@everyone"] : []),
      ...users.map((id) => `<@${id}>`),
      ...roles.map((id) => `<@&${id}>`),
    ].join(" "),
    embeds: [embed],
    components: componentRows(words.components ?? []),
    allowed_mentions: called,
    ...(card?.about !== undefined && { attachments: [{ id: 0, description: card.about.slice(0, LONGEST_ALT) }] }),
  };
}

/** An embed shows one: what the house draws comes first. */
function pictureOf(
  { letters, picture }: Words,
  card: SentFile | undefined,
): { readonly image?: { readonly url: string } } {
  if (card !== undefined) return { image: { url: `attachment://${card.name}` } };
  if (letters !== undefined) return { image: { url: `attachment://${LETTERS}` } };
  return picture === undefined ? {} : { image: { url: picture } };
}

/** What goes along with the words: made anew each time. A card is drawn before, and comes first. */
export function filesOf({ letters, attached = [] }: Words, card?: SentFile): readonly SentFile[] | undefined {
  const drawn = letters === undefined ? [] : [{ name: LETTERS, contentType: "image/png", data: drawLetters(letters) }];
  const files = [...(card === undefined ? [] : [card]), ...drawn, ...attached.map(attachedFile)];
  return files.length === 0 ? undefined : files;
}

/** Neither content nor embeds may be there, not even empty ones; the marker is the last text of the frame. */
function panelBody(words: Words, panel: readonly PanelPart[], orderId: string, called: Called): MessageBody {
  const title = cleanText(words.title).slice(0, LONGEST_TITLE);
  const heading = [title === "" ? "" : `### ${title}`, cleanText(words.text)].filter((text) => text !== "").join("\n");
  const parts: readonly PanelPart[] = [{ text: heading }, ...panel, { text: `-# ${footerOf(orderId)}` }];
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [{ type: ComponentType.Container, components: parts.flatMap(partBody) }],
    allowed_mentions: called,
  };
}

function partBody(part: PanelPart): readonly object[] {
  if ("row" in part) return componentRows([part.row]);
  if ("line" in part) return [{ type: ComponentType.Separator }];
  return part.text === "" ? [] : [{ type: ComponentType.TextDisplay, content: cleanText(part.text) }];
}
