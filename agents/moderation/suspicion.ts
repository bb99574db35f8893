import { scoreOf, type Scores } from "#core/scorer/index";
import type { Config } from "./config.ts";
import { whyOf, type Finding, type Hit, type MessageEvent } from "./findings.ts";

type Kind = keyof Config["judgement"]["actFrom"];
const KINDS = ["spam", "insult", "hate", "harm"] as const satisfies readonly Kind[];
/** So near to acting that moderators should look at it. */
const NEAR = 0.9;

/** A score that is worth a thought: what of, and how much. */
export interface Suspicion {
  readonly kind: Kind;
  readonly score: number;
}

/** What the house's own scorer makes of a message that no rule met; most messages come to nothing here. */
export function suspicionOf(event: MessageEvent, { judgement }: Config): Suspicion | undefined {
  if (judgement.by === "nobody" || event.text === "" || event.author.bot === true) return undefined;
  const from = judgement.by === "model" ? judgement.considerFrom : nearly(judgement.actFrom);
  return strongest(scoreOf(event), from);
}

function nearly(actFrom: Config["judgement"]["actFrom"]): Config["judgement"]["actFrom"] {
  const [spam, insult, hate, harm] = KINDS.map((kind) => actFrom[kind] * NEAR) as [number, number, number, number];
  return { spam, insult, hate, harm };
}

/** Of the kinds that reach their threshold, the one that is furthest above it. */
function strongest(scores: Scores, from: Config["judgement"]["actFrom"]): Suspicion | undefined {
  let found: Suspicion | undefined;
  let margin = 0;
  for (const kind of KINDS) {
    const above = scores[kind] - from[kind];
    if (above < margin || scores[kind] <= 0) continue;
    margin = above;
    found = { kind, score: Math.round(scores[kind] * 1_000) / 1_000 };
  }
  return found;
}

/** Without a model: what is certain enough is acted upon, what is nearly so is reported, and the rest is left. */
export function scorerFinding({ kind, score }: Suspicion, { judgement }: Config): Finding | undefined {
  const isSure = score >= judgement.actFrom[kind];
  if (!isSure && score < judgement.actFrom[kind] * NEAR) return undefined;
  const hit: Hit = { reason: `judged-${kind}`, facts: {}, confidence: score };
  // Whoever may be hurting themselves needs people, not a punishment.
  const atLeast = isSure && kind !== "harm" ? "warn" : "report";
  return judged(hit, `likely-${kind}`, atLeast, judgement);
}

/** A finding no rule of the guild's stands behind. */
export function judged(
  hit: Hit,
  rule: string,
  atLeast: Finding["then"]["atLeast"],
  { atMost, points }: Pick<Config["judgement"], "atMost" | "points">,
): Finding {
  const deletes = atLeast !== "report";
  const then = { atLeast, atMost, points, deletes, tellsModerators: deletes };
  return { ...hit, rule, about: whyOf(hit), then };
}
