import {
  type Directory,
  fine,
  type Finding,
  type GuildPolicy,
  type Records,
  type Store,
  type TicketPanel,
  weaker,
} from "#core";
import type { Settings } from "../../config/index.ts";
import { placeFindings } from "./ticket-places.ts";

/** Panels and categories that no ticket can be opened in, of every guild where tickets are opened; and where links to transcripts lead. */
export async function ticketFindings(
  { publicUrl }: Pick<Settings, "publicUrl">,
  store: Store | undefined,
  policyFor: (guildId: string) => Promise<GuildPolicy>,
): Promise<readonly Finding[]> {
  if (store === undefined) return [];
  const findings: Finding[] = [];
  let isUsed = false;
  for (const { guildId } of await store.guilds()) {
    const guild = store.guild(guildId);
    const policy = await policyFor(guildId);
    if (policy.agents["tickets"]?.mode !== "live") continue;
    isUsed = true;
    const [record] = await guild.records([{ record: "ticketPanels", key: "all" }]);
    const { panels } = (record ?? { panels: [] }) as Records["ticketPanels"];
    const directory = await guild.directory();
    const found = panels.flatMap((panel) => panelFinding(panel, directory, policy));
    if (directory !== undefined) found.push(...placeFindings(directory, policy.agents["tickets"].config));
    findings.push(...found.map((one) => ({ ...one, guildId })));
  }
  return isUsed ? [linkFinding(publicUrl), ...findings] : [];
}

function linkFinding(publicUrl: string | undefined): Finding {
  if (publicUrl !== undefined) return fine("links", `to transcripts begin with ${publicUrl}`);
  const what = "PUBLIC_URL is not set: links to transcripts of tickets open on this machine only";
  return weaker("links", what, "set PUBLIC_URL to the address under which members reach the house");
}

const AGAIN = "post a new one with /ticket panel";

function panelFinding(panel: TicketPanel, directory: Directory | undefined, policy: GuildPolicy): readonly Finding[] {
  const about = directory?.name ?? "tickets";
  const channel = directory?.channels[panel.channelId];
  const where = channel === undefined ? `channel ${panel.channelId}` : `#${channel.name}`;
  if (directory !== undefined && channel === undefined)
    return [weaker(about, `the panel for tickets went with its channel (${panel.channelId})`, AGAIN)];
  if (panel.goneAt !== undefined) return [weaker(about, `the panel for tickets in ${where} was deleted`, AGAIN)];
  const { types = [] } = (policy.agents["tickets"]?.config ?? {}) as { types?: readonly { readonly id: string }[] };
  const gone = panel.typeIds.filter((id) => !types.some((type) => type.id === id));
  if (gone.length === 0) return [];
  const what = `the panel for tickets in ${where} offers what is gone: ${gone.join(", ")}`;
  return [weaker(about, what, `${AGAIN}, and delete the old one`)];
}
