import {
  type Component,
  customId,
  languageOf,
  type Look,
  type PanelPart,
  type PolicyPreset,
  type Select,
  spokenIn,
  type Words,
} from "#core";
import { type Draft, type Field, NO_PRESET, type Picks, stepOf, STEPS } from "./draft.ts";
import { words } from "./words.ts";

/** What a panel is made from: the reader's language, what the guild has, and what it may start from. */
export interface Scene {
  readonly locale: string | undefined;
  readonly look: Pick<Look, "channel" | "role">;
  readonly presets: readonly PolicyPreset[];
  /** A line above everything else. */
  readonly note?: string;
}

export const AGENT = "setup";
const MOST_PICKS = 10;

export function stepPanel(draft: Draft, scene: Scene): Words {
  return framed(draft, scene, [...partsOf(draft, scene), { row: [back(draft, scene), forward(draft, scene)] }]);
}

/** The frame all steps have: which it is, what it is about, and a note where there is one. */
export function framed(draft: Draft, { locale, note }: Scene, panel: readonly PanelPart[]): Words {
  const step = stepOf(draft);
  const name = words.say(locale, `name.${step}`);
  const text = words.say(locale, `about.${step}`);
  return {
    title: words.say(locale, "title", { step: draft.step, name }),
    text: note === undefined ? text : `-# ${note}\n${text}`,
    panel,
  };
}

function partsOf(draft: Draft, scene: Scene): readonly PanelPart[] {
  const { picks } = draft;
  switch (stepOf(draft)) {
    case "channels":
      return [
        ...channelPart("notices", 1, asList(picks.notices), scene),
        { line: true },
        ...channelPart("exempt", MOST_PICKS, picks.exempt, scene),
      ];
    case "roles":
      return rolePart("staff", picks.staff, scene);
    case "preset":
      return [{ text: words.say(scene.locale, "pick.preset") }, { row: [presetSelect(picks, scene)] }];
    case "approvals":
      return [
        ...channelPart("cards", 1, asList(picks.cards), scene),
        { line: true },
        ...rolePart("approvers", picks.approvers, scene),
      ];
    case "trial":
      return [{ text: summary(picks, scene) }];
  }
}

function asList(id: string | undefined): readonly string[] {
  return id === undefined ? [] : [id];
}

type ChannelField = "notices" | "exempt" | "cards";

/** What has been deleted since is not shown as chosen: Discord would refuse the whole panel. */
function channelPart(field: ChannelField, atMost: number, ids: readonly string[], scene: Scene): readonly PanelPart[] {
  const { locale, look } = scene;
  const select: Select = {
    ...pick("channel", field, atMost),
    channels: ["text", "announcement"],
    chosenIds: ids.filter((id) => look.channel(id) !== undefined),
    placeholder: words.say(locale, atMost === 1 ? "choose.channel" : "choose.channels"),
  };
  return [{ text: words.say(locale, `pick.${field}`) }, { row: [select] }];
}

function rolePart(field: "staff" | "approvers", ids: readonly string[], scene: Scene): readonly PanelPart[] {
  const { locale, look } = scene;
  const select: Select = {
    ...pick("role", field, MOST_PICKS),
    chosenIds: ids.filter((id) => look.role(id) !== undefined),
    placeholder: words.say(locale, "choose.roles"),
  };
  return [{ text: words.say(locale, `pick.${field}`) }, { row: [select] }];
}

function pick<Of extends Select["of"]>(of: Of, field: Field, atMost: number) {
  return { component: "select", of, customId: customId(AGENT, "pick", field), atLeast: 0, atMost } as const;
}

function presetSelect({ preset }: Picks, { locale, presets }: Scene): Select {
  const language = languageOf(locale);
  const none = {
    ...{ label: words.say(locale, "preset.default"), value: NO_PRESET },
    ...{ about: words.say(locale, "preset.default.about"), chosen: preset === undefined },
  };
  const choices = presets.map(({ name, title, about }) => ({
    ...{ label: spokenIn(title, language), value: name },
    ...{ about: spokenIn(about, language), chosen: preset === name },
  }));
  return { ...pick("text", "preset", 1), atLeast: 1, choices: [none, ...choices].slice(0, MOST_CHOICES) };
}

const MOST_CHOICES = 25;

/** Everything that was picked, as Discord shows channels and roles. */
export function summary({ notices, exempt, staff, preset, cards, approvers }: Picks, scene: Scene): string {
  const { locale, presets } = scene;
  const title = presets.find(({ name }) => name === preset)?.title;
  const start = title === undefined ? words.say(locale, "preset.default") : spokenIn(title, languageOf(locale));
  const line = (key: Field, value: string) => {
    const shown = value === "" ? words.say(locale, "summary.none") : value;
    return `• ${words.say(locale, `summary.${key}`, { value: shown })}`;
  };
  return [
    line("notices", channels(asList(notices))),
    line("exempt", channels(exempt)),
    line("staff", roles(staff)),
    line("preset", start),
    line("cards", channels(asList(cards))),
    line("approvers", roles(approvers)),
  ].join("\n");
}

export function channels(ids: readonly string[]): string {
  return ids.map((id) => `<#${id}>`).join(" ");
}

export function roles(ids: readonly string[]): string {
  return ids.map((id) => `<@&${id}>`).join(" ");
}

export function back({ step }: Draft, { locale }: Scene): Component {
  const id = customId(AGENT, "go", String(Math.max(1, step - 1)), "back");
  return { component: "button", customId: id, label: words.say(locale, "button.back"), disabled: step === 1 };
}

function forward({ step }: Draft, { locale }: Scene): Component {
  const isLast = step === STEPS.length;
  const id = isLast ? customId(AGENT, "try") : customId(AGENT, "go", String(step + 1), "next");
  const label = words.say(locale, isLast ? "button.try" : "button.next");
  return { component: "button", customId: id, label, style: "primary" };
}
