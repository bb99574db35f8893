import { countedOffences, type Records } from "#core";
import type { Config, Rung } from "./config.ts";
import { harsher, milder, type Finding } from "./findings.ts";

type Conduct = Records["conduct"];
type Step = Config["ladder"]["steps"][number];

/** What a member's record says about the offence at hand. */
export interface Standing {
  /** Points that count today, without this offence. */
  readonly points: number;
  /** It belongs to an incident that was answered already. */
  readonly isAnswered: boolean;
}

/** `about` is what the offence was found in: the same message again is no second offence, however late it is edited. */
export function standingOf(conduct: Conduct | undefined, at: number, about: string, { ladder }: Config): Standing {
  const points = countedOffences(conduct, at, ladder.forgetAfterDays);
  if (conduct === undefined) return { points, isAnswered: false };
  // An edit carries the time of the edit, which may lie before what was decided in between.
  const isSoon = Math.abs(at - conduct.lastAt) < ladder.sameIncidentSeconds * 1_000;
  return { points, isAnswered: isSoon || conduct.about === about };
}

/** What is done, and for how long where it is a time-out. */
export interface Rungs {
  readonly measure: Rung;
  readonly minutes: number;
}

/** The rule's own measure or the ladder's, whichever is harsher, within what the rule, the member's roles and a first offence allow. */
export function measureFor({ then }: Finding, points: number, roleIds: readonly string[], config: Config): Rungs {
  const { ladder } = config;
  const step = then.points === 0 ? undefined : stepAt(points + then.points, ladder.steps);
  const wanted = step === undefined ? then.atLeast : harsher(then.atLeast, step.measure);
  const limits: readonly Rung[] = [
    then.atMost,
    ...(points === 0 ? [ladder.firstOffenceAtMost] : []),
    ...ladder.exceptions.filter(({ roles }) => roles.some((id) => roleIds.includes(id))).map(({ atMost }) => atMost),
  ];
  return {
    measure: limits.reduce(milder, wanted),
    minutes: Math.max(then.timeoutMinutes ?? 0, step?.minutes ?? 0) || ladder.timeoutMinutes,
  };
}

/** The highest step the points reach. */
function stepAt(points: number, steps: readonly Step[]): Step | undefined {
  return steps.reduce<Step | undefined>(
    (best, step) => (step.points <= points && step.points >= (best?.points ?? 0) ? step : best),
    undefined,
  );
}
