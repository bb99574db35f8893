import { isOwn, type Inbox, type Leases, type OrganisationStore, type Share, type Timers } from "#core";
import { rollupsWithin } from "./guild.ts";
import { compare, stored, type State } from "./state.ts";

export function timers(state: State, share: Share): Timers {
  const own = () => [...state.timers.values()].filter(({ guildId }) => isOwn(share, guildId));
  const soonestFirst = () =>
    own().sort(
      (a, b) => a.at - b.at || compare(a.guildId, b.guildId) || compare(a.owner, b.owner) || compare(a.timer, b.timer),
    );
  return {
    due: async (now, limit) =>
      soonestFirst()
        .filter((timer) => timer.at <= now)
        .slice(0, limit)
        .map(stored),
    next: async () => soonestFirst()[0]?.at,
  };
}

export function inbox(state: State, share: Share): Inbox {
  return {
    async put(event) {
      if (state.seen.has(event.id) || state.inbox.has(event.id)) return;
      state.inbox.set(event.id, stored(event));
    },
    waiting: async (limit) =>
      [...state.inbox.values()]
        .filter(({ guildId }) => isOwn(share, guildId))
        .slice(0, limit)
        .map(stored),
  };
}

export function leases(state: State): Leases {
  return {
    async take(name, holder, now, leaseMs) {
      const held = state.leases.get(name);
      const isFree = held?.holder === undefined || held.holder === holder || held.until <= now;
      if (!isFree) return undefined;
      const epoch = held === undefined ? 1 : held.holder === holder ? held.epoch : held.epoch + 1;
      state.leases.set(name, { holder, epoch, until: now + leaseMs });
      return { name, holder, epoch };
    },
    async renew({ name, holder, epoch }, now, leaseMs) {
      const held = state.leases.get(name);
      if (held?.holder !== holder || held.epoch !== epoch) return false;
      state.leases.set(name, { holder, epoch, until: now + leaseMs });
      return true;
    },
    async giveBack({ name, holder, epoch }) {
      const held = state.leases.get(name);
      if (held?.holder === holder && held.epoch === epoch) state.leases.set(name, { epoch, until: 0 });
    },
    held: async (now) =>
      [...state.leases]
        .filter(([, { holder, until }]) => holder !== undefined && until > now)
        .map(([name]) => name)
        .sort(compare),
  };
}

export function organisation(state: State, organisationId: string): OrganisationStore {
  const open = () =>
    [...state.guilds].filter(([, guild]) => guild.organisationId === organisationId && guild.optedIn === true);
  return {
    organisationId,
    async adopt(guildId, optedIn) {
      const guild = state.guilds.get(guildId) ?? { cases: 0 };
      state.guilds.set(guildId, { ...guild, organisationId, optedIn });
    },
    guilds: async () =>
      open()
        .map(([guildId, { directory }]) => ({
          guildId,
          name: directory?.name ?? "",
          memberCount: directory?.memberCount ?? 0,
        }))
        .sort((a, b) => compare(a.guildId, b.guildId)),
    async rollups(range) {
      const ids = new Set(open().map(([guildId]) => guildId));
      return rollupsWithin(
        [...state.rollups.values()].filter((rollup) => ids.has(rollup.guildId)),
        range,
      );
    },
  };
}
