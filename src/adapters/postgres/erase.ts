import { ERASED, type ErasureReceipt, withoutMember } from "#core";
import { columnsOf, type Queryable, run } from "./arrays.ts";
import { stepOf } from "./ranking.ts";

/** One table's texts, as JSON or as plain words, that may speak of a member. */
interface Place {
  readonly table: string;
  readonly keys: readonly { readonly column: string; readonly type: string }[];
  readonly json: readonly string[];
  readonly words?: readonly string[];
  /** True for a row that is about the member, not merely one in which they occur. */
  readonly isAbout: string;
  /** Rows that may be changed. */
  readonly where?: string;
}

const IS_SUBJECT = "subject_id = $2";
/** One scan of the guild's journal, hashed, however many rows ask. */
const HAS_SUBJECT = "event_id in (select id from journal where guild_id = $1 and subject_id = $2)";
const EVENT_KEY = [
  { column: "guild_id", type: "text" },
  { column: "at", type: "bigint" },
  { column: "id", type: "text" },
];
const ID_KEY = [{ column: "id", type: "text" }];

const DECISIONS: Place = {
  table: "decisions",
  keys: [
    { column: "event_id", type: "text" },
    { column: "agent", type: "text" },
    { column: "phase", type: "text" },
    { column: "at", type: "bigint" },
  ],
  json: ["effects", "verdicts", "about"],
  isAbout: HAS_SUBJECT,
};
const ORDERS: Place = {
  table: "orders",
  keys: ID_KEY,
  json: ["action", "result", "previous", "evidence"],
  words: ["reason"],
  isAbout: HAS_SUBJECT,
  where: "status not in ('blocked', 'waiting', 'leased')",
};
const APPROVALS: Place = {
  table: "approvals",
  keys: ID_KEY,
  json: ["verdict", "progress"],
  words: ["note"],
  isAbout: HAS_SUBJECT,
  where: "status <> 'pending'",
};
const CASES: Place = {
  table: "cases",
  keys: [
    { column: "guild_id", type: "text" },
    { column: "number", type: "int" },
  ],
  json: [],
  words: ["user_id", "user_name", "reason"],
  isAbout: "user_id = $2",
};
/** Before the cases, which tell whom they are about. */
const CASE_ENTRIES: Place = {
  table: "case_entries",
  keys: [
    { column: "guild_id", type: "text" },
    { column: "number", type: "int" },
    { column: "ordinal", type: "bigint" },
  ],
  json: ["entry"],
  isAbout: "number in (select number from cases where guild_id = $1 and user_id = $2)",
};
const EVENTS: Place = { table: "journal", keys: EVENT_KEY, json: ["payload", "tallies"], isAbout: IS_SUBJECT };
const TIMERS: Place = {
  table: "timers",
  keys: [
    { column: "guild_id", type: "text" },
    { column: "owner", type: "text" },
    { column: "timer", type: "text" },
  ],
  json: ["payload"],
  isAbout: "false",
};

/** Long texts of theirs, and what agents read when they decided about them: those decisions are told, and replay no more. */
const DROP_BODIES = `delete from bodies where guild_id = $1 and (subject_id = $2 or hash in (
  select reads from decisions where guild_id = $1 and reads is not null
    and (${HAS_SUBJECT} or ${mentions("effects")} or ${mentions("verdicts")})))`;

/** Rankings count one member less on the step where they stood. */
const DROP_TOTALS = `with gone as (
    delete from totals where guild_id = $1 and ${mentions("key")} returning guild_id, owner, total, value
  ), stood as (
    select guild_id, owner, total, ${stepOf("value")} as step, count(*) as members from gone where value >= 1 group by 1, 2, 3, 4
  ), left_over as (
    update total_steps s set members = s.members - stood.members from stood
    where s.guild_id = stood.guild_id and s.owner = stood.owner and s.total = stood.total and s.step = stood.step
  )
  select 1 from gone`;

/** So many rows are changed at a time; a member of many years has written tens of thousands. */
const BATCH = 500;

/**
 * Takes a member out of everything a guild's tables hold. Reads every row of the guild once: there is no index on a text that
 * mentions somebody, and there should be none. The journal goes last, because it tells whom the other rows are about.
 * Interrupted, it is simply done again.
 */
