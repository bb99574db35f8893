import {
  canonical,
  type CommitEntry,
  type Directory,
  type GuildEvent,
  type HouseWrite,
  type Lease,
  type Member,
  type ProposedAction,
  type Ruling,
  type Ground,
  type Store,
  targetOf,
  type Verdict,
  VERBS,
} from "#core";

export const GUILD = "900000000000000001";
export const CHANNELS = { lounge: "900000000000000011", kitchen: "900000000000000012" };
export const STAFF_ROLE = "900000000000000021";

export const directory: Directory = {
  guildId: GUILD,
  name: "Lantern Court",
  ownerId: "900000000000000101",
  locale: "en-GB",
  memberCount: 4,
  botUserId: "900000000000000199",
  botRoleIds: [],
  roles: {
    [GUILD]: { id: GUILD, name: "@everyone", position: 0, permissions: "0" },
    [STAFF_ROLE]: { id: STAFF_ROLE, name: "Wardens", position: 5, permissions: "0" },
  },
  channels: {
    [CHANNELS.lounge]: { id: CHANNELS.lounge, name: "lounge", type: 0, overwrites: [] },
    [CHANNELS.kitchen]: { id: CHANNELS.kitchen, name: "kitchen", type: 0, overwrites: [] },
  },
};

interface Ruled {
  readonly proposal: ProposedAction;
  readonly ruling: Ruling;
  readonly ground: Ground;
  readonly because: string;
}

/** A road of one agent and three rules: just enough truth for doors to have something to show. */
export interface Road {
  submit(event: GuildEvent): Promise<void>;
  commit(entry: Partial<CommitEntry> & Pick<CommitEntry, "event">): Promise<void>;
  onCommitted(listener: (entries: readonly CommitEntry[]) => void): () => void;
  /** Called instead of a hand for every order. */
  hand: (proposal: ProposedAction) => unknown;
  now(): number;
}

