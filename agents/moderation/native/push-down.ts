import {
  canonical,
  propose,
  write,
  type AutomodRule,
  type Effect,
  type EventOf,
  type GuildEvent,
  type Look,
} from "#core";
import { fingerprint } from "#core/text/index";
import type { Config, Rule } from "../config.ts";
import { keepMirror, mirrorOf, type Mirror } from "./mirror.ts";

/** Discord's own limits: rules by kind, words and patterns of a rule, and how long each may be. */
const MOST_RULES = { keywords: 6, mentions: 1, spam: 1 } as const;
const MOST_WORDS = 1_000;
const LONGEST_WORD = 60;
const MOST_PATTERNS = 10;
const LONGEST_PATTERN = 260;
const MOST_EXEMPT = { roles: 20, channels: 50 } as const;
const MOST_MENTIONS = 50;

export const SYNC = "native-automod";

/** New choices hold from the event after them: this one comes after. */
export function syncSoon({ at }: GuildEvent): readonly Effect[] {
  return [write({ write: "timer.set", timer: SYNC, at: at + 1_000, payload: {} })];
}

/** What of the guild's rules Discord can hold back by itself, by the rules' names. What goes beyond its limits is left to the house. */
export function pushedDown({ rules, exemptChannelIds, exemptRoleIds }: Config): Readonly<Record<string, AutomodRule>> {
  const made: Record<string, AutomodRule> = {};
  const used = { keywords: 0, mentions: 0, spam: 0 };
  for (const [name, rule] of Object.entries(rules)) {
    const trigger = rule.enabled && rule.pushDown ? triggerOf(rule) : undefined;
    if (trigger === undefined || used[trigger.kind] >= MOST_RULES[trigger.kind]) continue;
    used[trigger.kind]++;
    made[name] = {
      ...{ name: `guildhall: ${name}`, enabled: true, trigger, response: { block: true } },
      exemptRoleIds: [...exemptRoleIds, ...(rule.unless?.roles ?? [])].slice(0, MOST_EXEMPT.roles),
      exemptChannelIds: [...exemptChannelIds, ...(rule.unless?.channels ?? [])].slice(0, MOST_EXEMPT.channels),
    };
  }
  return made;
}

/** A rule that holds only under conditions is not Discord's to judge; exceptions by role or channel it knows. */
function triggerOf({ when, only, unless }: Rule): AutomodRule["trigger"] | undefined {
  if (only !== undefined || !isSimple(unless)) return undefined;
  const words = (when.words?.list ?? []).filter((word) => word.length <= LONGEST_WORD - 2).slice(0, MOST_WORDS);
  const patterns = (when.patterns?.list ?? [])
    .filter(({ length }) => length <= LONGEST_PATTERN)
    .slice(0, MOST_PATTERNS);
  if (words.length + patterns.length > 0)
    return {
      kind: "keywords",
      words: when.words?.match === "part" ? words.map((word) => `*${word}*`) : words,
      patterns,
    };
  // Discord blocks what names more than so many; the house's rule means so many and more.
  return when.mentions === undefined
    ? undefined
    : { kind: "mentions", most: Math.min(MOST_MENTIONS, Math.max(1, when.mentions.names - 1)) };
}

function isSimple(unless: Rule["unless"]): boolean {
  if (unless === undefined) return true;
  const { roles, channels, ...others } = unless;
  // Both together would have to hold at once; Discord spares whoever meets either.
  return Object.keys(others).length === 0 && (roles === undefined || channels === undefined);
}

/** Puts what changed, takes away what is no longer wanted, and leaves Discord's other rules alone. */
export function sync(event: GuildEvent, look: Look, config: Config): readonly Effect[] {
  const before = mirrorOf(look);
  const wanted = pushedDown(config);
  const after: Record<string, Mirror[string]> = {};
  const effects: Effect[] = [];
  const order = (): string => `${event.id}/moderation/${effects.length}#0`;
  for (const [name, { ruleId }] of Object.entries(before)) {
    if (wanted[name] !== undefined || ruleId === undefined) continue;
    effects.push(
      propose({ verb: "automod-rule.delete", ruleId }, reasons(name, "is no longer to be held back by Discord")),
    );
  }
  for (const [name, rule] of Object.entries(wanted)) {
    const print = fingerprint(canonical(rule));
    const kept = before[name];
    const ruleId = kept?.ruleId;
    after[name] = kept?.print === print ? kept : { print, orderId: order(), ...(ruleId !== undefined && { ruleId }) };
    if (kept?.print === print) continue;
    const put = { verb: "automod-rule.put", rule, ...(ruleId !== undefined && { ruleId }) } as const;
    effects.push(propose(put, reasons(name, "is held back by Discord itself")));
  }
  const isChanged = canonical(after) !== canonical(before);
  return isChanged ? [...effects, keepMirror(after, event.at)] : effects;
}

function reasons(rule: string, why: string) {
  return { rule: "push-down", why: `${rule} ${why}`, confidence: 1 };
}

/** Discord has given a rule its id, or has refused it: then it is put again at the next occasion. */
export function settle(event: EventOf<"action.done" | "action.failed">, look: Look): readonly Effect[] {
  const mirror = mirrorOf(look);
  const name = Object.keys(mirror).find((one) => mirror[one]!.orderId === event.orderId);
  if (name === undefined) return [];
  const { orderId: _settled, ...kept } = mirror[name]!;
  if (event.kind === "action.failed") {
    const { [name]: _refused, ...others } = mirror;
    return [keepMirror(kept.ruleId === undefined ? others : { ...mirror, [name]: { ...kept, print: "" } }, event.at)];
  }
  const { ruleId } = (event.result ?? {}) as { readonly ruleId?: string };
  return [keepMirror({ ...mirror, [name]: { ...kept, ...(ruleId !== undefined && { ruleId }) } }, event.at)];
}
