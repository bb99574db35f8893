import type { BoardLink } from "./boards.ts";
import type { CalendarEntry } from "./calendar/ics.ts";
import type { PanelPart, Row } from "./components.ts";
import type { TranscriptPass } from "./transcripts.ts";

/** Whose picture: the hand makes the address, of its parts and of nothing else. */
export interface Avatar {
  readonly userId: string;
  readonly hash: string;
  /** Of the guild in which it is another one than elsewhere. */
  readonly guildId?: string;
}

/** What is written on a member's card, in words of the reader's language. */
export interface RankCard {
  readonly userId: string;
  readonly name: string;
  /** The account's own name, for where the name cannot be written with the letters there are. */
  readonly username?: string;
  readonly avatar?: Avatar;
  readonly level: string;
  readonly points: string;
  readonly place?: string;
  /** How far the level has come, from 0 to 1, and in words. */
  readonly share: number;
  readonly progress?: string;
  /** 0xRRGGBB. */
  readonly accent?: number;
  /** What is said above the picture, instead of the text. */
  readonly caption: string;
  /** All of it in a sentence, for whoever does not see it. */
  readonly alt: string;
}

/** What a hand may say. Plain text; names of members are never markup (the hand turns pings off unless listed here). */
export interface Words {
  readonly text: string;
  readonly title?: string;
  readonly pingUserIds?: readonly string[];
  readonly pingRoleIds?: readonly string[];
  /** Everybody who sees the channel. */
  readonly pingEveryone?: true;
  readonly components?: readonly Row[];
  /** Drawn by the hand as a picture that people can read and machines hardly can: capital letters and digits. */
  readonly letters?: string;
  /** Drawn by the hand as a picture, in an answer to a command; where that cannot be, the text stands alone. */
  readonly rankCard?: RankCard;
  /** Address of a picture that is shown below the text. */
  readonly picture?: string;
  /** Files that the hand makes of plain data, with an answer to whoever used something. */
  readonly attached?: readonly AttachedFile[];
  /** What `{calendar}` in the text leads to: a link with a secret in it, known to the hand and to whoever is answered. */
  readonly calendarKey?: CalendarKey;
  /** Its addresses are put in when it is sent. */
  readonly transcript?: TranscriptPass;
  /** A button that leads to the leaderboard's page, put in when it is sent. */
  readonly board?: BoardLink;
  /** Below title and text, in one frame; instead of `components`. */
  readonly panel?: readonly PanelPart[];
}

/** *calendar* opens in any calendar (.ics), *table* in any spreadsheet (.csv). */
export type AttachedFile =
  | { readonly attached: "calendar"; readonly name: string; readonly entries: readonly CalendarEntry[] }
  | { readonly attached: "table"; readonly name: string; readonly rows: readonly (readonly string[])[] };

/** Whose calendar it opens: the guild's, or what one member goes to. Those of an earlier number open nothing any more. */
export interface CalendarKey {
  readonly userId?: string;
  readonly number: number;
}
