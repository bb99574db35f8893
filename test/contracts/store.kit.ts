import type {
  Action,
  CommitEntry,
  CommitGroup,
  CommitResult,
  Committed,
  Decision,
  Directory,
  EventOf,
  GuildEvent,
  HouseWrite,
  Lease,
  OrderDraft,
  Store,
} from "#core";

/** Where the contract's time begins. */
export const NOW = Date.UTC(2026, 10, 3, 12);

/** A store in the hands of one holder, with ids that no other test has: a slow engine is opened once for all tests. */
export interface Desk {
  readonly store: Store;
  readonly lease: Lease;
  readonly guildId: string;
  /** A name nobody else in this run has. */
  id(prefix?: string): string;
  message(text?: string, at?: number): EventOf<"message.created">;
  commit(...entries: readonly CommitEntry[]): Promise<CommitResult>;
  /** A commit that must succeed. */
  committed(...entries: readonly CommitEntry[]): Promise<Committed>;
  group(...entries: readonly CommitEntry[]): CommitGroup;
}

let count = 0;

export async function openDesk(store: Store): Promise<Desk> {
  const id = (prefix = "id") => `${prefix}-${(count += 1)}`;
  const guildId = id("guild");
  const lease = await store.leases.take(id("shard"), "me", NOW, 60_000);
  if (lease === undefined) throw new Error("a fresh lease was refused");
  const group = (...entries: readonly CommitEntry[]): CommitGroup => ({ leases: [lease], entries, checkpoints: [] });
  const commit = (...entries: readonly CommitEntry[]) => store.commit(group(...entries));
  return {
    ...{ store, lease, guildId, id, group, commit },
    message: (text = "hello", at = NOW) => message(guildId, id("event"), text, at),
    async committed(...entries) {
      const result = await commit(...entries);
      if (result.refusal !== undefined) throw new Error(`the commit was refused: ${result.refusal}`, { cause: result });
      return result;
    },
  };
}

export function message(guildId: string, id: string, text: string, at: number): EventOf<"message.created"> {
  return {
    ...{ id, guildId, at, kind: "message.created" as const, channelId: "channel", messageId: id, text },
    author: { userId: "member-1", name: "Ada", roleIds: ["role-1"] },
    mentionedUserIds: [],
    mentionedRoleIds: [],
    attachments: [],
  };
}

export function entry(event: GuildEvent, rest: Partial<CommitEntry> = {}): CommitEntry {
  const nothing = { silent: [], decisions: [], tallies: [], writes: [], house: [], rollups: [] };
  return { event, receivedAt: event.at + 5, ...nothing, ...rest };
}

export function decision(event: GuildEvent, rest: Partial<Decision> = {}): Decision {
  return {
    ...{ eventId: event.id, guildId: event.guildId, agent: "warden", phase: "fast", at: event.at },
    ...{ effects: [], reads: [], verdicts: [], configHash: "hash-1" },
    ...rest,
  };
}

export function caseOpen(event: GuildEvent, proposalId: string): Extract<HouseWrite, { write: "case.open" }> {
  return {
    write: "case.open",
    draft: {
      ...{ proposalId, eventId: event.id, verb: "member.timeout", userId: "member-1", userName: "Ada" },
      ...{ decidedBy: "agent:warden", rule: "flood", reason: "eight messages in four seconds", openedAt: event.at },
    },
  };
}

export function order(event: GuildEvent, proposalId: string, rest: Partial<OrderDraft> = {}): OrderDraft {
  const step = rest.step ?? 0;
  const action: Action = { verb: "dm.open", userId: "member-1" };
  return {
    ...{ id: `${proposalId}#${step}`, guildId: event.guildId, proposalId, eventId: event.id, agent: "warden", step },
    ...{ action, status: step === 0 ? "waiting" : "blocked", priority: "high", onFailure: "stop" },
    ...{ reason: "flood {case}", notBefore: event.at },
    ...rest,
  };
}

export const put = (draft: OrderDraft): HouseWrite => ({ write: "order.put", order: draft });

export function approval(event: GuildEvent, id: string): HouseWrite {
  return {
    write: "approval.ask",
    approval: {
      ...{ id, guildId: event.guildId, eventId: event.id, agent: "warden", digest: "digest-1" },
      verdict: {
        ...{ proposalId: id, ruling: "ask", ground: "needs-approval", because: "bans wait for a human" },
        proposal: {
          action: { verb: "member.ban", member: { userId: "member-1", name: "Ada", roleIds: [] }, deleteSeconds: 0 },
          ...{ rule: "scam", why: "links to free-nitro.example", confidence: 1 },
        },
      },
      ...{ askedAt: event.at, expiresAt: event.at + 3_600_000 },
    },
  };
}

export function directory(guildId: string, name = "The Orchard"): Directory {
  return {
    ...{ guildId, name, ownerId: "owner", locale: "en", memberCount: 12, botUserId: "bot", botRoleIds: [] },
    roles: { [guildId]: { id: guildId, name: "@everyone", position: 0, permissions: "1024" } },
    channels: {},
  };
}

export async function all<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const row of rows) list.push(row);
  return list;
}

export const ALWAYS = { from: 0, to: Number.MAX_SAFE_INTEGER };
