import { conductAfter, propose, write, type Action, type Effect, type Look, type Member } from "#core";
import { excerpt } from "#core/text/index";
import type { Config } from "./config.ts";
import { whyOf, type Finding } from "./findings.ts";
import { measureFor, standingOf, type Rungs } from "./ladder.ts";
import { noticeOf } from "./notice.ts";
import { words } from "./words.ts";

const MINUTE = 60_000;
const HOUR_IN_SECONDS = 3_600;

/** What a rule was broken in, and how it is taken away. */
export interface Offence {
  /** In which it was found: by it, what it counted can be taken back. */
  readonly eventId: string;
  readonly at: number;
  readonly member: Member;
  readonly text: string;
  /** Names it, so that it is not held against anybody twice. */
  readonly about: string;
  /** Takes it away; a message that Discord held back is gone already. */
  readonly removal: readonly Action[];
  /** Where moderators can look at it. */
  readonly channelId?: string;
  readonly messageId?: string;
}

/** The offence goes; what comes on top depends on how its author fared before. */
export function measuresFor(offence: Offence, finding: Finding, look: Look, config: Config): readonly Effect[] {
  const { rule, confidence, then } = finding;
  const why = whyOf(finding);
  const report = reportOf(offence, finding, look, config);
  if (then.atLeast === "report") return report;
  const removed = then.deletes ? offence.removal.map((action) => propose(action, { rule, why, confidence })) : [];
  const told = then.tellsModerators ? report : [];
  if (then.atLeast === "delete") return [...removed, ...told];
  const { eventId, at, member, about } = offence;
  const conduct = look.record("conduct", member.userId);
  const { points, isAnswered } = standingOf(conduct, at, about, config);
  if (isAnswered) return removed;
  const rungs = measureFor(finding, points, member.roleIds, config);
  const measure = actionFor(rungs, offence, finding, look, config);
  const reason = points === 0 ? why : `${why}; ${points} points before`;
  return [
    ...removed,
    ...(measure === undefined ? [] : [propose(measure, { rule, why: reason, confidence })]),
    ...told,
    write(
      conductAfter(member.userId, { conduct, offences: points }, { eventId, at, rule, points: then.points, about }),
    ),
  ];
}

function actionFor(rungs: Rungs, { member, text, at }: Offence, finding: Finding, look: Look, config: Config) {
  const { measure, minutes } = rungs;
  if (measure === "report" || measure === "delete") return undefined;
  const notice = noticeOf(measure, finding, text, rungs, look, config);
  switch (measure) {
    case "warn":
      return { verb: "member.warn", member, notice } as const;
    case "timeout":
      return { verb: "member.timeout", member, until: at + minutes * MINUTE, notice } as const;
    case "kick":
      return { verb: "member.kick", member, notice } as const;
    case "ban":
      return { verb: "member.ban", member, deleteSeconds: HOUR_IN_SECONDS, notice } as const;
  }
}

/** One line for the moderators. Nobody's name in it rings. */
export function reportOf(offence: Offence, finding: Finding, look: Look, config: Config): readonly Effect[] {
  const channelId = config.reportChannelId;
  if (channelId === undefined) return [];
  const { locale } = look.guild();
  const { member, text } = offence;
  const where = offence.channelId === undefined ? words.say(locale, "report.name") : `<#${offence.channelId}>`;
  const line = words.say(locale, "report.line", {
    member: `<@${member.userId}>`,
    where,
    rule: finding.about ?? finding.rule,
    why: whyOf(finding, locale),
    percent: Math.round(finding.confidence * 100),
  });
  const said = [line, words.say(locale, "report.quote", { quote: plain(text) })].join("\n");
  return [
    propose(
      { verb: "message.send", channelId, words: { text: said } },
      { rule: finding.rule, why: `tells moderators: ${whyOf(finding)}`, confidence: 1 },
    ),
  ];
}

/** Between back-ticks nothing is markup and no link can be opened. */
function plain(text: string): string {
  return excerpt(text.replace(/\s+/g, " ").replaceAll("`", "'"), 280);
}
