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
      blockedWord: { words: [${JSON.stringify(BAD_WORD)}], atLeast: warn }
      blockedLink: { domains: [${JSON.stringify(new URL(BAD_LINK).hostname)}], atLeast: timeout }
      messageFlood: { messages: 500 }
      duplicateFlood: { copies: 500 }
      ladder: { timeoutMinutes: ${timeoutMinutes}, banAfter: 2, sameIncidentSeconds: 0 }
  casework:
    mode: live
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
