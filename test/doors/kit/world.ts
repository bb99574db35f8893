import { GuildhallError, type Member, type ProposedAction, snowflakeAt } from "#core";
import type { Demo, DemoChange, DemoMember, DemoMessage } from "../../../src/doors/api/demo.ts";
import { CHANNELS, GUILD, type Road, STAFF_ROLE } from "./road.ts";

type Changing<T> = { -readonly [K in keyof T]: T[K] };

/** A small world without Discord: members say things, the road hears them, and its hand reaches back here. */
export function createWorld(road: Road): Demo {
  const members: Changing<DemoMember>[] = [
    { id: "900000000000000101", name: "Odile", roles: ["Owner"] },
    { id: "900000000000000102", name: "Bram", roles: [] },
    { id: "900000000000000103", name: "Yusra", roles: ["Wardens"] },
    { id: "900000000000000104", name: "Teodor", roles: [] },
  ];
  const rooms = new Map<string, Changing<DemoMessage>[]>(Object.values(CHANNELS).map((id) => [id, []]));
  const listeners = new Set<(change: DemoChange) => void>();
  const tell = (change: DemoChange): void => listeners.forEach((listener) => listener(change));
  road.hand = (proposal) => {
    tell(applyTo(members, rooms, proposal, road.now()));
    return {};
  };
  const memberOf = (id: string): Member => {
    const found = members.find((member) => member.id === id);
    if (found === undefined || found.banned === true) throw new GuildhallError("not-here", "this member is not here");
    return { userId: id, name: found.name, roleIds: found.roles.includes("Wardens") ? [STAFF_ROLE] : [] };
  };
  const say: Demo["say"] = async ({ memberId, channelId, text }) => {
    const author = memberOf(memberId);
    const at = road.now();
    const id = snowflakeAt(at);
    rooms.get(channelId)?.push({ id, authorId: memberId, authorName: author.name, text, at, reactions: [] });
    tell({ channelId });
    const facts = {
      channelId,
      messageId: id,
      author,
      text,
      mentionedUserIds: [],
      mentionedRoleIds: [],
      attachments: [],
    };
    await road.submit({ kind: "message.created", id: `m:${id}`, guildId: GUILD, at, ...facts });
    return { messageId: id };
  };
  const join: Demo["join"] = async ({ name = `Guest ${members.length}` }) => {
    const at = road.now();
    const id = snowflakeAt(at);
    members.push({ id, name, roles: [] });
    tell({});
    await road.submit({
      kind: "member.joined",
      id: `${id}:joined`,
      guildId: GUILD,
      at,
      member: { userId: id, name, roleIds: [] },
    });
    return { memberId: id };
  };
  return {
    guildId: GUILD,
    members: () => members,
    channels: () => [
      { id: CHANNELS.lounge, name: "lounge", type: 0, topic: "Come in, sit down" },
      { id: CHANNELS.kitchen, name: "kitchen", type: 0 },
    ],
    messages: (channelId) => rooms.get(channelId) ?? [],
    commands: () => [
      {
        name: "warn",
        description: "Warn a member",
        options: [
          { name: "member", description: "Whom", type: "member", required: true },
          { name: "reason", description: "Why", type: "text" },
        ],
      },
    ],
    say,
    join,
    react: async ({ channelId, messageId, emoji }) => {
      const message = rooms.get(channelId)?.find(({ id }) => id === messageId);
      if (message !== undefined) message.reactions = [...message.reactions, { emoji, count: 1 }];
      tell({ channelId });
    },
    leave: async ({ memberId }) => {
      members.splice(
        members.findIndex(({ id }) => id === memberId),
        1,
      );
      tell({});
    },
    useCommand: async ({ memberId, channelId, command, options }) => {
      const at = road.now();
      const target = members.find(({ id }) => id === options["member"]);
      const text = `/${command}: warned ${target?.name ?? "nobody"}.`;
      const reply = { authorId: "900000000000000199", authorName: "Guildhall", bot: true, text, at, reactions: [] };
      rooms.get(channelId)?.push({ ...reply, id: snowflakeAt(at), onlyFor: memberId, parts: [OBJECT] });
      tell({ channelId });
      return { interactionId: snowflakeAt(at) };
    },
    press: async ({ channelId }) => ({ interactionId: channelId, form: REASONS }),
    fill: async ({ interactionId: channelId, fields }) => {
      const at = road.now();
      const text = `Heard: ${String(fields["why"])}.`;
      const answer = { authorId: "900000000000000199", authorName: "Guildhall", bot: true, text, at, reactions: [] };
      rooms.get(channelId)?.push({ ...answer, id: snowflakeAt(at), pictures: [{ id: "dot", description: "A dot" }] });
      tell({ channelId });
      return { interactionId: snowflakeAt(at) };
    },
    picture: async (id) => (id === "dot" ? { type: "image/gif", bytes: DOT } : undefined),
    raid: async (count) => {
      for (let number = 0; number < count; number += 1) await join({ name: `Moth ${number + 1}` });
    },
    spamWave: async (channelId) => {
      for (const { id } of members.slice(1, 4))
        await say({ memberId: id, channelId, text: "win at free-lamps.example" });
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const OBJECT = { kind: "button", customId: "object", label: "Object", look: "plain" } as const;
const REASONS = {
  title: "What is wrong?",
  fields: [{ name: "why", label: "In your words", kind: "text", required: true }],
} as const;
/** The smallest picture there is. */
const DOT = Buffer.from("R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=", "base64");

function applyTo(
  members: Changing<DemoMember>[],
  rooms: ReadonlyMap<string, Changing<DemoMessage>[]>,
  { action }: ProposedAction,
  at: number,
): DemoChange {
  if (action.verb === "message.delete") {
    const message = rooms.get(action.channelId)?.find(({ id }) => id === action.messageId);
    if (message !== undefined) message.deleted = { at, byHouse: true };
    return { channelId: action.channelId };
  }
  if (action.verb === "member.ban") {
    const member = members.find(({ id }) => id === action.member.userId);
    if (member !== undefined) member.banned = true;
  }
  return {};
}
