import type { Deed } from "../api.ts";
import { Chip, type Tone } from "../parts/small.tsx";

type Standing = Deed["standing"];

const LOOKS: Readonly<Record<Standing, readonly [Tone, string]>> = {
  done: ["accent", "done"],
  "under-way": ["plain", "under way"],
  failed: ["red", "failed"],
  unknown: ["red", "outcome unknown"],
  asked: ["amber", "waits for you"],
  approved: ["accent", "approved"],
  rejected: ["plain", "rejected"],
  expired: ["plain", "expired"],
  void: ["plain", "overtaken"],
  shadow: ["violet", "shadow"],
  held: ["plain", "held back"],
};

export function StandingChip({ standing }: { standing: Standing }) {
  const [tone, words] = LOOKS[standing];
  return <Chip tone={tone}>{words}</Chip>;
}

const DOTS: Readonly<Record<Tone, string>> = {
  accent: "bg-accent",
  amber: "bg-amber",
  red: "bg-red",
  violet: "bg-violet",
  plain: "bg-muted",
};

export function StandingDot({ standing }: { standing: Standing }) {
  return (
    <span aria-hidden="true" className={`${DOTS[LOOKS[standing][0]]} mt-[0.4375rem] size-2 shrink-0 rounded-full`} />
  );
}
