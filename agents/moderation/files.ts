import type { Attachment, Effect, EventOf, Look, SlowLook } from "#core";
import type { Config } from "./config.ts";
import type { Finding, Hit } from "./findings.ts";
import { measuresFor } from "./measures.ts";
import { offenceIn, situationOf } from "./reading.ts";
import { applies, findingOf, rulebookOf, type Entry } from "./rulebook.ts";

type NewMessage = EventOf<"message.created">;

/** Of one message no more are looked into; Discord takes ten. */
const MOST_FILES = 10;

/** Whether a rule would look into one of a message's files. Costs nothing where there is none, or no such rule. */
export function wantsFiles(event: NewMessage, look: Look, config: Config): boolean {
  if (event.attachments.length === 0) return false;
  const { deep } = rulebookOf(config);
  return deep.some((entry) =>
    entry.deep.some((trigger) => event.attachments.some((file) => trigger.wants(file, look))),
  );
}

/** The slow half of rules about what files hold. A file that cannot be had breaks none. */
export async function judgeFiles(event: NewMessage, look: SlowLook, config: Config): Promise<readonly Effect[]> {
  for (const entry of rulebookOf(config).deep) {
    if (!applies(entry.rule, situationOf(event), look, config)) continue;
    for (const file of event.attachments.slice(0, MOST_FILES)) {
      const hit = await hitIn(entry, file, look);
      if (hit === undefined) continue;
      const finding: Finding = findingOf(entry, hit);
      return measuresFor(offenceIn(event), finding, look, config);
    }
  }
  return [];
}

async function hitIn({ deep }: Entry, file: Attachment, look: SlowLook): Promise<Hit | undefined> {
  for (const trigger of deep) {
    const wish = trigger.wants(file, look);
    if (wish === undefined || file.url === undefined) continue;
    const facts = await look.file(file.url, wish);
    const hit = facts.ok ? trigger.meets(file, facts, look) : undefined;
    if (hit !== undefined) return hit;
  }
  return undefined;
}
