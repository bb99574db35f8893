import type { Gathering, GatheringSeries, GuildStore, Rsvps, Store } from "#core";

const NOBODY: Rsvps = { going: [], waiting: [], maybe: [], no: [], reminders: {} };

/** A guild of this house; undefined for any other. */
export async function guildOr(store: Store, guildId: string): Promise<GuildStore | undefined> {
  const guilds = await store.guilds();
  return guilds.some((guild) => guild.guildId === guildId) ? store.guild(guildId) : undefined;
}

/** Planned, running and lately over, by when they begin: two reads, however many there are. */
export async function gatheringsOf(guild: GuildStore): Promise<readonly Gathering[]> {
  const [listed] = await guild.records([{ record: "gatherings", key: "all" }]);
  const { open, past } = (listed ?? { open: [], past: [] }) as { readonly open: number[]; readonly past: number[] };
  const keys = [...past, ...open].map((number) => ({ record: "gathering" as const, key: String(number) }));
  const found = (await guild.records(keys)) as readonly (Gathering | undefined)[];
  return found.filter((gathering) => gathering !== undefined).sort((a, b) => a.startsAt - b.startsAt);
}

export async function rsvpsOf(guild: GuildStore, gatherings: readonly Gathering[]): Promise<readonly Rsvps[]> {
  const keys = gatherings.map(({ number }) => ({ record: "rsvps" as const, key: String(number) }));
  return ((await guild.records(keys)) as readonly (Rsvps | undefined)[]).map((rsvps) => rsvps ?? NOBODY);
}

/** The series that still go on: of one that has ended its dates alone are left. */
export async function seriesOf(
  guild: GuildStore,
  gatherings: readonly Gathering[],
): Promise<readonly GatheringSeries[]> {
  const open = gatherings.filter(({ status }) => status === "planned" || status === "running");
  const numbers = new Set(open.flatMap(({ series }) => (series === undefined ? [] : [series.number])));
  const keys = [...numbers].map((number) => ({ record: "gatheringSeries" as const, key: String(number) }));
  return ((await guild.records(keys)) as readonly (GatheringSeries | undefined)[]).filter((one) => one !== undefined);
}

export async function turnoutOf(guild: GuildStore, number: number): Promise<Readonly<Record<string, number>>> {
  const [turnout] = await guild.records([{ record: "turnout", key: String(number) }]);
  return (turnout as { readonly seconds: Readonly<Record<string, number>> } | undefined)?.seconds ?? {};
}
