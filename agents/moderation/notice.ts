import type { Look } from "#core";
import { excerpt } from "#core/text/index";
import type { Config } from "./config.ts";
import { whyOf, type Finding } from "./findings.ts";
import type { Rungs } from "./ladder.ts";
import { words } from "./words.ts";

const QUOTE = 280;
const LONGEST = 1_900;

export type Told = "warn" | "timeout" | "kick" | "ban";

/**
 * What the member is told: the rule, the reason, and their own words back, so that nothing is taken without a trace. `{case}` is
 * filled in by the road.
 */
export function noticeOf(told: Told, finding: Finding, text: string, rungs: Rungs, look: Look, config: Config): string {
  const { name: guild, locale } = look.guild();
  const { appeal, wording } = config.ladder;
  const quote = text === "" ? words.say(locale, "notice.no-text") : excerpt(text, QUOTE);
  const values = {
    guild,
    rule: finding.about ?? finding.rule,
    why: whyOf(finding, locale),
    quote,
    minutes: words.say(locale, "minutes", { count: rungs.minutes }),
  };
  const own = wording[told];
  const said = own === undefined ? [words.say(locale, `notice.${told}`, values)] : [filled(own, values)];
  const quoted = own?.includes("{quote}") === true ? [] : [words.say(locale, "notice.quote", { quote })];
  return [...said, ...quoted, ...(appeal === undefined ? [] : [appeal])].join("\n").slice(0, LONGEST);
}

/** One pass: what a member wrote is never read for placeholders. */
function filled(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? values[name]! : whole));
}
