import type { GuildEvent, Inbox, Leases, OrganisationStore, Timers } from "#core";
import type { PrismaClient } from "./generated/client.ts";
import { run, type Queryable, type Statement } from "./arrays.ts";
import { rollups } from "./read/guild.ts";
import { momentOf } from "./read/stream.ts";

export function timers(prisma: PrismaClient): Timers {
  return {
    /** The index on `at`, from its beginning. */
    async due(now, limit) {
      const rows = await prisma.timer.findMany({
        where: { at: { lte: momentOf(now) } },
        orderBy: [{ at: "asc" }, { guildId: "asc" }, { owner: "asc" }, { timer: "asc" }],
        take: limit,
      });
      return rows.map(({ at, payload, ...timer }) => ({
        ...timer,
        at: Number(at),
        payload: payload === null ? undefined : (JSON.parse(payload) as unknown),
      }));
    },
    async next() {
      const { _min } = await prisma.timer.aggregate({ _min: { at: true } });
      return _min.at === null ? undefined : Number(_min.at);
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
  text: `select event from inbox i where not exists (select 1 from seen s where s.id = i.id) order by ordinal limit $1`,
};

export function inbox(pool: Queryable): Inbox {
  return {
    async put(event) {
      await run(pool, PUT_EVENT, [event.id, event.guildId, JSON.stringify(event)]);
    },
    async waiting(limit) {
      const { rows } = await run<{ event: string }>(pool, WAITING, [limit]);
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
