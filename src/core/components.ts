import type { ChannelKind } from "./commands.ts";
import { GuildhallError } from "./errors.ts";

/** What can be pressed or chosen under a message, as plain data. A row holds up to five buttons or one select. */
export type Component = Button | Link | Select;
export type Row = readonly Component[];

export interface Button {
  readonly component: "button";
  /** Made by `customId`. */
  readonly customId: string;
  readonly label: string;
  readonly style?: "primary" | "secondary" | "success" | "danger";
  readonly emoji?: string;
  readonly disabled?: boolean;
}

export interface Link {
  readonly component: "link";
  readonly url: string;
  readonly label: string;
}

export interface Select {
  readonly component: "select";
  /** Whom or what is chosen; `text` from the choices given here, the rest from what the guild has. */
  readonly of: "text" | "member" | "role" | "channel" | "mentionable";
  readonly customId: string;
  readonly choices?: readonly SelectChoice[];
  /** Ids of members, roles or channels that are chosen already. */
  readonly chosenIds?: readonly string[];
  /** Of channels: only of these kinds. */
  readonly channels?: readonly ChannelKind[];
  readonly placeholder?: string;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly disabled?: boolean;
}

export interface SelectChoice {
  readonly label: string;
  readonly value: string;
  readonly about?: string;
  readonly chosen?: boolean;
}

/**
 * What stands below each other in one frame, where a message is made of components alone: texts, and rows between the texts
 * that explain them. A message of this kind stays one; its edits are panels, too.
 */
export type PanelPart = { readonly text: string } | { readonly row: Row } | { readonly line: true };

/** All that is known of what was pressed: which agent put it there, what it calls it, and what it is about. */
export interface CustomId {
  readonly agent: string;
  readonly name: string;
  readonly args: readonly string[];
}

const VERSION = "v1";
export const LONGEST_CUSTOM_ID = 100;

/**
 * `v1:ticket:claim:42`. Nothing is remembered about a button: what it means stands in its id, so that it survives every
 * restart, and the version says by which rules to read it.
 */
export function customId(agent: string, name: string, ...args: readonly string[]): string {
  const id = [VERSION, agent, name, ...args.map(escaped)].join(":");
  if (id.length <= LONGEST_CUSTOM_ID) return id;
  throw new GuildhallError("custom-id", `${id} is longer than the ${LONGEST_CUSTOM_ID} characters Discord takes`);
}

/** Undefined for what is not ours, or was made by rules of another version. */
export function parseCustomId(id: string): CustomId | undefined {
  const [version, agent = "", name = "", ...args] = id.split(":");
  if (version !== VERSION || agent === "" || name === "") return undefined;
  return { agent, name, args: args.map(unescaped) };
}

function escaped(text: string): string {
  return text.replaceAll("%", "%25").replaceAll(":", "%3A");
}

function unescaped(text: string): string {
  return text.replaceAll("%3A", ":").replaceAll("%25", "%");
}
