import type { ComponentProps, ReactNode } from "react";

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const dayAndClock = new Intl.DateTimeFormat(undefined, {
  ...{ weekday: "short", day: "numeric", month: "short" },
  ...{ hour: "2-digit", minute: "2-digit" },
});
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

export function Time({ at, className = "" }: { at: number; className?: string }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={whole.format(at)} className={`tabular-nums ${className}`}>
      {isToday(at) ? clock.format(at) : dayAndClock.format(at)}
    </time>
  );
}

/** What is of another day says so: an hour alone would be taken for today's. */
function isToday(at: number): boolean {
  return new Date(at).toDateString() === new Date().toDateString();
}

/** Hues that stay calm beside each other; the same person always has the same one. */
const HUES = [18, 45, 95, 160, 200, 235, 275, 330];

export function Avatar({
  id,
  name,
  bot,
  size = "size-9",
}: {
  id: string;
  name: string;
  bot?: boolean | undefined;
  size?: string;
}) {
  const hue = HUES[hash(id) % HUES.length] ?? 18;
  const colours = bot === true ? "bg-accent text-accent-ink" : "";
  const style = bot === true ? {} : { backgroundColor: `oklch(0.86 0.06 ${hue})`, color: `oklch(0.34 0.08 ${hue})` };
  return (
    <span
      aria-hidden="true"
      className={`${size} ${colours} grid shrink-0 place-items-center rounded-full text-xs font-semibold select-none`}
      style={style}
    >
      {name.slice(0, 2)}
    </span>
  );
}

/** FNV-1a: ids that differ in their last digit only must not look alike. */
function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (const character of text) sum = Math.imul(sum ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return (sum ^ (sum >>> 13)) >>> 0;
}

export type Tone = "accent" | "amber" | "red" | "violet" | "plain";

const TONES: Readonly<Record<Tone, string>> = {
  accent: "bg-accent-wash text-accent",
  amber: "bg-amber-wash text-amber",
  red: "bg-red-wash text-red",
  violet: "bg-violet-wash text-violet",
  plain: "bg-sunk text-muted",
};

export function Chip({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={`${TONES[tone]} inline-block rounded-full px-2 py-px text-xs font-medium whitespace-nowrap`}>
      {children}
    </span>
  );
}

const BUTTONS = {
  main: "bg-accent text-accent-ink hover:brightness-110",
  plain: "border border-line bg-card text-ink hover:bg-sunk",
  danger: "border border-line bg-card text-red hover:bg-red-wash",
} as const;

export function Button({
  look = "plain",
  className = "",
  ...rest
}: ComponentProps<"button"> & { look?: keyof typeof BUTTONS }) {
  return (
    <button
      type="button"
      className={`${BUTTONS[look]} inline-flex h-8 items-center justify-center gap-1.5 rounded-lg px-3 text-sm font-medium whitespace-nowrap transition-[filter,background-color] disabled:opacity-60 ${className}`}
      {...rest}
    />
  );
}

export function Key({ children }: { children: string }) {
  return (
    <kbd className="rounded border border-current/30 px-1 font-mono text-[0.6875rem] leading-4 opacity-90 max-md:hidden">
      {children}
    </kbd>
  );
}

/** An empty place that says how to fill it. */
export function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="px-6 py-10 text-center">
      <p className="font-serif text-lg">{title}</p>
      <p className="mx-auto mt-1 max-w-[36ch] text-sm text-muted">{children}</p>
    </div>
  );
}

export function Trouble({ error }: { error: Error | null }) {
  if (error === null) return null;
  return (
    <p role="alert" className="rounded-lg bg-red-wash px-3 py-2 text-sm break-words whitespace-pre-line text-red">
      {sentence(error.message)}
    </p>
  );
}

/** The road's own decisions are the house's; every other one has an agent. */
export function whoIs(agent: string): string {
  return agent === "house" ? "The house" : agent;
}

/** "porter deleted …" as a sentence starts. */
export function sentence(text: string): string {
  const end = /[.!?…]$/.test(text) ? "" : ".";
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${end}`;
}
