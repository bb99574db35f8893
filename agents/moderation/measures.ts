import {
  conductAfter,
  countedOffences,
  propose,
  write,
  type Action,
  type Effect,
  type Look,
  type Records,
} from "#core";
import { excerpt } from "#core/text/index";
import type { Config, Rung } from "./config.ts";
import { type Finding, type MessageEvent, whyOf } from "./rules.ts";
import { words } from "./words.ts";

type Conduct = Records["conduct"];

const MINUTE = 60_000;
const RUNGS: readonly Rung[] = ["delete", "warn", "timeout", "ban"];

/** The message goes; what comes on top depends on how its author fared before. */
export function measuresFor(event: MessageEvent, finding: Finding, look: Look, config: Config): readonly Effect[] {
  const { rule, confidence } = finding;
  const why = whyOf(finding);
  const { channelId, messageId, author } = event;
  const removal = propose({ verb: "message.delete", channelId, messageId, author }, { rule, why, confidence });
  if (finding.atLeast === "delete") return [removal];
  const conduct = look.record("conduct", author.userId);
  const offences = countedOffences(conduct, event.at, config.ladder.forgetAfterDays);
  if (isSameIncident(conduct, event.at, config)) return [removal];
  const step = harsher(finding.atLeast, ladderStep(offences, config));
  const measure = actionFor(step, event, notice(event, finding, look), config);
  const reason = offences === 0 ? why : `${why}; offence ${offences + 1}`;
  return [
    removal,
    propose(measure, { rule, why: reason, confidence }),
    write(conductAfter(author.userId, offences, event.at, rule)),
  ];
}

function isSameIncident(conduct: Conduct | undefined, at: number, config: Config): boolean {
  if (conduct === undefined) return false;
  // An edit carries the time of the edit, which may lie before what was decided in between.
  return Math.abs(at - conduct.lastAt) < config.ladder.sameIncidentSeconds * 1_000;
}

function ladderStep(offences: number, config: Config): Rung {
  if (offences === 0) return "warn";
  return offences >= config.ladder.banAfter ? "ban" : "timeout";
}

function harsher(one: Rung, other: Rung): Rung {
  return RUNGS.indexOf(one) > RUNGS.indexOf(other) ? one : other;
}

function actionFor(step: Rung, event: MessageEvent, text: string, config: Config): Action {
  const member = event.author;
  if (step === "ban") return { verb: "member.ban", member, deleteSeconds: 3_600, notice: text };
  if (step === "timeout") {
    return { verb: "member.timeout", member, until: event.at + config.ladder.timeoutMinutes * MINUTE, notice: text };
  }
  return { verb: "member.warn", member, notice: text };
}

/** What the member is told: the rule, the reason, and their own words back, so that nothing is taken without a trace. */
function notice(event: MessageEvent, finding: Finding, look: Look): string {
  const { name: guild, locale } = look.guild();
  const quote = event.text === "" ? words.say(locale, "notice.no-text") : excerpt(event.text, 280);
  const { rule } = finding;
  return [
    words.say(locale, "notice.removed", { guild, rule, why: whyOf(finding, locale) }),
    words.say(locale, "notice.quote", { quote }),
  ].join("\n");
}
