import type { CaseEntry, CaseFile, Evidence, GuildStore, Seal } from "#core";
import type { Queryable } from "../arrays.ts";
import { openBodies } from "../bodies.ts";
import type { Case as CaseRow, PrismaClient } from "../generated/client.ts";

interface CaseContext {
  readonly pool: Queryable;
  readonly prisma: PrismaClient;
  readonly seal: Seal;
}

export function caseReads(
  { pool, prisma, seal }: CaseContext,
  guildId: string,
): Pick<GuildStore, "case" | "caseFor" | "cases"> {
  const files = (rows: readonly CaseRow[]) => caseFiles(prisma, guildId, rows);
  return {
    async case(number) {
      const row = await prisma.case.findUnique({ where: { guildId_number: { guildId, number } } });
      if (row === null) return undefined;
      const [file] = await files([row]);
      const plain = (await openBodies(pool, guildId, row.evidence === null ? [] : [row.evidence], seal))
        .values()
        .next().value;
      return plain === undefined ? file : { ...file!, evidence: JSON.parse(plain) as Evidence };
    },
    async caseFor(proposalId) {
      const row = await prisma.case.findUnique({ where: { guildId_proposalId: { guildId, proposalId } } });
      return row === null ? undefined : (await files([row]))[0];
    },
    async cases({ userId, limit }) {
      const where = userId === undefined ? { guildId } : { guildId, userId };
      return files(await prisma.case.findMany({ where, orderBy: { number: "desc" }, take: limit }));
    },
  };
}

/** One query more for all of them: what was added to each, by its primary key. */
export async function caseFiles(prisma: PrismaClient, guildId: string, rows: readonly CaseRow[]): Promise<CaseFile[]> {
  if (rows.length === 0) return [];
  const where = { guildId, number: { in: rows.map(({ number }) => number) } };
  const entries = await prisma.caseEntry.findMany({ where, orderBy: { ordinal: "asc" } });
  return rows.map((row) => caseFile(row, entries.filter(({ number }) => number === row.number).map(entryOf)));
}

function entryOf({ entry }: { readonly entry: string }): CaseEntry {
  return JSON.parse(entry) as CaseEntry;
}

function caseFile(row: CaseRow, entries: readonly CaseEntry[]): CaseFile {
  const { until, evidence: _hash, evidenceUntil, ...facts } = row;
  return {
    ...facts,
    openedAt: Number(row.openedAt),
    outcome: row.outcome as CaseFile["outcome"],
    entries,
    ...(until !== null && { until: Number(until) }),
    ...(evidenceUntil !== null && { evidenceUntil: Number(evidenceUntil) }),
  };
}
