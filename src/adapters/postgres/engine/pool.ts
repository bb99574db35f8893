import pg from "pg";
import type { Log } from "#core";

const INT8 = 20;

/** Counts and moments fit a number exactly until the year 287396; the driver would hand them out as strings. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    oid === INT8 && format !== "binary"
      ? Number
      : pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig["getTypeParser"],
};

export function createPool(config: pg.PoolConfig, log: Log): pg.Pool {
  // Connections stay: opening one costs more than the commit that would wait for it.
  const pool = new pg.Pool({ application_name: "guildhall", types, keepAlive: true, idleTimeoutMillis: 0, ...config });
  // Lost at work, a connection tells whoever asked by failing their query; its own cry nobody hears would end the process.
  pool.on("connect", (client) => client.on("error", () => undefined));
  pool.on("error", (error) => log.warn({ code: codeOf(error) }, "an idle database connection was lost"));
  return pool;
}

export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}
