import { decisionTimes, type GuildStore } from "#core";

/** What people decided lately says how fast they are now; older answers say how fast they were. */
const LATEST = 200;

/** How much waits, and how long people take: one count and one page of the approvals' index. */
export async function timesOf(guild: GuildStore): Promise<{ readonly waiting: number; readonly medianMs?: number }> {
  const [waiting, latest] = await Promise.all([guild.approvalCount("pending"), guild.approvals("any", LATEST)]);
  const { medianMs } = decisionTimes(latest);
  return { waiting, ...(medianMs === undefined ? {} : { medianMs }) };
}
