import {
  botPermissions,
  type Directory,
  broken,
  fine,
  type Finding,
  type GuildPolicy,
  isThread,
  missingPermissions,
  permissionTitle,
  weaker,
} from "#core";

export interface Listening {
  readonly name: string;
  readonly listens: readonly string[];
}

/** Why what is said in a channel might not reach the house, or its agents. */
export function channelFindings(
  channelId: string,
  directory: Directory,
  { policy, agents, hasContent, at }: ChannelContext,
): readonly Finding[] {
  const channel = directory.channels[channelId];
  if (channel === undefined) {
    const fix = `check the id, and that the bot's role has "${permissionTitle("VIEW_CHANNEL")}" there`;
    return [broken("channel", `${channelId} does not exist in ${directory.name}, or the bot cannot see it`, fix)];
  }
  const about = `#${channel.name}`;
  const needs = ["VIEW_CHANNEL", "READ_MESSAGE_HISTORY"] as const;
  const missing = missingPermissions(botPermissions(directory, at, channelId), needs);
  const lost = {
    VIEW_CHANNEL: "nothing said there arrives",
    READ_MESSAGE_HISTORY: "what was said while the house was away is lost",
  };
  const findings = [
    ...missing.map((name) =>
      broken(
        about,
        `the bot lacks "${permissionTitle(name)}": ${lost[name as keyof typeof lost]}`,
        "allow it to the bot's role in the settings of the channel or of its category",
      ),
    ),
    ...(hasContent
      ? []
      : [weaker(about, "texts arrive empty: Message Content is switched off", "switch it on in the developer portal")]),
    ...(isThread(channel) && channel.type === PRIVATE_THREAD
      ? [weaker(about, "a private thread is seen by those added to it", "mention the bot in it once, which adds it")]
      : []),
    ...agents.flatMap((agent) => agentFindings(about, agent, channelId, channel.parentId, policy)),
  ];
  return findings.length > 0 ? findings : [fine(about, "what is said there is heard")];
}

const PRIVATE_THREAD = 12;

export interface ChannelContext {
  readonly policy: GuildPolicy;
  readonly agents: readonly Listening[];
  readonly hasContent: boolean;
  readonly at: number;
}

function agentFindings(
  about: string,
  { name, listens }: Listening,
  channelId: string,
  parentId: string | undefined,
  { agents }: GuildPolicy,
): readonly Finding[] {
  if (!listens.includes("message.created")) return [];
  const own = agents[name];
  if (own === undefined || own.mode === "off") {
    return [weaker(about, `${name} is switched off in this guild`, `set agents.${name}.mode to shadow or live`)];
  }
  const exempt = (own.config as { readonly exemptChannelIds?: unknown } | null)?.exemptChannelIds;
  const isExempt = Array.isArray(exempt) && (exempt.includes(channelId) || exempt.includes(parentId));
  const fix = `take it out of agents.${name}.config.exemptChannelIds`;
  return [
    ...(isExempt ? [weaker(about, `${name} leaves this channel alone`, fix)] : []),
    ...(own.mode === "shadow"
      ? [weaker(about, `${name} is in shadow here: it decides and does nothing`, `set agents.${name}.mode to live`)]
      : []),
  ];
}
