/**
 * Discord's numbers, each in this one place with its reason. The world is judged by the simulator's clock (a timeout, a bulk
 * delete's age, how long a session is kept); the transport (rate limits, heartbeats) runs on real time, as a frozen clock
 * cannot slow a socket.
 */
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** Requests a bot may make in a second over all routes; interaction endpoints are exempt. */
export const GLOBAL_REQUESTS_PER_SECOND = 50;

/** What a client may send on one gateway connection before it is closed with 4008. */
export const GATEWAY_SENDS = { count: 120, windowMs: 60 * SECOND };
/** IDENTIFYs in 24 hours; past that Discord resets the token, which a client sees as 4004. */
export const IDENTIFIES_PER_DAY = 1_000;
/** Identifies at once, as bots in many guilds are given: a small one would make every sharded test wait five seconds. */
export const MAX_CONCURRENCY = 16;
export const HEARTBEAT_INTERVAL_MS = 41_250;
/** A connection that misses a heartbeat by half an interval is closed with 4009. */
export const HEARTBEAT_GRACE = 1.5;
/** How long a session without a socket may still be resumed. Discord promises nothing; minutes are seen. */
export const SESSION_LIFE_MS = 5 * MINUTE;
/** Frames above this are refused with 4002: Discord's own limit for what clients send. */
export const GATEWAY_PAYLOAD_BYTES = 4_096;

/** The replay buffer as it was once documented. */
export function replayBufferFor(guilds: number): number {
  return Math.max(100, Math.min(3_500, guilds * 75));
}

/** Members a chunk of REQUEST_GUILD_MEMBERS. */
export const MEMBERS_PER_CHUNK = 1_000;
/** One full member request a guild in this time. */
export const MEMBER_REQUEST_PAUSE_MS = 30 * SECOND;

/** An interaction must be answered in this time, or it is unknown (10062). */
export const INTERACTION_ACK_MS = 3 * SECOND;
/** Its token serves follow-ups this long. */
export const INTERACTION_TOKEN_MS = 15 * MINUTE;

export const BULK_DELETE = { least: 2, most: 100, oldestMs: 14 * DAY };
export const BULK_BAN_USERS = 200;
/** The longest timeout; longer ones have to be renewed. */
export const TIMEOUT_MS = 28 * DAY;
export const BAN_DELETE_SECONDS = 604_800;
export const AUDIT_REASON_LENGTH = 512;
export const AUDIT_LOG_MS = 45 * DAY;
/** How long the same nonce with `enforce_nonce` answers the first message again: "the past few minutes". */
export const NONCE_MS = 2 * MINUTE;
export const NONCE_LENGTH = 25;

export const MESSAGE_LENGTH = 2_000;
export const MESSAGE_EMBEDS = 10;
export const MESSAGE_ATTACHMENTS = 10;
/** Components V2: how many, and how much text over all of them. */
export const COMPONENTS = { most: 40, characters: 4_000, rows: 5 };
export const PINS = 250;
export const REACTION_KINDS = 20;
export const CHOICES = 25;
export const GUILD_CHANNELS = 500;
export const CATEGORY_CHANNELS = 50;
export const GUILD_ROLES = 250;
export const SLOWMODE_SECONDS = 21_600;
export const ACTIVE_THREADS = 1_000;
export const ARCHIVE_MINUTES = [60, 1_440, 4_320, 10_080];
export const FORUM_TAGS = { available: 20, applied: 5 };
export const SCHEDULED_EVENTS = 100;
export const INCIDENT_ACTION_MS = DAY;
export const AUTO_MODERATION = {
  keywordRules: 6,
  otherRules: 1,
  keywords: 1_000,
  keywordLength: 60,
  patterns: 10,
  patternLength: 260,
  exemptRoles: 20,
  exemptChannels: 50,
  mentions: 50,
};
/** Per guild and per kind. */
export const APPLICATION_COMMANDS = 100;
export const WEBHOOKS_PER_CHANNEL = 15;
/** Largest request body the server reads. */
export const BODY_BYTES = 25 * 1024 * 1024;
/** Recent requests and log lines kept for tests and the demo page; a long-running demo must not grow. */
export const KEPT_LINES = 20_000;
