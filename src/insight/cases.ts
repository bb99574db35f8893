import { type CaseFile, type GuildStore, isCohort, type Records } from "#core";

/** The newest cases; of one member also those of the crowds they were banned in, which are nobody's own. */
export async function casesOf(guild: GuildStore, limit: number, userId?: string): Promise<readonly CaseFile[]> {
  if (userId === undefined) return guild.cases({ limit });
  const [own, [cohorts]] = await Promise.all([
    guild.cases({ userId, limit }),
    guild.records([{ record: "cohortCases", key: "latest" }]),
  ]);
  const { crowds = [] } = (cohorts ?? {}) as Partial<Records["cohortCases"]>;
  const ids = crowds.filter(({ userIds }) => userIds.includes(userId)).map(({ proposalId }) => proposalId);
  const shared = await Promise.all([...new Set(ids)].map((id) => guild.caseFor(id)));
  const all = [...own, ...shared.flatMap((file) => file ?? [])];
  return all.sort((one, other) => other.number - one.number).slice(0, limit);
}

/** Whether it is remembered whom a crowd's case banned, so that it can be taken back as a whole. */
export async function isRemembered(guild: GuildStore, { proposalId }: CaseFile): Promise<boolean> {
  const [cohorts] = await guild.records([{ record: "cohortCases", key: "latest" }]);
  const { crowds = [] } = (cohorts ?? {}) as Partial<Records["cohortCases"]>;
  return crowds.some((crowd) => crowd.proposalId === proposalId);
}

/** What became of one of a crowd. *open*: not known yet, or nobody can tell. */
export interface CohortMember {
  readonly userId: string;
  readonly name: string;
  readonly outcome: "done" | "failed" | "open";
}

/** More requests than any crowd is cut into. */
const MOST_STEPS = 50;

/** Member by member what became of a crowd; nobody of a case that is about one person. A query for each two hundred. */
export async function cohortOf(guild: GuildStore, file: CaseFile): Promise<readonly CohortMember[]> {
  if (!isCohort(file)) return [];
  const members: CohortMember[] = [];
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const order = await guild.order(`${file.proposalId}#${step}`);
    if (order === undefined) break;
    if (!("members" in order.action)) continue;
    const { banned = [], failed = [] } = (order.result ?? {}) as Readonly<
      Record<string, readonly string[] | undefined>
    >;
    const outcomeOf = (userId: string): CohortMember["outcome"] => {
      if (order.status === "done" && banned.includes(userId)) return "done";
      return failed.includes(userId) || order.status === "failed" ? "failed" : "open";
    };
    members.push(...order.action.members.map(({ userId, name }) => ({ userId, name, outcome: outcomeOf(userId) })));
  }
  return members;
}
