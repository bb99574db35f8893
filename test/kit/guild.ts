import type { Directory, EventOf, GuildPolicy, Member, Role } from "#core";
import { Permission } from "#core";

/** A small guild every test can start from: an owner, staff above the bot, a moderator below it, a plain member. */
export const GUILD = "100";
export const OWNER = "1";
export const BOT = "2";

const role = (id: string, name: string, position: number, ...permissions: bigint[]): Role => ({
  id,
  name,
  position,
  permissions: permissions.reduce((bits, bit) => bits | bit, 0n).toString(),
});

export const everyone = role(
  GUILD,
  "@everyone",
  0,
  Permission.VIEW_CHANNEL,
  Permission.SEND_MESSAGES,
  Permission.EMBED_LINKS,
);
export const regular = role("11", "regular", 1);
export const moderator = role("12", "moderator", 5, Permission.MODERATE_MEMBERS, Permission.BAN_MEMBERS);
export const botRole = role(
  "13",
  "house",
  8,
  Permission.MANAGE_MESSAGES,
  Permission.MODERATE_MEMBERS,
  Permission.KICK_MEMBERS,
  Permission.BAN_MEMBERS,
  Permission.MANAGE_ROLES,
);
export const patron = role("14", "patron", 9);
export const administrator = role("15", "administrator", 7, Permission.ADMINISTRATOR);

export const directory: Directory = {
  guildId: GUILD,
  name: "The Lantern",
  ownerId: OWNER,
  locale: "en-US",
  memberCount: 12,
  botUserId: BOT,
  botRoleIds: [botRole.id],
  roles: Object.fromEntries([everyone, regular, moderator, botRole, patron, administrator].map((one) => [one.id, one])),
  channels: {
    "20": { id: "20", name: "general", type: 0, overwrites: [] },
    "21": {
      id: "21",
      name: "attic",
      type: 0,
      overwrites: [{ id: botRole.id, type: "role", allow: "0", deny: Permission.MANAGE_MESSAGES.toString() }],
    },
  },
};

export const member = (userId: string, ...roles: Role[]): Member => ({
  userId,
  name: `member-${userId}`,
  roleIds: roles.map(({ id }) => id),
});

export const policy = (overrides: Partial<GuildPolicy> = {}): GuildPolicy => ({
  guildId: GUILD,
  hash: "test",
  locale: "en-US",
  agents: {},
  staffRoleIds: [],
  quota: { perRule: { measures: 5, perSeconds: 600 }, perModerator: { measures: 3, perSeconds: 600 } },
  approval: { verbs: ["member.ban", "member.kick"], expireAfterSeconds: 3_600 },
  minimumConfidence: 0.8,
  budget: { callsPerMonth: -1, dollarsPerDay: -1, dollarsPerMonth: -1 },
  ...overrides,
});

let sequence = 0;

export function message(text: string, overrides: Partial<EventOf<"message.created">> = {}): EventOf<"message.created"> {
  const messageId = String(1_000_000 + ++sequence);
  return {
    id: `m:${messageId}`,
    guildId: GUILD,
    at: 1_760_000_000_000 + sequence * 1_000,
    kind: "message.created",
    channelId: "20",
    messageId,
    author: member("50", regular),
    text,
    mentionedUserIds: [],
    mentionedRoleIds: [],
    attachments: [],
    ...overrides,
  };
}
