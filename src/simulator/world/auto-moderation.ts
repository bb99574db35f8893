import {
  AuditLogEvent,
  AutoModerationActionType as Response,
  AutoModerationRuleKeywordPresetType as Preset,
  AutoModerationRuleTriggerType as Trigger,
  GatewayDispatchEvents,
  MessageType,
  PermissionFlagsBits as Bit,
  type APIAutoModerationAction,
  type APIAutoModerationRule,
} from "discord-api-types/v10";
import { audit } from "./audit.ts";
import { announceMember } from "./members.ts";
import { postMessage } from "./messages.ts";
import { guildPermissions } from "./permissions.ts";
import type { ChannelState, GuildState, MemberState } from "./states.ts";
import { dispatch, type World } from "./world.ts";

/** A rule that a text runs into, and what of it. */
export interface Hit {
  readonly rule: APIAutoModerationRule;
  readonly keyword: string | null;
  readonly content: string;
}

export interface Place {
  readonly guild: GuildState;
  readonly channel: ChannelState;
  readonly member: MemberState;
}

/** Whoever manages the guild is never looked at. */
export function hitsOf(world: World, { guild, channel, member }: Place, text: string): readonly Hit[] {
  if ((guildPermissions(world, guild, member.userId) & Bit.ManageGuild) !== 0n) return [];
  return [...guild.autoModeration.values()].flatMap((rule) => {
    const isExempt =
      rule.exempt_channels.includes(channel.id) || rule.exempt_roles.some((id) => member.roleIds.includes(id));
    return !rule.enabled || isExempt ? [] : hitOf(rule, text);
  });
}

export function isBlocked(hits: readonly Hit[]): boolean {
  return hits.some(({ rule }) => rule.actions.some(({ type }) => type === Response.BlockMessage));
}

/** What Discord's own lists hold nobody knows: here each of them holds one harmless word. */
const PRESET_WORDS: Readonly<Record<Preset, string>> = {
  [Preset.Profanity]: "blankety",
  [Preset.SexualContent]: "unmentionable",
  [Preset.Slurs]: "namecalling",
};
/** What Discord takes for spam nobody knows either: here it is what says so. */
const SPAM = /\bpretend spam\b/i;

/** Words, patterns and mentions as they are written down; Discord's own lists and its spam by something that stands for them. */
function hitOf(rule: APIAutoModerationRule, text: string): readonly Hit[] {
  const { trigger_type: trigger, trigger_metadata: metadata } = rule;
  const {
    keyword_filter: words = [],
    regex_patterns: patterns = [],
    allow_list: allowed = [],
    presets = [],
  } = metadata;
  const mentions = new Set(text.match(/<@[&!]?\d+>/g)).size;
  const whole = [{ rule, keyword: null, content: text }];
  if (trigger === Trigger.MentionSpam) return mentions > (metadata.mention_total_limit ?? Infinity) ? whole : [];
  if (trigger === Trigger.Spam) return SPAM.test(text) ? whole : [];
  const tests = [
    ...presets.map((preset) => ({ keyword: null, pattern: new RegExp(wordPattern(PRESET_WORDS[preset]), "iu") })),
    ...words.map((keyword) => ({ keyword, pattern: new RegExp(wordPattern(keyword), "iu") })),
    ...patterns.map((keyword) => ({ keyword, pattern: new RegExp(keyword, "iu") })),
  ];
  for (const { keyword, pattern } of tests) {
    const content = pattern.exec(text)?.[0];
    if (content !== undefined && !allowed.some((word) => new RegExp(wordPattern(word), "iu").test(text)))
      return [{ rule, keyword, content }];
  }
  return [];
}

/** Whole words; a star at an end lets the word go on there. */
function wordPattern(word: string): string {
  const [begins, ends] = [word.startsWith("*"), word.endsWith("*")];
  const bare = word.slice(begins ? 1 : 0, ends ? -1 : undefined).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return `${begins ? "" : "(?<![\\p{L}\\p{N}])"}${bare}${ends ? "" : "(?![\\p{L}\\p{N}])"}`;
}

/** One execution is told for each action of each rule. A message that was blocked has no id. */
export function carryOut(world: World, place: Place, text: string, hits: readonly Hit[], messageId?: string): void {
  for (const hit of hits)
    for (const action of hit.rule.actions) carryOutOne(world, place, { hit, action, text, messageId });
}

interface Execution {
  readonly hit: Hit;
  readonly action: APIAutoModerationAction;
  readonly text: string;
  readonly messageId: string | undefined;
}

function carryOutOne(world: World, place: Place, { hit, action, text, messageId }: Execution): void {
  const { guild, channel, member } = place;
  if (action.type === Response.Timeout) timeOut(world, place, action.metadata?.duration_seconds ?? 60);
  const alertId = action.type === Response.SendAlertMessage ? alert(world, place, action, text) : undefined;
  dispatch(world, GatewayDispatchEvents.AutoModerationActionExecution, guild.id, {
    guild_id: guild.id,
    action,
    rule_id: hit.rule.id,
    rule_trigger_type: hit.rule.trigger_type,
    user_id: member.userId,
    channel_id: channel.id,
    ...(messageId !== undefined && { message_id: messageId }),
    ...(alertId !== undefined && { alert_system_message_id: alertId }),
    content: text,
    matched_keyword: hit.keyword,
    matched_content: hit.content,
  });
}

function timeOut(world: World, { guild, member }: Place, seconds: number): void {
  member.timeoutUntil = world.clock.now() + seconds * 1_000;
  announceMember(world, guild, member);
  const target = { targetId: member.userId };
  audit(world, guild, AuditLogEvent.AutoModerationUserCommunicationDisabled, { userId: member.userId }, target);
}

function alert(world: World, { guild, member }: Place, action: APIAutoModerationAction, text: string) {
  const channel = guild.channels.get(action.metadata?.channel_id ?? "");
  if (channel === undefined) return undefined;
  const notice = { authorId: member.userId, type: MessageType.AutoModerationAction, embeds: [{ description: text }] };
  return postMessage(world, channel, notice).id;
}
