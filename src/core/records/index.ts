import type { GatheringsRecords } from "./gatherings.ts";
import type { GuardingRecords } from "./guarding.ts";
import type { HouseRecords } from "./house.ts";
import type { KnowledgeRecords } from "./knowledge.ts";
import type { LevelsRecords } from "./levels.ts";
import type { ModerationRecords } from "./moderation.ts";
import type { PostingsRecords } from "./postings.ts";
import type { TicketsRecords } from "./tickets.ts";
export type { SetupDraft } from "./house.ts";

/**
 * Records an agent may keep per guild, by name. A new kind of record is a line here (and a migration, should it need a
 * table of its own); they are read with `look.record(name, key)` and changed with the `record.put` write.
 */
export interface Records
  extends
    GatheringsRecords,
    GuardingRecords,
    HouseRecords,
    KnowledgeRecords,
    LevelsRecords,
    ModerationRecords,
    PostingsRecords,
    TicketsRecords {}

export type RecordName = keyof Records;

/** The guild's own, not the agent's, or kept by the house: the same whether the agent is live or in shadow. */
export const SHARED_RECORDS: ReadonlySet<string> = new Set<RecordName>([
  ...(["source", "consent", "solution", "pictures", "cohortCases", "caseNews"] as const),
  ...(["before", "voice", "voiceKnown", "standing"] as const),
]);
