import type { Demo, DemoChange, DemoCommand, DemoMember } from "../../doors/api/house.ts";
import { raid, spamWave, type Control } from "../../simulator/index.ts";
import { createWall } from "./wall.ts";

const NEWCOMERS = ["quiet_fern", "moss.lantern", "tinker_bo", "pale-harbour", "ninepins", "oat_and_rye"];

/** The page's playground: the simulator's control in the words of the page. */
export function createPlayground(control: Control, guildId: string): { demo: Demo; stop: () => void } {
  const listeners = new Set<(change: DemoChange) => void>();
  const wall = createWall(control, guildId, (change) => {
    for (const listener of listeners) listener(change);
  });
  let joined = 0;
  const demo: Demo = {
    guildId,
    members: () => membersOf(control, guildId),
    channels: () =>
      control
        .channels(guildId)
        .map((channel) => ({ id: channel.id, name: channel.name ?? "", type: channel.type, ...topicOf(channel) })),
    messages: wall.messages,
    commands: () => [...control.commands(), ...control.commands(guildId)].map(commandOf),
    say: ({ memberId, channelId, text }) => now(() => ({ messageId: control.say(guildId, channelId, memberId, text) })),
    react: ({ memberId, channelId, messageId, emoji }) =>
      now(() => control.react(channelId, messageId, memberId, emoji)),
    join: ({ name = `${NEWCOMERS[joined % NEWCOMERS.length]!}${joined++ < NEWCOMERS.length ? "" : joined}` }) =>
      now(() => ({ memberId: control.join(guildId, { name }) })),
    leave: ({ memberId }) => now(() => control.leave(guildId, memberId)),
    useCommand: ({ memberId, channelId, command, options }) =>
      now(() => {
        wall.usedCommand(memberId, channelId);
        return { interactionId: control.useCommand(guildId, channelId, memberId, command, options) };
      }),
    raid: (count) => now(() => raid(control, guildId, count)),
    spamWave: (channelId) => now(() => spamWave(control, guildId, channelId)),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return { demo, stop: wall.stop };
}

/** The control answers at once and throws its refusals; the page waits for promises. */
async function now<T>(act: () => T | Promise<T>): Promise<T> {
  return act();
}

function membersOf(control: Control, guildId: string): readonly DemoMember[] {
  const banned = new Set(control.bans(guildId).map(({ userId }) => userId));
  const roles = new Map(control.roles(guildId).map(({ id, name }) => [id, name]));
  return control.members(guildId).map((member) => {
    const timeoutUntil = Date.parse(member.communication_disabled_until ?? "") || 0;
    return {
      id: member.user.id,
      name: member.nick ?? member.user.global_name ?? member.user.username,
      roles: member.roles.map((id) => roles.get(id) ?? id),
      ...(member.user.bot === true ? { bot: true } : {}),
      ...(timeoutUntil > 0 ? { timeoutUntil } : {}),
      ...(banned.has(member.user.id) ? { banned: true } : {}),
    };
  });
}

function topicOf(channel: object): { topic?: string } {
  const { topic } = channel as { topic?: string | null };
  return typeof topic === "string" ? { topic } : {};
}

const OPTION_TYPES: Readonly<Record<number, DemoCommand["options"][number]["type"]>> = {
  4: "number",
  5: "boolean",
  6: "member",
  10: "number",
};

function commandOf({ name, description, options = [] }: ReturnType<Control["commands"]>[number]): DemoCommand {
  return {
    name,
    description,
    options: options.map((option) => ({
      name: option.name,
      description: option.description,
      type: OPTION_TYPES[option.type] ?? "text",
      required: "required" in option && option.required === true,
    })),
  };
}
