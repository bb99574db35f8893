import { constants } from "node:fs";
import { access, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { broken, fine, type Finding, type Store, weaker } from "#core";
import { tryDrawing } from "../../adapters/discord/drawing/rank-card/draw.ts";
import type { Settings } from "../../config/index.ts";
import type { ModelChains } from "../../doors/cli/index.ts";

const GIGABYTE = 1024 ** 3;
const SCARCE = 1;
const TOO_LITTLE = 0.1;

/** Where the house keeps its things; a folder that is not there yet is made at the first start. */
export async function folderFindings({ dataDirectory }: Settings): Promise<readonly Finding[]> {
  const about = await stat(dataDirectory).catch(() => undefined);
  if (about === undefined) return [fine("data", `${dataDirectory} will be made at the first start`)];
  if (!about.isDirectory()) return [broken("data", `${dataDirectory} is no folder`, "set GUILDHALL_DATA to a folder")];
  const isOurs = await access(dataDirectory, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!isOurs)
    return [
      broken(
        "data",
        `${dataDirectory} cannot be written to`,
        "give it to the user the house runs as, or set GUILDHALL_DATA",
      ),
    ];
  return [fine("data", `${dataDirectory} can be written to`), await diskFinding(dataDirectory)];
}

async function diskFinding(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder);
  return freeSpace((bavail * bsize) / GIGABYTE);
}

/** Its library has a binary of its own for each platform, which some installations leave out. */
export async function drawingFinding(): Promise<Finding> {
  try {
    await tryDrawing();
    return fine("pictures", "rank cards can be drawn");
  } catch {
    return weaker(
      "pictures",
      "cards cannot be drawn here: /rank answers in words",
      "install the house anew without --omit=optional, on a platform that @napi-rs/canvas has a binary for",
    );
  }
}

export function freeSpace(gigabytes: number): Finding {
  const what = `${gigabytes.toFixed(1)} GB are free where the data lies`;
  const fix = "make room, or set GUILDHALL_DATA to a folder on another disk";
  if (gigabytes < TOO_LITTLE) return broken("disk", what, fix);
  return gigabytes < SCARCE ? weaker("disk", what, fix) : fine("disk", what);
}

/** Whether there is a database to look at: a fresh house must not get one from being examined. */
export async function hasStore({ databaseUrl, dataDirectory }: Settings): Promise<boolean> {
  if (databaseUrl !== undefined) return true;
  const places = ["postgres", "pglite"].map((name) => stat(join(dataDirectory, name)).then(() => true));
  return (await Promise.allSettled(places)).some(({ status }) => status === "fulfilled");
}

export async function storeFinding(store: Store): Promise<Finding> {
  const { engine, version, fsync } = await store.describe();
  const what = `${engine}, Postgres ${version}`;
  if (fsync) return fine("database", what);
  return weaker(
    "database",
    `${what}, without fsync: a power cut can lose the last moments`,
    "set DATABASE_URL to a Postgres server",
  );
}

/** Nobody is asked here: that costs money, and `guildhall models test` says what. */
export function modelFinding({ small, large, missing }: ModelChains): Finding {
  const without = new Set(missing.map(({ provider }) => provider));
  const chain = [...new Set([...small, ...large])].filter((model) => !without.has(model.split(":")[0]!));
  return fine("models", chain.length === 0 ? "none has a key: rules alone decide" : chain.join(", "));
}

export async function redisFinding({ redisUrl }: Settings): Promise<Finding> {
  if (redisUrl === undefined) return fine("redis", "not set: work is queued in memory, as one process needs it");
  const { pingRedis } = await import("../../adapters/redis/ping.ts");
  const trouble = await pingRedis(redisUrl.reveal());
  if (trouble === undefined) return fine("redis", "answers");
  return broken(
    "redis",
    `it does not answer (${trouble})`,
    "start it, or correct REDIS_URL; until then work waits in the database",
  );
}
