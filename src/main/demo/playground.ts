import type { Demo, DemoChange, DemoMember, DemoUse } from "../../doors/api/demo.ts";
import { raid, spamWave, type Control } from "../../simulator/index.ts";
import { demoCommands } from "./commands.ts";
import { formOf, type Offers } from "./parts.ts";
import { createWall } from "./wall.ts";

/** Discord waits so long for an answer. */
const ANSWER_MS = 3_000;
const LOOK_MS = 20;
const NEWCOMERS = ["quiet_fern", "moss.lantern", "tinker_bo", "pale-harbour", "ninepins", "oat_and_rye"];

/** The page's playground: the simulator's control in the words of the page. */
export function createPlayground(control: Control, guildId: string): { demo: Demo; stop: () => void } {
  const listeners = new Set<(change: DemoChange) => void>();
  const offers = (): Offers => offersIn(control, guildId);
  const wall = createWall({ control, guildId, offers }, (change) => {
    for (const listener of listeners) listener(change);
  });
  /** What the bot answers comes a moment later; a form has to be there before anybody can fill it in. */
  const used = async (interactionId: string): Promise<DemoUse> => {
    for (
      let waited = 0;
      waited < ANSWER_MS && control.interaction(interactionId).callback === undefined;
      waited += LOOK_MS
    )
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    const form = formOf(control.interaction(interactionId).modal, offers());
    return { interactionId, ...(form !== undefined && { form }) };
  };
  let joined = 0;
  const demo: Demo = {
    guildId,
    members: () => membersOf(control, guildId),
    channels: () =>
      control
        .channels(guildId)
        .map((channel) => ({ id: channel.id, name: channel.name ?? "", type: channel.type, ...moreOf(channel) })),
    messages: wall.messages,
    commands: () => demoCommands([...control.commands(), ...control.commands(guildId)], offers()),
    say: ({ memberId, channelId, text }) => now(() => ({ messageId: control.say(guildId, channelId, memberId, text) })),
    react: ({ memberId, channelId, messageId, emoji }) =>
      now(() => control.react(channelId, messageId, memberId, emoji)),
    join: ({ name = `${NEWCOMERS[joined % NEWCOMERS.length]!}${joined++ < NEWCOMERS.length ? "" : joined}` }) =>
      now(() => ({ memberId: control.join(guildId, { name }) })),
    leave: ({ memberId }) => now(() => control.leave(guildId, memberId)),
    useCommand: ({ memberId, channelId, command, options }) =>
      now(() => {
        wall.standsIn(memberId, channelId);
        return used(control.useCommand(guildId, channelId, memberId, command, options));
      }),
    press: ({ memberId, channelId, messageId, customId, values }) =>
      now(() => {
        wall.standsIn(memberId, channelId);
        const { id, isPrivate } = wall.pressable(messageId);
        return used(
          isPrivate
            ? control.pressInDirectMessage(memberId, id, customId)
            : control.pressButton(guildId, channelId, memberId, id, customId, values),
        );
      }),
    fill: ({ interactionId, fields }) => now(() => used(control.submitModal(interactionId, fields))),
    picture: wall.picture,
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

function moreOf(channel: object): { topic?: string; parentId?: string } {
  const { topic, parent_id: parentId } = channel as { topic?: string | null; parent_id?: string | null };
  return {
    ...(typeof topic === "string" && { topic }),
    ...(typeof parentId === "string" && { parentId }),
  };
}

function offersIn(control: Control, guildId: string): Offers {
  const named = (all: readonly { readonly id: string; readonly name?: string | null }[]) =>
    all.map(({ id, name }) => ({ value: id, label: name ?? id }));
  return {
    members: named(membersOf(control, guildId)),
    roles: named(control.roles(guildId).filter(({ id }) => id !== guildId)),
    channels: named(control.channels(guildId)),
  };
}
