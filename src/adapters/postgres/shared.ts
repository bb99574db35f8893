import type { GuildEvent, Inbox, Leases, OrganisationStore, Share, Timers } from "#core";
import type { PrismaClient } from "./generated/client.ts";
import { run, type Queryable, type Statement } from "./arrays.ts";
import { rollups } from "./read/guild.ts";
import { momentOf } from "./read/stream.ts";
import { ownGuild, shareValues } from "./share.ts";

/** The index on `at`, from its beginning. */
const DUE_TIMERS: Statement = {
  name: "timers-due",
  text: `select guild_id as "guildId", owner, timer, at, payload from timers where at <= $1 and ${ownGuild(3)}
    order by at, guild_id, owner, timer limit $2`,
};
const NEXT_TIMER: Statement = { name: "timers-next", text: `select min(at) as at from timers where ${ownGuild(1)}` };

interface TimerCells {
  readonly [column: string]: unknown;
  readonly guildId: string;
  readonly owner: string;
  readonly timer: string;
  readonly at: number;
  readonly payload: string | null;
}

export function timers(pool: Queryable, share: Share): Timers {
  return {
    async due(now, limit) {
      const { rows } = await run<TimerCells>(pool, DUE_TIMERS, [momentOf(now), limit, ...shareValues(share)]);
      return rows.map(({ guildId, owner, timer, at, payload }) => ({
        ...{ guildId, owner, timer, at },
        payload: payload === null ? undefined : (JSON.parse(payload) as unknown),
      }));
    },
    async next() {
      const { rows } = await run<{ at: number | null }>(pool, NEXT_TIMER, shareValues(share));
      return rows[0]?.at ?? undefined;
    },
  };
}

/** An event that is in the journal already waits for nobody. */
const PUT_EVENT: Statement = {
  name: "inbox-put",
  text: `insert into inbox (id, guild_id, event) select $1::text, $2::text, $3::text
    where not exists (select 1 from seen where id = $1::text) on conflict do nothing`,
};
const WAITING: Statement = {
  name: "inbox-waiting",
  text: `select event from inbox i where not exists (select 1 from seen s where s.id = i.id) and ${ownGuild(2)}
    order by ordinal limit $1`,
};

export function inbox(pool: Queryable, share: Share): Inbox {
  return {
    async put(event) {
      await run(pool, PUT_EVENT, [event.id, event.guildId, JSON.stringify(event)]);
    },
    async waiting(limit) {
      const { rows } = await run<{ event: string }>(pool, WAITING, [limit, ...shareValues(share)]);
      return rows.map((row) => JSON.parse(row.event) as GuildEvent);
    },
  };
}

/** One row, one statement: of two that take at once, one waits for the other's row and then finds it taken. */
const TAKE_LEASE: Statement = {
  name: "lease-take",
  text: `insert into leases (name, holder, epoch, until) values ($1, $2, 1, $4)
    on conflict (name) do update set holder = excluded.holder, until = excluded.until,
      epoch = leases.epoch + case when leases.holder = excluded.holder then 0 else 1 end
    where leases.holder is null or leases.holder = excluded.holder or leases.until <= $3
    returning epoch`,
};
const RENEW_LEASE: Statement = {
  name: "lease-renew",
  text: "update leases set until = $4 where name = $1 and holder = $2 and epoch = $3",
};
const GIVE_BACK: Statement = {
  name: "lease-give-back",
  text: "update leases set holder = null, until = 0 where name = $1 and holder = $2 and epoch = $3",
};

const HELD_LEASES: Statement = {
  name: "leases-held",
  text: "select name from leases where holder is not null and until > $1 order by name",
};

export function leases(pool: Queryable): Leases {
  return {
    async take(name, holder, now, leaseMs) {
      const { rows } = await run<{ epoch: number }>(pool, TAKE_LEASE, [name, holder, now, now + leaseMs]);
      return rows[0] === undefined ? undefined : { name, holder, epoch: rows[0].epoch };
    },
    async renew({ name, holder, epoch }, now, leaseMs) {
      return (await run(pool, RENEW_LEASE, [name, holder, epoch, now + leaseMs])).rowCount === 1;
    },
    async giveBack({ name, holder, epoch }) {
      await run(pool, GIVE_BACK, [name, holder, epoch]);
    },
    async held(now) {
      return (await run<{ name: string }>(pool, HELD_LEASES, [now])).rows.map(({ name }) => name);
    },
  };
}

/** The questions across guilds: only over those this organisation holds and that opted in. */
export function organisation(prisma: PrismaClient, organisationId: string): OrganisationStore {
  const where = { organisationId, optedIn: true };
  return {
    organisationId,
    async adopt(guildId, optedIn) {
      await prisma.organisation.upsert({
        where: { id: organisationId },
        create: { id: organisationId, name: organisationId },
        update: {},
      });
      await prisma.guild.upsert({
        where: { id: guildId },
        create: { id: guildId, organisationId, optedIn },
        update: { organisationId, optedIn },
      });
    },
    async guilds() {
      const rows = await prisma.guild.findMany({ where, orderBy: { id: "asc" } });
      return rows.map(({ id, name, memberCount }) => ({ guildId: id, name, memberCount }));
    },
    async rollups(range) {
      const guilds = await prisma.guild.findMany({ where, select: { id: true } });
      return rollups(
        prisma,
        guilds.map((guild) => guild.id),
        range,
      );
    },
  };
}
