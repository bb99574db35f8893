import type { ChannelState, MessageState } from "./states.ts";
import type { World } from "./world.ts";

export interface AllowedMentions {
  readonly parse?: readonly string[] | undefined;
  readonly users?: readonly string[] | undefined;
  readonly roles?: readonly string[] | undefined;
  readonly replied_user?: boolean | undefined;
}

type Mentions = Pick<MessageState, "mentionIds" | "mentionRoleIds" | "mentionsEveryone">;

/** Whom a text really mentions: what it writes, as far as `allowed_mentions` and permissions let it. */
export function mentionsIn(
  world: World,
  channel: ChannelState,
  text: string,
  allowed: AllowedMentions | undefined,
  replyTo: MessageState["replyTo"],
  mayMentionAll: boolean,
): Mentions {
  const users = written(text, /<@!?(\d{5,20})>/g).filter((id) => world.users.has(id));
  const guild = channel.guildId === undefined ? undefined : world.guilds.get(channel.guildId);
  const roles = written(text, /<@&(\d{5,20})>/g).filter((id) => {
    const role = guild?.roles.get(id);
    return role !== undefined && (role.mentionable || mayMentionAll);
  });
  const everyone = mayMentionAll && /@everyone|@here/.test(text);
  const replied = repliedUser(world, allowed, replyTo);
  return {
    mentionIds: [...new Set([...users.filter((id) => allows(allowed, "users", id)), ...replied])],
    mentionRoleIds: roles.filter((id) => allows(allowed, "roles", id)),
    mentionsEveryone:
      everyone && (allowed?.parse === undefined ? allowed === undefined : allowed.parse.includes("everyone")),
  };
}

function written(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1] as string))];
}

function allows(allowed: AllowedMentions | undefined, kind: "users" | "roles", id: string): boolean {
  if (allowed === undefined) return true;
  return (allowed.parse ?? []).includes(kind) || (allowed[kind] ?? []).includes(id);
}

/** Answering pings the answered one, unless told not to; with `allowed_mentions` it must be asked for. */
function repliedUser(
  world: World,
  allowed: AllowedMentions | undefined,
  replyTo: MessageState["replyTo"],
): readonly string[] {
  if (replyTo === undefined || !(allowed === undefined || allowed.replied_user === true)) return [];
  const original = world.channels.get(replyTo.channelId)?.messages.get(replyTo.messageId);
  return original === undefined || original.webhook !== undefined ? [] : [original.authorId];
}