export async function createRoad(store: Store): Promise<Road> {
  const listeners = new Set<(entries: readonly CommitEntry[]) => void>();
  const lease = (await store.leases.take("shard-0", "kit", 0, Number.MAX_SAFE_INTEGER)) as Lease;
  let last = 0;
  const road: Road = {
    hand: () => ({}),
    now: () => (last = Math.max(last + 1, Date.now())),
    onCommitted(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async commit(part) {
      const silence = { silent: [], decisions: [], tallies: [], writes: [], house: [], rollups: [] };
      const entry: CommitEntry = { receivedAt: part.event.at, ...silence, ...part };
      const result = await store.commit({ leases: [lease], entries: [entry], checkpoints: [] });
      if (result.refusal !== undefined) throw new Error(`refused: ${JSON.stringify(result)}`);
      for (const listener of listeners) listener([entry]);
    },
    submit: (event) => {
      if (event.kind === "approval.answered") return answer(store, road, event);
      return event.kind === "policy.chosen" ? choose(road, event) : take(road, event);
    },
  };
  await road.commit({
    event: { id: "kit:0", guildId: GUILD, at: road.now(), kind: "guild.available", directory },
    house: [{ write: "directory.put", directory }],
  });
  return road;
}

async function take(road: Road, event: GuildEvent): Promise<void> {
  const verdicts = rulesFor(event).map((ruled, index): Verdict => ({
    proposalId: `${event.id}/porter/${index}`,
    ...ruled,
  }));
  if (verdicts.length === 0) return road.commit({ event, silent: ["porter"] });
  const effects = verdicts.map(({ proposal }) => ({ propose: proposal }));
  const facts = { eventId: event.id, guildId: event.guildId, agent: "porter", at: event.at, configHash: "kit" };
  await road.commit({
    event,
    decisions: [
      { ...facts, phase: "fast", effects, reads: [{ method: "count", args: ["said", "x"], value: 2 }], verdicts },
    ],
    house: verdicts.flatMap((verdict) => houseWrites(event, verdict)),
  });
  for (const verdict of verdicts) if (verdict.ruling === "run") await carryOut(road, event, verdict);
}

function houseWrites(event: GuildEvent, verdict: Verdict): HouseWrite[] {
  if (verdict.ruling === "drop") return [];
  if (verdict.ruling === "run") return orderWrites(event, verdict, event.at);
  const approval = { id: `ap-${event.id}`, guildId: event.guildId, eventId: event.id, agent: "porter", verdict };
  const times = { askedAt: event.at, expiresAt: event.at + 3_600_000 };
  return [{ write: "approval.ask", approval: { ...approval, digest: canonical(verdict).slice(0, 32), ...times } }];
}

function orderWrites(event: GuildEvent, { proposalId, proposal }: Verdict, at: number): HouseWrite[] {
  const { action, rule, why: reason } = proposal;
  const target = targetOf(action);
  const facts = { proposalId, eventId: event.id, verb: action.verb, decidedBy: "agent:porter", rule, reason };
  const file = { userId: target?.userId ?? "", userName: target?.name ?? "", openedAt: at };
  const plan = { step: 0, onFailure: "stop", priority: "high", status: "waiting", notBefore: 0 } as const;
  const ids = { id: `${proposalId}#0`, guildId: event.guildId, proposalId, eventId: event.id, agent: "porter" };
  return [
    ...(VERBS[action.verb].measure ? [{ write: "case.open", draft: { ...facts, ...file } } as const] : []),
    { write: "order.put", order: { ...ids, action, reason, ...plan } },
  ];
}

async function carryOut(road: Road, event: GuildEvent, { proposalId, proposal }: Verdict): Promise<void> {
  const result = road.hand(proposal);
  const orderId = `${proposalId}#0`;
  await road.commit({
    event: {
      id: `${orderId}:1`,
      guildId: event.guildId,
      at: road.now(),
      kind: "action.done",
      orderId,
      attempt: 1,
      result,
    },
    house: [{ write: "order.settle", orderId, status: "done", result }],
  });
}

async function choose(road: Road, event: GuildEvent & { kind: "policy.chosen" }): Promise<void> {
  const { document, basedOn, by, at } = event;
  await road.commit({ event, house: [{ write: "policy.put", policy: { version: basedOn + 1, document, by, at } }] });
}

async function answer(store: Store, road: Road, event: GuildEvent & { kind: "approval.answered" }): Promise<void> {
  const guild = store.guild(event.guildId);
  const approval = await guild.approval(event.approvalId);
  if (approval === undefined) throw new Error("no such approval");
  const to = event.answer === "approve" ? "approved" : "rejected";
  const resolve: HouseWrite = { write: "approval.resolve", approvalId: approval.id, to, by: event.by, at: event.at };
  const house = [event.note === undefined ? resolve : { ...resolve, note: event.note }];
  if (to === "rejected") return road.commit({ event, house });
  const { proposal } = approval.verdict;
  const because = `${event.by} allowed it`;
  const verdict: Verdict = { proposalId: `${event.id}/house/0`, proposal, ruling: "run", ground: "clear", because };
  const facts = { eventId: event.id, guildId: event.guildId, agent: "house", at: event.at, configHash: "kit" };
  await road.commit({
    event,
    decisions: [{ ...facts, phase: "fast", effects: [{ propose: proposal }], reads: [], verdicts: [verdict] }],
    house: [...house, ...orderWrites(event, verdict, event.at)],
  });
  await carryOut(road, event, verdict);
}

function rulesFor(event: GuildEvent): Ruled[] {
  if (event.kind !== "message.created") return [];
  const { author, channelId, messageId, text } = event;
  const isStaff = author.roleIds.includes(STAFF_ROLE);
  const remove = { verb: "message.delete", channelId, messageId, author } as const;
  const clear = { ruling: "run", ground: "clear", because: "nothing spoke against it" } as const;
  const immune = { ruling: "drop", ground: "immune-staff", because: `${author.name} is staff` } as const;
  if (text.includes("free-lamps.example")) {
    const proposal = { action: remove, rule: "lure-link", why: "links to free-lamps.example", confidence: 1 };
    return [{ proposal, ...(isStaff ? immune : clear) }];
  }
  if (text.includes("burn the court down")) {
    const ban = { verb: "member.ban", member: author as Member, deleteSeconds: 0 } as const;
    const proposal = { action: ban, rule: "open-threat", why: "threatens the whole court", confidence: 0.82 };
    return [{ proposal, ruling: "ask", ground: "needs-approval", because: "a ban waits for a human here" }];
  }
  if (text === text.toUpperCase() && text.length > 12) {
    const proposal = {
      action: { verb: "member.warn", member: author, notice: "Softly." },
      rule: "shouting",
      why: "all in capitals",
      confidence: 0.6,
    } as const;
    return [{ proposal, ruling: "drop", ground: "shadow", because: "porter only watches in this guild" }];
  }
  return [];
}
