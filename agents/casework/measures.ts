import {
  type CaseFile,
  conductAfter,
  conductWithout,
  countedOffences,
  propose,
  VERBS,
  write,
  type Action,
  type Effect,
  type Look,
  type Member,
  type Use,
} from "#core";
import { may } from "./answer.ts";
import type { Config } from "./config.ts";
import { words } from "./words.ts";

const MINUTE = 60_000;
const DAY_SECONDS = 86_400;

export const MEASURES = ["warn", "mute", "kick", "ban"] as const;
export type Measure = (typeof MEASURES)[number];

export interface Asked {
  readonly measure: Measure;
  readonly member: Member;
  readonly reason: string;
  readonly minutes?: number;
  /** So many days of what they wrote go with a ban. */
  readonly days?: number;
  /** The message it is about. */
  readonly restsOn?: string;
}

/**
 * A moderator's measure is a proposal like any other, on the moderator's behalf. The road answers with what the judge made of
 * it; who may not do it gets the judge's answer, and the member's record is none of theirs to write.
 */
export function takeMeasure(event: Use, asked: Asked, look: Look, config: Config): readonly Effect[] {
  const { measure, member, restsOn } = asked;
  const why = asked.reason === "" ? words.say("en", "no-reason") : asked.reason;
  const action = actionOf(event, { ...asked, reason: why }, look);
  const proposal = onBehalf(event, action, `command-${measure}`, why, restsOn === undefined ? {} : { restsOn });
  if (!may(event, VERBS[action.verb].asks ?? VERBS[action.verb].needs)) return [proposal];
  const conduct = look.record("conduct", member.userId);
  const before = { conduct, offences: countedOffences(conduct, event.at, config.forgetAfterDays) };
  const offending = { eventId: event.id, at: event.at, rule: `command-${measure}` };
  return [proposal, write(conductAfter(member.userId, before, offending))];
}

export function onBehalf(
  event: Use,
  action: Action,
  rule: string,
  why: string,
  more: { readonly undoes?: number; readonly restsOn?: string } = {},
): Effect {
  return propose(action, { rule, why, confidence: 1, onBehalfOf: event.by.userId, ...more });
}

function actionOf(event: Use, { measure, member, reason, minutes = 0, days = 0 }: Asked, look: Look): Action {
  const notice = noticeOf(event, look, measure, reason);
  switch (measure) {
    case "warn":
      return { verb: "member.warn", member, notice };
    case "mute":
      return { verb: "member.timeout", member, until: event.at + minutes * MINUTE, notice };
    case "kick":
      return { verb: "member.kick", member, notice };
    case "ban":
      return { verb: "member.ban", member, deleteSeconds: days * DAY_SECONDS, notice };
  }
}

/** What a moderator says is passed on as it was said. */
function noticeOf(event: Use, look: Look, measure: Measure, reason: string): string {
  const { name: guild, locale } = look.guild();
  return words.say(locale, `notice.${measure}`, { guild, moderator: event.by.name, reason });
}

/** What was taken back counts no more towards the member's next offence: all the points it had added, and no others. */
export function lessOnRecord(
  { userId, verb, eventId }: Pick<CaseFile, "userId" | "verb" | "eventId">,
  look: Look,
): readonly Effect[] {
  const conduct = look.record("conduct", userId);
  return conduct === undefined || !isOffence(verb) ? [] : [write(conductWithout(userId, conduct, eventId))];
}

export function isOffence(verb: string): boolean {
  return verb in VERBS && VERBS[verb as keyof typeof VERBS].measure;
}
