import type { Log } from "#core";
import { pino } from "pino";
import pretty from "pino-pretty";

/** Names of fields that must never be readable, however deep somebody logs them. */
const SECRETS = [
  "token",
  "*.token",
  "authorization",
  "*.authorization",
  "password",
  "*.password",
  "sealedToken",
  "*.sealedToken",
];

/** JSON for machines, one readable line for people; always on stderr, because stdout belongs to data. */
export function createLog(level: string): Log {
  const options = { level, redact: SECRETS, base: null };
  if (!process.stderr.isTTY) return pino(options, pino.destination({ dest: 2, sync: true }));
  return pino(
    options,
    pretty({
      destination: 2,
      sync: true,
      colorize: process.env.NO_COLOR === undefined,
      ignore: "pid,hostname",
      translateTime: "HH:MM:ss",
    }),
  );
}
