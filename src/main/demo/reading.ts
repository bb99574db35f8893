import type { Control } from "../../simulator/index.ts";

const STYLES: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
};

/** Mentions and moments as a client shows them: by name, and in the reader's own time. */
export function readable(control: Control, guildId: string, text: string): string {
  return text
    .replace(/<@!?(\d+)>/g, (mention, id: string) => prefixed("@", nameOf(control, guildId, id)) ?? mention)
    .replace(/<@&(\d+)>/g, (mention, id: string) => prefixed("@", named(control.roles(guildId), id)) ?? mention)
    .replace(/<#(\d+)>/g, (mention, id: string) => prefixed("#", named(control.channels(guildId), id)) ?? mention)
    .replace(/<t:(\d+)(?::([tTdDfFR]))?>/g, (_mention, seconds: string, style = "f") =>
      momentOf(Number(seconds) * 1_000, style as string),
    );
}

/** What somebody is called in the guild. */
export function nameOf(control: Control, guildId: string, userId: string): string | undefined {
  const member = control.member(guildId, userId);
  return member?.nick ?? member?.user.global_name ?? member?.user.username;
}

/** A ticket's thread is named by its number, with the sign before it already. */
const prefixed = (sign: string, name: string | undefined): string | undefined =>
  name === undefined || name.startsWith(sign) ? name : `${sign}${name}`;

function named(all: readonly { readonly id: string; readonly name?: string | null }[], id: string): string | undefined {
  return all.find((one) => one.id === id)?.name ?? undefined;
}

function momentOf(at: number, style: string): string {
  if (style === "R") return relative(at - Date.now());
  return new Intl.DateTimeFormat("en", STYLES[style]).format(at);
}

const STEPS = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
  [1_000, "second"],
] as const;

function relative(difference: number): string {
  const [length, unit] = STEPS.find(([each]) => Math.abs(difference) >= each) ?? STEPS[3];
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(Math.round(difference / length), unit);
}