export async function eraseMember(on: Queryable, guildId: string, userId: string): Promise<ErasureReceipt> {
  const gone = (sql: string) => removed(on, sql, [guildId, userId]);
  const change = (place: Place) => changed(on, place, guildId, userId);
  const bodies = await gone(DROP_BODIES);
  const counts = {
    bodies,
    decisions: await change(DECISIONS),
    orders: await change(ORDERS),
    approvals: await change(APPROVALS),
    cases: await eraseCases(change),
    timers: await change(TIMERS),
    events: await change(EVENTS),
    records: await gone(`delete from records where guild_id = $1 and (${mentions("key")} or ${mentions("value")})`),
    totals: await gone(DROP_TOTALS),
    passages: await erasePassages(on, guildId, userId),
    underWay: await underWay(on, guildId, userId),
  };
  await gone(`delete from inbox where guild_id = $1 and ${mentions("event")}`);
  await gone(`update journal set subject_id = '${ERASED}' where guild_id = $1 and subject_id = $2`);
  return counts;
}

/** Their own words go; where others speak of them, or they gave what is not theirs, their id does. */
async function erasePassages(on: Queryable, guildId: string, userId: string): Promise<number> {
  const own = await removed(on, "delete from passages where guild_id = $1 and author_id = $2", [guildId, userId]);
  const clean = (column: string) => `${column} = replace(${column}, $2, '${ERASED}')`;
  const speaks = ["by", "asks", "text"].map(mentions).join(" or ");
  const sets = [...["by", "asks", "text"].map(clean), "ordinal = nextval('passages_ordinal_seq')"].join(", ");
  return (
    own + (await removed(on, `update passages set ${sets} where guild_id = $1 and (${speaks})`, [guildId, userId]))
  );
}

async function eraseCases(change: (place: Place) => Promise<number>): Promise<number> {
  await change(CASE_ENTRIES);
  return change(CASES);
}

function mentions(column: string): string {
  return `position($2 in ${column}) > 0`;
}

async function removed(on: Queryable, sql: string, values: readonly string[]): Promise<number> {
  return (await on.query({ text: sql, values: [...values] })).rowCount ?? 0;
}

async function underWay(on: Queryable, guildId: string, userId: string): Promise<number> {
  const { rows } = await on.query<{ count: number }>({
    values: [guildId, userId],
    text: `select (select count(*) from orders where guild_id = $1 and status in ('blocked', 'waiting', 'leased')
        and ${mentions("action")})
      + (select count(*) from approvals where guild_id = $1 and status = 'pending' and ${mentions("verdict")}) as count`,
  });
  return rows[0]!.count;
}

type Row = Readonly<Record<string, string | number | boolean | null>>;

async function changed(on: Queryable, place: Place, guildId: string, userId: string): Promise<number> {
  const { table, keys, json, words = [], isAbout, where = "true" } = place;
  const texts = [...json, ...words];
  const columns = [...keys.map(({ column }) => column), ...texts].join(", ");
  const speaks = [isAbout, ...texts.map((column) => mentions(`coalesce(${column}, '')`))].join(" or ");
  const { rows } = await on.query<Row>({
    values: [guildId, userId],
    text: `select ${columns}, (${isAbout}) as is_about from ${table} where guild_id = $1 and ${where} and (${speaks})`,
  });
  for (let start = 0; start < rows.length; start += BATCH)
    await store(
      on,
      place,
      rows.slice(start, start + BATCH).map((row) => cleaned(row, place, userId)),
    );
  return rows.length;
}

function cleaned(row: Row, { json, words = [] }: Place, userId: string): Row {
  const isAbout = row["is_about"] === true;
  const texts = Object.fromEntries([
    ...json.map((column) => [column, cleanJson(row[column] as string | null, userId, isAbout)]),
    ...words.map((column) => [column, cleanWords(row[column] as string | null, userId, isAbout)]),
  ]) as Row;
  return { ...row, ...texts };
}

function cleanJson(text: string | null, userId: string, isAbout: boolean): string | null {
  return text === null ? null : JSON.stringify(withoutMember(JSON.parse(text), userId, isAbout));
}

function cleanWords(text: string | null, userId: string, isAbout: boolean): string | null {
  if (text === null) return null;
  return isAbout ? ERASED : text.replaceAll(userId, ERASED);
}

async function store(on: Queryable, { table, keys, json, words = [] }: Place, rows: readonly Row[]): Promise<void> {
  const texts = [...json, ...words];
  const columns = [...keys.map(({ column }) => column), ...texts];
  const types = [...keys.map(({ type }) => type), ...texts.map(() => "text")];
  const unnest = types.map((type, index) => `$${index + 1}::${type}[]`).join(", ");
  const text = `update ${table} o set ${texts.map((column) => `${column} = t.${column}`).join(", ")}
    from unnest(${unnest}) t(${columns.join(", ")}) where ${keys.map(({ column }) => `o.${column} = t.${column}`).join(" and ")}`;
  const picks = columns.map((column) => (row: Row) => row[column]);
  await run(on, { name: `erase-${table}`, text }, columnsOf(rows, picks));
}
