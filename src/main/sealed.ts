import { join } from "node:path";
import type { Blobs, Seal } from "#core";
import { createSeal, loadOrCreateKeys } from "../adapters/crypto/index.ts";
import { createDiskBlobs } from "../adapters/disk/index.ts";
import { systemClock } from "../adapters/memory/clock.ts";
import type { Settings } from "../config/index.ts";

export async function sealOf({ dataDirectory }: Settings): Promise<Seal> {
  const fromEnvironment = process.env.GUILDHALL_SEAL_KEY;
  return createSeal(await loadOrCreateKeys(dataDirectory, { fromEnvironment }));
}

/** Large things lie in the data folder, also where the database lies elsewhere. */
export function blobsIn({ dataDirectory }: Settings, seal: Seal): Blobs {
  return createDiskBlobs({ folder: join(dataDirectory, "blobs"), seal, clock: systemClock });
}
