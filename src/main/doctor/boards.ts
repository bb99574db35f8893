import { type Finding, type GuildPolicy, type Store, weaker, webBoardOf } from "#core";
import type { Settings } from "../../config/index.ts";

/** A page of the leaderboard that nobody is led to. */
export async function boardFindings(
  { publicUrl }: Pick<Settings, "publicUrl">,
  store: Store | undefined,
  policyFor: (guildId: string) => Promise<GuildPolicy>,
): Promise<readonly Finding[]> {
  if (store === undefined || publicUrl !== undefined) return [];
  const findings: Finding[] = [];
  for (const { guildId } of await store.guilds()) {
    if (webBoardOf(await policyFor(guildId)) === undefined) continue;
    const what = "PUBLIC_URL is not set: /leaderboard has no button that leads to its page";
    const remedy = "set PUBLIC_URL to the address under which members reach the house, or web.enabled to false";
    findings.push({ ...weaker("leaderboard", what, remedy), guildId });
  }
  return findings;
}
