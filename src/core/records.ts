import type { InteractionHandle, Member } from "./facts.ts";
import type { Attended, Gathering, GatheringSeries, GatheringWish, Rsvps } from "./gatherings.ts";
import type { LogLine } from "./log-lines.ts";
import type {
  Announced,
  Announcement,
  Posted,
  RolePanel,
  RolePanelPlace,
  StarPlace,
  Starred,
  Worn,
} from "./postings.ts";
import type { Newcomer, Raid } from "./raids.ts";
import type { Spree } from "./spree.ts";
import type { Ticket, TicketPanel } from "./tickets.ts";
import type { TranscriptFacts, TranscriptReader } from "./transcripts.ts";

/**
 * Records an agent may keep per guild, by name. A new kind of record is a line here (and a migration, should it need a
 * table of its own); they are read with `look.record(name, key)` and changed with the `record.put` write.
 */
export interface Records {
  /** How a member fared with the rules so far; key: user id. `about` is the message of the last offence. */
  readonly conduct: {
    readonly warnings: number;
    readonly lastAt: number;
    readonly lastRule: string;
    readonly about?: string;
    /** What the latest offences counted, by the event each was found in, oldest first. */
    readonly counted?: readonly { readonly eventId: string; readonly points: number }[];
  };
  /** What stood there before a change that will be undone; key: the verb and what it was done to. Written by the house. */
  readonly before: { readonly value: unknown; readonly at: number };
  /** Who is in voice where, kept by the house and read with `voiceBefore`; key: user id. */
  readonly voice: { readonly channelId: string; readonly since: number; readonly confirmedAt: number };
  readonly voiceKnown: { readonly since: number };
  /** The chat outside of Discord in which approvals are shown; key: the face. */
  readonly chat: {
    readonly chatId: string;
    /** Who bound it with a code: may answer from then on. */
    readonly by?: string;
    readonly at: number;
    /** Ids the chat had before. */
    readonly before: readonly string[];
    readonly mutedUntil?: number;
  };
  /** A code that binds a chat, once; key: its hash. */
  readonly invitation: { readonly expiresAt: number };
  /** How a member earns points; key: user id (agents/levels). */
  readonly levelling: {
    readonly at: number;
    readonly day: number;
    readonly messages: number;
    readonly voiceMinutes: number;
    readonly threads: number;
    readonly reactors: readonly string[];
    readonly texts: readonly string[];
    readonly gaps: string;
    readonly hours: number;
    readonly company: string;
    /** Since they first earned. */
    readonly sums: Readonly<Record<"messages" | "reactions" | "voiceMinutes" | "threads" | "thanks", number>>;
    /** Days in a row with a message that earned, up to the day of the last; as many were missed in between as `spared` says. */
    readonly streak: { readonly days: number; readonly day: number; readonly spared: number };
    /** Achievements by their name, and when they were reached. */
    readonly badges: Readonly<Record<string, number>>;
    /** Whom they thanked today. */
    readonly thanked: readonly string[];
    /** The highest level they were told of, and their roles were given for. */
    readonly told: number;
    /** They are on no leaderboard. */
    readonly hidden?: true;
    /** As the guild called them when they last earned: for the page, and kept only where there is one. */
    readonly name?: string;
    /** Points came while they were away: the roles of their level come with their next message. */
    readonly rolesDue?: true;
    /** When they last took part otherwise than by a message. */
    readonly seen?: number;
    /** How many events they attended have earned. */
    readonly attended?: number;
    /** Up to when what idleness costs was taken off. */
    readonly fadedTo?: number;
  };
  /** Points from a file, until all are counted; key: the id of the interaction that gave it. */
  readonly pointImport: {
    readonly name: string;
    readonly mode: "set" | "add";
    readonly by: string;
    readonly interaction: InteractionHandle;
    readonly at: number;
    /** `id:points`, and so on; nothing while the file is being fetched. */
    readonly rows: string;
    readonly members: number;
    readonly digest: string;
    /** How many are counted, once it was confirmed. */
    readonly from?: number;
  };
  /** A file whose points were taken; key: a hash of its rows. */
  readonly pointsImported: {
    readonly at: number;
    readonly by: string;
    readonly name: string;
    readonly mode: "set" | "add";
    readonly members: number;
  };
  /** Who earned last in a channel; key: channel id. */
  readonly earner: { readonly userId: string };
  /** Who is in a voice channel, and for how many seconds each has earned there; key: channel id. */
  readonly voiceRoom: {
    /** Since when it is as it is. */
    readonly since: number;
    readonly members: Readonly<Record<string, { readonly earns: boolean; readonly seconds: number }>>;
  };
  /** What the guild was told does not work, by the cause's key: nobody is told twice. Kept by the house; key: "guild". */
  readonly standing: { readonly told: Readonly<Record<string, string>> };
  /** A source of the guild's knowledge that is not an entry of staff's, and the answers that cite any; key: the source's id. */
  readonly source: {
    readonly authorId?: string;
    /** Keys of the answers, the newest last. */
    readonly answers: readonly string[];
  };
  /** Whether a member's words may be answered with, since when, and which are; key: user id. */
  readonly consent: { readonly given: boolean; readonly at: number; readonly sources: readonly string[] };
  /** An answer that was given, so that it can be mended; key: the id of the event that asked. */
  readonly answer: {
    readonly question: string;
    readonly locale: string;
    readonly cites: readonly { readonly sourceId: string; readonly part: number }[];
    readonly at: number;
    /** The message that asked, where one did. */
    readonly asked?: { readonly channelId: string; readonly messageId: string };
    /** By which it can be changed for a while, where only one person sees it. */
    readonly interaction?: InteractionHandle;
    /** Once it is sent. */
    readonly place?: { readonly channelId: string; readonly messageId: string };
    readonly standing: "right" | "corrected" | "withdrawn";
  };
  /** Which message solves a post of a forum; key: the thread's id. */
  readonly solution: { readonly messageId: string; readonly at: number };
  /** A file that is being fetched for somebody's command; key: the event's id. */
  readonly fetched: { readonly name: string; readonly by: string; readonly interaction: InteractionHandle };
  /** Whom staff look into, as they were last seen; key: user id. */
  readonly person: { readonly member: Member; readonly at: number };
  /** Who was banned in a crowd, by the proposal of its case, newest last; key: "latest". */
  readonly cohortCases: {
    readonly crowds: readonly { readonly proposalId: string; readonly userIds: readonly string[] }[];
  };
  /** Cases that were added to lately, and when, newest last; key: "latest". */
  readonly caseNews: { readonly last: readonly { readonly number: number; readonly at: number }[] };
  /** What a member has to say against a measure; key: the case's number. */
  readonly appeal: {
    readonly userId: string;
    readonly text: string;
    readonly at: number;
    readonly status: "open" | "upheld" | "overturned";
    readonly answeredBy?: string;
    readonly answeredAt?: number;
  };
  /** A message somebody told staff about; key: the message's id. */
  readonly report: {
    readonly channelId: string;
    readonly author: Member;
    readonly text: string;
    readonly at: number;
    readonly byUserIds: readonly string[];
    readonly status: "open" | "claimed" | "resolved" | "dismissed";
    readonly handledBy?: string;
  };
  /** Pictures that moderators do not want to see again, by their hashes, newest last; key: "blocked". */
  readonly pictures: {
    readonly blocked: readonly { readonly hash: string; readonly byUserId: string; readonly at: number }[];
  };
  /** What waits to be posted to a log in one message; key: the log's channel. `isCut`: more happened than is kept. */
  readonly logged: { readonly lines: readonly LogLine[]; readonly isCut?: true };
  /** What somebody has picked in the set-up and not chosen yet; key: their user id. */
  readonly setup: SetupDraft;
  /** Who joined within the last minutes; key: "recent". */
  readonly arrivals: { readonly last: readonly Newcomer[] };
  /** How many usually join in one hour of the week; key: its number, 0 is Thursday's first in UTC. */
  readonly pace: { readonly week: number; readonly count: number; readonly mean: number; readonly weeks: number };
  /** Raids by their number; key "now" holds the latest. */
  readonly raid: Raid;
  /** Who is taken for part of a raid; key: `cohortKey`. */
  readonly cohort: { readonly members: readonly { readonly userId: string; readonly name: string }[] };
  /** Somebody who has not been let in yet; key: user id (agents/gatekeeper). */
  readonly gate: {
    readonly name: string;
    readonly since: number;
    /** The letters they were last shown. */
    readonly code?: string;
    readonly wrong: number;
  };
  /** Who came, and has not been let in and welcomed yet; key: user id (agents/greeter). */
  readonly ungreeted: { readonly at: number };
  /** Announcements that are drafted, waiting or planned, by their number (agents/announcer). */
  readonly announcement: Announcement;
  /** Their numbers; key: "all". */
  readonly announcements: { readonly numbers: readonly number[] };
  /** The latest that were posted, by their number, and in which order; key of the list: "all". */
  readonly posted: Posted;
  readonly postings: { readonly numbers: readonly number[] };
  /** An announcement whose time has come, while it is found out what time it is; key: the event. */
  readonly announcementDue: { readonly number: number; readonly at: number };
  /** An announcement on its way to its channels; key: the event that ordered it. */
  readonly announced: Announced;
  /** A post on its way to the servers that follow its channel; key: the event that ordered it. */
  readonly crossposting: {
    readonly channelId: string;
    readonly userId: string;
    readonly title: string;
    readonly locale?: string;
  };
  /** Panels of roles by their number (agents/selfroles). */
  readonly rolePanel: RolePanel;
  /** All panels, oldest first; key: "all". */
  readonly rolePanels: { readonly places: readonly RolePanelPlace[] };
  /** What somebody chose by a reaction, while they are looked at; key: the event. */
  readonly roleWish: {
    readonly number: number;
    readonly roleId: string;
    readonly userId: string;
    readonly isOn: boolean;
  };
  /** What somebody would get back; key: user id (agents/stickyroles). */
  readonly worn: Worn;
  /** Messages somebody starred, while their stars count; key: the message's id (agents/starboard). */
  readonly starred: Starred;
  /** The posts of the starboard that are followed, oldest first; key: "all". */
  readonly starPlaces: { readonly places: readonly StarPlace[] };
  /** A post on its way whose message is gone already; key: the event that ordered it. */
  readonly starOrphan: { readonly messageId: string };
  /** What one account did lately that can empty a guild; key: user id (agents/sentry). */
  readonly spree: Spree;
  /** Where channels lay that were deleted lately, the newest last; key: "recent" (agents/sentry). */
  readonly lostPlaces: {
    readonly last: readonly { readonly channelId: string; readonly parentId: string; readonly at: number }[];
  };
  /** Many are expected until then; key: "planned". */
  readonly surge: { readonly until: number; readonly by: string };
  /** Tickets by their number. */
  readonly ticket: Ticket;
  /** Leads to a ticket from its thread, or from the event that has ordered a step whose outcome is awaited; key: that id. */
  readonly ticketRef: {
    readonly number: number;
    readonly step?: "thread" | "card" | "warning" | "reminder" | "transcript" | "panel";
    /** Of a panel: where it is posted. */
    readonly channelId?: string;
    /** Of a warning or a reminder: the ticket's last word when it was ordered. */
    readonly since?: number;
  };
  /** What a member has open, and when they lately opened any; key: user id. */
  readonly ticketing: { readonly open: readonly number[]; readonly openedAt: readonly number[] };
  /** Tickets that are not closed, oldest first; key: "all". */
  readonly ticketsOpen: { readonly numbers: readonly number[] };
  /** Who of staff has said that they are away; key: "all". */
  readonly ticketAway: {
    readonly away: readonly { readonly userId: string; readonly since: number; readonly until?: number }[];
  };
  /** An account somebody else seems to use; key: user id (agents/hijacks). */
  readonly hijack: {
    readonly name: string;
    readonly at: number;
    readonly until: number;
    /** What they wrote up to then has been taken down. */
    readonly sweptTo?: number;
    /** The letters its owner was last shown. */
    readonly code?: string;
    readonly cameBackAt?: number;
  };
  /** Where a member's links lead, and since when they post them; key: user id (agents/hijacks). */
  readonly habit: { readonly domains: Readonly<Record<string, number>> };
  /** Codes that led into the guild when it came; key: "listed". Those made later are notes. */
  readonly ownInvites: { readonly codes: readonly string[] };
  /** In which zone a member says times; key: user id. Any agent may read it. */
  readonly zone: { readonly zone: string };
  /** Events that members come together for, by their number. */
  readonly gathering: Gathering;
  /** Which are planned or running, and which ended lately, the newest last; key: "all". */
  readonly gatherings: { readonly open: readonly number[]; readonly past: readonly number[] };
  /** Series by the number of their first event. */
  readonly gatheringSeries: GatheringSeries;
  /** Who comes; key: the event's number. */
  readonly rsvps: Rsvps;
  /** Leads to an event from its announcement, from its twin among Discord's own, or from what has ordered either; key: that id. */
  readonly gatheringRef: { readonly number: number };
  /** What somebody is about to announce, and when they said it; key: their user id. */
  readonly gatheringDraft: { readonly at: number; readonly wish: GatheringWish };
  /** Who is in a voice channel where an event takes place, and since when; key: channel id. */
  readonly gatheringRoom: {
    readonly numbers: readonly number[];
    readonly members: Readonly<Record<string, number>>;
  };
  /** How many seconds each was there; key: the event's number. */
  readonly turnout: { readonly seconds: Readonly<Record<string, number>> };
  /** Written by agents/events when an event ends; key: user id. */
  readonly attended: Attended;
  /** Which links to a calendar still open; key: "guild" or a user id. A link made for an earlier number opens nothing. */
  readonly calendarKey: { readonly number: number };
  /** Where tickets can be opened, the newest last; key: "all". */
  readonly ticketPanels: { readonly panels: readonly TicketPanel[] };
  /** What is known of a ticket's transcript; key: the ticket's number. */
  readonly transcript: TranscriptFacts;
  /** What staff often say, by its name; key: "all". Without who wrote it: it is the guild's. */
  readonly cannedReplies: {
    readonly replies: readonly { readonly name: string; readonly text: string; readonly typeIds: readonly string[] }[];
  };
  /** The last reply a model drafted for a ticket, until it is sent; key: the ticket's number. */
  readonly ticketDraft: { readonly text: string; readonly userId: string; readonly at: number };
  /** Who waits for a transcript that is being made, and is answered then; key: the ticket's number. */
  readonly transcriptAsked: {
    readonly userId: string;
    readonly as: TranscriptReader;
    readonly interaction: InteractionHandle;
    readonly at: number;
  };
  /** A free note of an agent's own; key: chosen by the agent, prefixed with its name. */
  readonly note: { readonly text: string; readonly at: number };
}

