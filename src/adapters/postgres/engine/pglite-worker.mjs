import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { vector } from "@electric-sql/pglite-pgvector";

/**
 * PGlite off the event loop. It speaks Postgres' own protocol: bytes in, bytes out, one message after the other. There is
 * one session for good, so a new connection first undoes and forgets what the one before it left behind.
 */
const database = await PGlite.create({
  dataDir: workerData.dataDir,
  extensions: { pg_trgm, vector },
  startParams: [...PGlite.defaultStartParams, "-c", "shared_buffers=16MB"],
});
let turn = Promise.resolve();

async function answer({ id, bytes, command }) {
  if (command === "reset") {
    await database.exec("rollback");
    await database.exec("discard all");
    return { id };
  }
  if (command === "close") {
    await database.close();
    return { id };
  }
  return { id, bytes: await database.execProtocolRaw(bytes) };
}

parentPort.on("message", (message) => {
  turn = turn.then(async () => {
    try {
      parentPort.postMessage(await answer(message));
    } catch (error) {
      parentPort.postMessage({ id: message.id, error: String(error) });
    }
  });
});
parentPort.postMessage({ ready: true });
