import { ChannelType, PermissionFlagsBits as Bit } from "discord-api-types/v10";
import type { Control } from "./control/control.ts";
import { DEMO_HISTORY } from "./demo-history.ts";
import { MODERATOR } from "./world/presets.ts";
import { createRandom, type Random } from "./world/random.ts";

export interface DemoGuild {
  readonly guildId: string;
  readonly channelIds: Readonly<Record<string, string>>;
  readonly userIds: Readonly<Record<string, string>>;
  readonly roleIds: Readonly<Record<string, string>>;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** An invented community of people who mend and sail small boats, with a little history. The same for the same seed. */
export function createDemoGuild(control: Control): DemoGuild {
  const demo = foundDemoGuild(control);
  tellDemoHistory(control, demo);
  return demo;
}

/** The guild without anything said in it. Its ids follow from the world's clock alone. */
export function foundDemoGuild(control: Control): DemoGuild {
  const guild = control.createGuild({
    name: "Low Tide Workshop",
    roles: [
      { name: "newcomer" },
      { name: "regular", mentionable: true, color: 0x4f8a8b },
      { name: "moderator", mentionable: true, hoist: true, color: 0xe07a5f, permissions: MODERATOR },
      { name: "owner", hoist: true, color: 0xf2cc8f, permissions: Bit.Administrator },
    ],
    botRole: { above: "moderator" },
    channels: CHANNELS,
    members: MEMBERS,
  });
  const demo: DemoGuild = {
    guildId: guild.id,
    channelIds: named(control.channels(guild.id).map((one) => [one.name ?? "", one.id])),
    userIds: named(control.members(guild.id).map((one) => [one.user.username, one.user.id])),
    roleIds: named(control.roles(guild.id).map((one) => [one.name, one.id])),
  };
  closeDoors(control, demo);
  return demo;
}

const CHANNELS = [
  { name: "rules", topic: "Read before you write" },
  { name: "general", topic: "Whatever floats" },
  { name: "help", topic: "Ask, and say what you have tried" },
  { name: "media", topic: "Pictures of your work" },
  { name: "events", topic: "When and where we meet" },
  { name: "mod-log", topic: "What Guildhall did, and why" },
  { name: "slipway", type: ChannelType.GuildVoice },
];

const MEMBERS = [
  { name: "marisol", globalName: "Marisol", roles: ["owner"], accountAgeMs: 1_900 * DAY_MS },
  { name: "benedek", globalName: "Benedek", roles: ["moderator"], accountAgeMs: 1_400 * DAY_MS },
  { name: "ottilie", globalName: "Ottilie", roles: ["moderator"], accountAgeMs: 1_100 * DAY_MS },
  { name: "fenwick", globalName: "Fenwick", roles: ["regular"], accountAgeMs: 900 * DAY_MS },
  { name: "juniper_j", globalName: "Juniper", roles: ["regular"], accountAgeMs: 730 * DAY_MS },
  { name: "halvard", globalName: "Halvard", roles: ["regular"], accountAgeMs: 1_600 * DAY_MS },
  { name: "tamsin", globalName: "Tamsin", roles: ["regular"], accountAgeMs: 500 * DAY_MS },
  { name: "cosmo", globalName: "Cosmo", roles: ["regular"], accountAgeMs: 420 * DAY_MS },
  { name: "wren", globalName: "Wren", roles: ["regular"], accountAgeMs: 260 * DAY_MS },
  { name: "pip", globalName: "Pip", roles: ["newcomer"], accountAgeMs: 70 * DAY_MS },
  { name: "ludo", globalName: "Ludo", roles: ["newcomer"], accountAgeMs: 45 * DAY_MS },
  { name: "saffi", globalName: "Saffi", roles: ["newcomer"], accountAgeMs: 30 * DAY_MS, dmClosed: true },
];

function named(pairs: readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries(pairs);
}

/** The rules are for reading, the log for moderators. */
function closeDoors(control: Control, { guildId, channelIds, roleIds }: DemoGuild): void {
  const rules = channelIds["rules"] ?? "";
  const log = channelIds["mod-log"] ?? "";
  control.setOverwrite(rules, { id: guildId, deny: Bit.SendMessages });
  control.setOverwrite(log, { id: guildId, deny: Bit.ViewChannel });
  for (const role of ["moderator", "Guildhall"]) {
    control.setOverwrite(rules, { id: roleIds[role] ?? "", allow: Bit.SendMessages });
    control.setOverwrite(log, { id: roleIds[role] ?? "", allow: Bit.ViewChannel | Bit.SendMessages });
  }
}

/** What was said during the last three days. */
export function tellDemoHistory(control: Control, { guildId, channelIds, userIds }: DemoGuild): void {
  const chance = createRandom(control.seed);
  let ageMs = 3 * DAY_MS;
  const step = ageMs / (DEMO_HISTORY.length + 1);
  for (const [channel, name, text, reaction] of DEMO_HISTORY) {
    ageMs -= Math.floor(step * (0.5 + chance.next() / 2));
    const channelId = channelIds[channel] ?? "";
    const messageId = control.say(guildId, channelId, userIds[name] ?? "", text, { ageMs });
    if (reaction !== undefined) control.react(channelId, messageId, userIds["marisol"] ?? "", reaction);
  }
}

const FIRST = ["swift", "pale", "lucky", "silent", "happy", "dark", "tiny", "wild"];
const SECOND = ["otter", "comet", "gamer", "falcon", "pixel", "mango", "storm", "ghost"];

/** Young accounts come in quick succession and all say the same thing first. */
export function raid(control: Control, guildId: string, count: number): void {
  const chance = createRandom(control.seed + control.members(guildId).length * 31 + count);
  const channelId = talkChannel(control, guildId);
  const text = chance.pick([
    "this server is OURS now",
    "join the better server, link in my profile",
    "RAID RAID RAID, this place is done",
  ]);
  for (let index = 0; index < count; index += 1) {
    const userId = control.join(guildId, { name: stranger(chance), accountAgeMs: HOUR_MS + chance.below(2 * HOUR_MS) });
    control.say(guildId, channelId, userId, text);
  }
}

/** Three post the same scam link, one floods, one mentions everybody he can. */
export function spamWave(control: Control, guildId: string, channelId = talkChannel(control, guildId)): void {
  const chance = createRandom(control.seed + control.messages(channelId).length);
  const [first, second, third, flooder, shouter] = troublemakers(control, guildId, chance, 5) as [
    string,
    string,
    string,
    string,
    string,
  ];
  for (const userId of [first, second, third])
    control.say(guildId, channelId, userId, "free nitro for 3 months, claim here: https://dlscord-gift.example/claim");
  for (let index = 1; index <= 8; index += 1)
    control.say(guildId, channelId, flooder, `look at this ${"!".repeat(index)}`);
  const everybody = control.members(guildId).map((one) => `<@${one.user.id}>`);
  control.say(guildId, channelId, shouter, `${everybody.slice(0, 12).join(" ")} come and see`);
}

/** Ordinary members who may write; where there are not enough of them, newcomers. */
function troublemakers(control: Control, guildId: string, chance: Random, wanted: number): string[] {
  const owner = control.guilds().find((one) => one.id === guildId)?.ownerId;
  const staff = new Set(
    control
      .roles(guildId)
      .filter(
        (one) =>
          (BigInt(one.permissions) & Bit.ManageMessages) !== 0n || (BigInt(one.permissions) & Bit.Administrator) !== 0n,
      )
      .map((one) => one.id),
  );
  const free = control
    .members(guildId)
    .filter((one) => one.user.bot !== true && one.user.id !== owner && !one.roles.some((id) => staff.has(id)))
    .filter((one) => Date.parse(one.communication_disabled_until ?? "") > control.now() === false)
    .map((one) => one.user.id);
  const chosen: string[] = [];
  while (chosen.length < wanted && free.length > 0) chosen.push(...free.splice(chance.below(free.length), 1));
  while (chosen.length < wanted)
    chosen.push(control.join(guildId, { name: stranger(chance), accountAgeMs: 20 * DAY_MS }));
  return chosen;
}

function stranger(chance: Random): string {
  return `${chance.pick(FIRST)}${chance.pick(SECOND)}${1_000 + chance.below(9_000)}`;
}

function talkChannel(control: Control, guildId: string): string {
  const channels = control.channels(guildId).filter((one) => one.type === ChannelType.GuildText);
  return (channels.find((one) => one.name === "general") ?? channels[0])?.id ?? "";
}
