import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BAD_LINK, BAD_WORD } from "./script.ts";

/** A policy whose ladder is climbed within the script, and an outbox whose times fit a test. */
export function writeChaosConfig(folder: string, timeoutMinutes = 1): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "default.yaml"),
    `
quota:
  perRule: { measures: 1000, per: 10m }
  perModerator: { measures: 1000, per: 10m }
  perGuild: { measures: 10000, per: 10m }
agents:
  moderation:
    mode: live
    config:
      rules:
        blocked-word: { when: { words: { list: [${JSON.stringify(BAD_WORD)}] } } }
        blocked-link: { when: { links: { domains: [${JSON.stringify(new URL(BAD_LINK).hostname)}] } }, then: { atLeast: timeout } }
        mention-spam: { when: { mentions: { names: 6 } } }
        message-flood: { when: { flood: { messages: 500 } } }
        duplicate-flood: { when: { duplicates: { copies: 500, minimumLength: 8 } } }
        duplicate-wave: { when: { duplicates: { members: 5, minimumLength: 20 } }, then: { atLeast: timeout } }
      ladder:
        steps: [{ points: 1, measure: warn }, { points: 2, measure: timeout }, { points: 3, measure: ban }]
        timeoutMinutes: ${timeoutMinutes}
        sameIncidentSeconds: 0
  casework:
    mode: live
  levels:
    # In shadow it follows one member in sixteen, by ids that no two worlds share.
    mode: live
    # By the message's id otherwise, which no two runs share.
    config: { message: { least: 20, most: 20 }, announce: { where: nowhere } }
road:
  deadline: 300ms
  lease: 1200ms
  reconcileAfter: 400ms
  lookEvery: 30ms
  shardLease: 600ms
  record: all
`,
  );
  return folder;
}
