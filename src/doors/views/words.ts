import { type ApprovalAnswer, type Directory, type GuildEvent, type Ground, unreachable, type Use } from "#core";

/** Names instead of ids, as far as the directory knows them. */
export interface Names {
  channel(channelId: string): string;
  role(roleId: string): string;
}

export function namesFrom(directory: Directory | undefined): Names {
  return {
    channel: (id) => hashed(directory?.channels[id]?.name ?? id),
    role: (id) => directory?.roles[id]?.name ?? id,
  };
}

/** What happened, as a sentence without its full stop. */
export function describeEvent(event: GuildEvent, names: Names): string {
  switch (event.kind) {
    case "message.created":
      return `${event.author.name} wrote in ${names.channel(event.channelId)}`;
    case "message.edited":
      return `${event.author.name} edited a message in ${names.channel(event.channelId)}`;
    case "message.deleted":
      return `${count(event.messageIds.length, "message")} disappeared from ${names.channel(event.channelId)}`;
    case "message.echoed":
      return `Discord showed our own message in ${names.channel(event.channelId)}`;
    case "reaction.added":
      return `Somebody reacted with ${event.emoji} in ${names.channel(event.channelId)}`;
    case "reaction.removed":
      return `Somebody took back ${event.emoji} in ${names.channel(event.channelId)}`;
    case "reaction.cleared":
      return `Reactions were cleared in ${names.channel(event.channelId)}`;
    case "thread.created":
      return `The thread "${event.thread.name}" was ${event.isNew ? "opened" : "shown to the house"}`;
    case "thread.updated":
      return `The thread "${event.thread.name}" was changed`;
    case "thread.deleted":
      return "A thread was deleted";
    case "member.joined":
      return `${event.member.name} joined`;
    case "member.left":
      return `${event.name} left`;
    case "member.updated":
      return `${event.member.name} was changed`;
    case "member.banned":
      return `${event.name} was banned`;
    case "member.unbanned":
      return `${event.name} was unbanned`;
    case "member.erased":
      return `${event.by} had a member erased`;
    case "command.used":
      return `${event.by.name} used /${event.command} in ${names.channel(event.channelId)}`;
    case "button.pressed":
      return `${event.by.name} pressed a button in ${names.channel(event.channelId)}`;
    case "select.chosen":
      return `${event.by.name} chose from a list in ${names.channel(event.channelId)}`;
    case "modal.submitted":
      return `${event.by.name} sent a form in ${names.channel(event.channelId)}`;
    default:
      return describeCommunityEvent(event, names);
  }
}

type MemberKind = `message.${string}` | `reaction.${string}` | `thread.${string}` | `member.${string}` | Use["kind"];
type CommunityEvent = Exclude<GuildEvent, { kind: MemberKind }>;

function describeCommunityEvent(event: CommunityEvent, names: Names): string {
  switch (event.kind) {
    case "voice.changed":
      return `${event.member?.name ?? "Somebody"} is in ${names.channel(event.state.channelId)}`;
    case "voice.left":
      return "Somebody left voice";
    case "invite.created":
      return `An invite to ${names.channel(event.channelId)} was made`;
    case "invite.deleted":
      return `An invite to ${names.channel(event.channelId)} was deleted`;
    case "invite.used":
      return `${event.name} came by ${event.codes.length === 1 ? "the invite" : "one of the invites"} ${event.codes.map(({ code }) => code).join(", ")}`;
    case "invites.listed":
      return `${event.codes.length} invites lead into the guild`;
    case "audit.logged":
      return `The audit log has a new entry (${event.action})`;
    case "automod.acted":
      return "Discord's AutoMod took hold";
    case "incident.noticed":
      return INCIDENT_WORDS[event.notice];
    case "scheduled-event.created":
      return `"${event.scheduledEvent.name}" was planned`;
    case "scheduled-event.updated":
      return `"${event.scheduledEvent.name}" was changed`;
    case "scheduled-event.deleted":
      return `"${event.scheduledEvent.name}" was called off`;
    case "scheduled-event.joined":
      return "Somebody wants to come to an event";
    case "scheduled-event.left":
      return "Somebody no longer wants to come to an event";
    default:
      return describeHouseEvent(event);
  }
}

