import { customId, propose, type Effect, type Look, type Raid, type Row } from "#core";
import type { Config } from "./config.ts";
import { height } from "./raid.ts";
import { saidOf, type Sign } from "./signs.ts";
import { words } from "./words.ts";

/** Staff hear of each further step once, with what they can do about it. To watch is nobody's business but the journal's. */
export function alertOf(before: Raid, raid: Raid, sign: Sign, look: Look, config: Config): readonly Effect[] {
  const { alertChannelId: channelId } = config;
  const isHigher = height(raid.step) > height(before.step);
  if (channelId === undefined || !isHigher || raid.step === "watch") return [];
  const { locale } = look.guild();
  const cannot = raid.moments.slice(before.moments.length).filter(({ what }) => what === "cannot");
  const text = [
    words.say(locale, `step.${raid.step}`),
    saidOf(sign.reason, locale),
    ...cannot.map(({ why }) => words.say(locale, "alert.cannot", { why })),
  ].join("\n");
  const title = words.say(locale, "alert.title", { number: raid.number });
  const say = { text, title, components: [buttons(locale)] };
  return [
    propose(
      { verb: "message.send", channelId, words: say },
      { rule: "raid-alert", why: `the house has gone as far as ${raid.step}`, confidence: 1 },
    ),
  ];
}

function buttons(locale: string): Row {
  return [
    { component: "button", customId: customId("raids", "off"), label: words.say(locale, "button.off") },
    {
      ...{ component: "button", customId: customId("raids", "report"), label: words.say(locale, "button.report") },
      style: "secondary",
    },
  ];
}