/** A set-up under way. Whoever left it finds it as it was. */
export interface SetupDraft {
  /** From 1 to 5. */
  readonly step: number;
  readonly picks: {
    readonly preset?: string;
    readonly notices?: string;
    readonly exempt: readonly string[];
    readonly staff: readonly string[];
    readonly cards?: string;
    readonly approvers: readonly string[];
  };
  /** Its choices were handed in: by this answer whoever waits is told what became of them. */
  readonly waiting?: { readonly interaction: InteractionHandle; readonly at: number };
}

export type RecordName = keyof Records;

/** The guild's own, not the agent's, or kept by the house: the same whether the agent is live or in shadow. */
export const SHARED_RECORDS: ReadonlySet<string> = new Set<RecordName>([
  ...(["source", "consent", "solution", "pictures", "cohortCases", "caseNews"] as const),
  ...(["before", "voice", "voiceKnown", "standing"] as const),
]);

/** The numbered record moderators see, opened in the commit that orders the measure. */
export interface CaseFile {
  readonly guildId: string;
  readonly number: number;
  readonly proposalId: string;
  readonly eventId: string;
  readonly verb: string;
  readonly userId: string;
  readonly userName: string;
  /** `agent:moderation`, or `user:<id>` where a moderator asked for it or did it by hand; `unknown` where nobody can tell. */
  readonly decidedBy: string;
  readonly rule: string;
  readonly reason: string;
  readonly openedAt: number;
  /** When what was done ends by itself. */
  readonly until?: number;
  readonly outcome: "open" | "done" | "failed" | "unknown";
  /** What was said of it and done about it since, oldest first. What stands above never changes. */
  readonly entries: readonly CaseEntry[];
  /** How long the evidence is kept; absent where there never was any. */
  readonly evidenceUntil?: number;
  /** Told where one case is read, for as long as it is kept. */
  readonly evidence?: Evidence;
}

/** *reason*: another one than it was opened with · *linked*: belongs together with the case `to`. */
export interface CaseEntry {
  readonly kind: "note" | "reason" | "linked" | "undone" | "appealed" | "upheld" | "overturned";
  /** Absent where nobody's Discord account stands behind it. */
  readonly byUserId?: string;
  readonly name: string;
  readonly at: number;
  readonly text?: string;
  readonly to?: number;
}

/** What a measure rests on, in the member's own words: sealed, and kept apart from the case for its own time. */
export interface Evidence {
  readonly text: string;
  readonly at: number;
  readonly channelId?: string;
  readonly messageId?: string;
}