const AMENDED = { note: "noted something on", reason: "put another reason on", undo: "took back" } as const;

const ANSWER_WORDS: Readonly<Record<ApprovalAnswer, string>> = {
  approve: "approved a step",
  reject: "rejected a step",
  modify: "proposed to change a step",
  evidence: "looked at the evidence",
  options: "looked at what could be changed",
  back: "turned a card back",
};

const INCIDENT_WORDS = {
  "alert-mode-on": "Discord's alert mode was switched on",
  "alert-mode-off": "Discord's alert mode was switched off",
  "raid-reported": "A raid was reported to Discord",
  "false-alarm": "A raid turned out to be none",
} as const;

type CommunityKind =
  | `voice.${string}`
  | `invite.${string}`
  | "invites.listed"
  | `scheduled-event.${string}`
  | "audit.logged"
  | "automod.acted"
  | "incident.noticed";
type HouseEvent = Exclude<CommunityEvent, { kind: CommunityKind }>;

function describeHouseEvent(event: HouseEvent): string {
  switch (event.kind) {
    case "appeal.filed":
      return `A member objected to case #${event.number} by its link`;
    case "case.amended":
      return `${event.name} ${AMENDED[event.change]} case #${event.number}`;
    case "approval.answered":
      return `${event.name ?? event.by} ${ANSWER_WORDS[event.answer]}`;
    case "policy.chosen":
      return `${event.by} chose what holds in this guild`;
    case "chat.said":
      return event.command === ""
        ? `${event.name} replied to a card`
        : `${event.name} used /${event.command} in Telegram`;
    case "knowledge.given":
      return event.entryId === undefined
        ? `The file ${event.name} was given as knowledge`
        : `${event.by} wrote an answer: ${event.name}`;
    case "knowledge.withdrawn":
      return `${event.by} took something back from what the house knows`;
    case "chat.moved":
      return "The chat on Telegram got another id";
    case "chat.invited":
      return "A code was made that links a chat";
    case "clock.struck":
      return `The timer "${event.timer}" of ${event.owner} went off`;
    case "action.done":
      return "An action was carried out";
    case "action.failed":
      return event.outcome === "unknown"
        ? "Nobody can tell whether an action worked"
        : `An action failed: ${event.why}`;
    case "guild.available":
      return `The guild "${event.directory.name}" became available`;
    case "guild.unavailable":
      return "The guild is in an outage of Discord's";
    case "guild.left":
      return "The house left the guild";
    case "directory.changed":
      return "A role, a channel or the guild itself changed";
    case "vectors.made":
      return `${event.passages} passages were turned into vectors by ${event.model}`;
    case "budget.reached":
      return `A limit for models is reached: ${event.limit}`;
    case "gap":
      return `Events were lost for ${Math.max(1, Math.round((event.to - event.from) / 1000))} s`;
    default:
      return unreachable(event);
  }
}

const GROUND_WORDS: Readonly<Record<Ground, string>> = {
  "mode-off": "the agent is switched off here",
  shadow: "the agent is only watching here (shadow mode)",
  "immune-owner": "the owner is never touched",
  "immune-self": "the house never acts on itself",
  "immune-staff": "staff are never touched",
  "outranks-bot": "the member ranks above the bot",
  "outranks-moderator": "the member ranks above the moderator who asked",
  "moderator-lacks-permission": "the moderator lacks the permission",
  "bot-lacks-permission": "the bot lacks the permission",
  duplicate: "the same was already being done",
  quota: "too many measures in a short time",
  "needs-approval": "a human has to allow this first",
  "low-confidence": "not sure enough",
  clear: "nothing spoke against it",
};

export function groundInWords(ground: Ground): string {
  return GROUND_WORDS[ground];
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** A ticket's thread is named by its number, with the sign before it already. */
const hashed = (name: string): string => (name.startsWith("#") ? name : `#${name}`);
