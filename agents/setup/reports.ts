import {
  type Component,
  customId,
  type HeavyRule,
  languageOf,
  type PanelPart,
  permissionTitle,
  type Rehearsal,
  type RuleHits,
  type Shortcoming,
  type Words,
} from "#core";
import { type Draft, markOf } from "./draft.ts";
import { AGENT, back, channels, framed, roles, type Scene, summary } from "./panels.ts";
import { words } from "./words.ts";

const MOST_LINES = 10;

/** What the picks would have done, and the buttons that put them in force. */
export function trialPanel(draft: Draft, rehearsal: Rehearsal, scene: Scene): Words {
  const { locale } = scene;
  const isHeavy = rehearsal.heavy.length > 0;
  const mark = markOf(draft.picks);
  const put = (mode: "live" | "shadow", label: string, style: "success" | "danger" | "secondary"): Component => ({
    ...{ component: "button", customId: customId(AGENT, "put", mode, mark), label, style },
  });
  const live = isHeavy
    ? put("live", words.say(locale, "button.sure"), "danger")
    : put("live", words.say(locale, "button.live"), "success");
  return framed(draft, scene, [
    { text: summary(draft.picks, scene) },
    { line: true },
    { text: found(rehearsal, locale) },
    ...(isHeavy ? [{ text: words.say(locale, "trial.heavy") }] : []),
    { row: [back(draft, scene), live, put("shadow", words.say(locale, "button.shadow"), "secondary")] },
  ]);
}

function found({ messages, hits, heavy }: Rehearsal, locale: string | undefined): string {
  if (messages === 0) return words.say(locale, "trial.silence");
  if (hits.length === 0) return words.say(locale, "trial.untouched", { count: messages });
  const share = new Intl.NumberFormat(languageOf(locale), { style: "percent", maximumFractionDigits: 1 });
  const lines = hits.slice(0, MOST_LINES).map((hit) =>
    words.say(locale, "trial.rule", {
      ...{ mark: isAmong(heavy, hit) ? "⚠️" : "•", rule: `${hit.agent}/${hit.rule}` },
      ...{ messages: hit.messages, share: share.format(hit.messages / messages) },
    }),
  );
  return [words.say(locale, "trial.touched", { count: messages }), ...lines].join("\n");
}

function isAmong(heavy: readonly HeavyRule[], { agent, rule }: RuleHits): boolean {
  return heavy.some((one) => one.agent === agent && one.rule === rule);
}

/** What was chosen holds; what of it cannot be carried out is said with the remedy. */
export function donePanel(acts: boolean, shortcomings: readonly Shortcoming[], locale: string | undefined): Words {
  const lines = shortcomings.slice(0, MOST_LINES).map((one) => shortcoming(one, locale));
  const count = shortcomings.length - lines.length;
  const check: readonly PanelPart[] = [
    { text: words.say(locale, "check.title") },
    ...(lines.length === 0 ? [{ text: words.say(locale, "check.fine") }] : [{ text: lines.join("\n") }]),
    ...(count > 0 ? [{ text: words.say(locale, "check.more", { count }) }] : []),
  ];
  return {
    title: words.say(locale, "done.title"),
    text: words.say(locale, acts ? "done.live" : "done.shadow"),
    panel: [{ line: true }, ...check],
  };
}

const MOST_PLACES = 5;

function shortcoming({ about, agents }: Shortcoming, locale: string | undefined): string {
  const who = { agents: agents.join(", ") };
  switch (about.kind) {
    case "timed-out":
      return words.say(locale, "check.timed-out");
    case "house":
      return words.say(locale, "check.house", { permission: permissionTitle(about.permission) });
    case "guild":
      return words.say(locale, "check.guild", { ...who, permission: permissionTitle(about.permission) });
    case "channels": {
      const places = channels(about.channelIds.slice(0, MOST_PLACES));
      return words.say(locale, "check.channels", { ...who, places, permission: permissionTitle(about.permission) });
    }
    case "role-order":
      return words.say(locale, "check.role-order", { roles: roles(about.roleIds.slice(0, MOST_PLACES)) });
    case "place":
      return words.say(locale, "check.place", { setting: about.setting });
  }
}
