import { join } from "node:path";
import { Duplex } from "node:stream";
import { Worker } from "node:worker_threads";
import { GuildhallError } from "#core";
import { packageRoot } from "./package-root.ts";

/** A PGlite in its worker, reached by streams that the ordinary driver takes for sockets. */
export interface PgliteWorker {
  /** One at a time: the pool has a single connection. */
  connect(): Duplex;
  close(): Promise<void>;
}

interface Reply {
  readonly id: number;
  readonly bytes?: Uint8Array;
  readonly error?: string;
}

type Ask = (request: { readonly bytes: Uint8Array } | { readonly command: "reset" | "close" }) => Promise<Reply>;

export async function startPglite(dataDir: string): Promise<PgliteWorker> {
  const file = join(packageRoot(), "src/adapters/postgres/engine/pglite-worker.mjs");
  const worker = new Worker(file, { workerData: { dataDir }, execArgv: [] });
  const waiting = new Map<number, { done: (reply: Reply) => void; failed: (error: Error) => void }>();
  let failure: Error | undefined;
  const fail = (cause: unknown) => {
    failure ??= new GuildhallError("store.pglite", "the PGlite worker ended", { cause });
    for (const one of waiting.values()) one.failed(failure);
    waiting.clear();
  };
  await new Promise<void>((ready, failed) => {
    worker.once("message", () => ready());
    worker.once("error", failed);
  });
  worker.on("error", fail);
  worker.on("exit", (code) => fail(new Error(`exit code ${code}`)));
  worker.on("message", (reply: Reply) => {
    const one = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.error === undefined) one?.done(reply);
    else one?.failed(new GuildhallError("store.pglite", reply.error));
  });
  let count = 0;
  const ask: Ask = (request) =>
    new Promise((done, failed) => {
      if (failure !== undefined) return failed(failure);
      const id = ++count;
      waiting.set(id, { done, failed });
      worker.postMessage({ id, ...request });
    });
  return {
    connect: () => new WorkerSocket(ask),
    async close() {
      await ask({ command: "close" });
      await worker.terminate();
    },
  };
}

const AUTHENTICATION_OK = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0]);
const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);
const TERMINATE = 0x58;

/** What the driver expects of a socket, as far as it uses it. */
class WorkerSocket extends Duplex {
  readonly #ask: Ask;
  #isStarted = false;
  #unsent: Buffer = Buffer.alloc(0);

  constructor(ask: Ask) {
    super();
    this.#ask = ask;
  }

  connect(): this {
    this.#ask({ command: "reset" }).then(
      () => this.emit("connect"),
      (error: unknown) => this.destroy(error as Error),
    );
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {
    // Answers are pushed as they come.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#send(chunk).then(() => done(), done);
  }

  override _final(done: () => void): void {
    this.push(null);
    done();
  }

  /** Whole messages go to the worker; the start-up packet, which alone has no type, is answered here. */
  async #send(chunk: Buffer): Promise<void> {
    this.#unsent = this.#unsent.length === 0 ? chunk : Buffer.concat([this.#unsent, chunk]);
    if (!this.#isStarted) {
      const length = this.#unsent.length < 4 ? Infinity : this.#unsent.readInt32BE(0);
      if (this.#unsent.length < length) return;
      this.#unsent = this.#unsent.subarray(length);
      this.#isStarted = true;
      this.push(Buffer.concat([AUTHENTICATION_OK, READY]));
    }
    const end = endOfWholeMessages(this.#unsent);
    if (end === 0) return;
    const whole = this.#unsent.subarray(0, end);
    this.#unsent = this.#unsent.subarray(end);
    if (whole[0] === TERMINATE) return;
    const { bytes } = await this.#ask({ bytes: Uint8Array.from(whole) });
    if (bytes !== undefined && bytes.length > 0) this.push(Buffer.from(bytes));
  }
}

function endOfWholeMessages(bytes: Buffer): number {
  let end = 0;
  while (end + 5 <= bytes.length) {
    const next = end + 1 + bytes.readInt32BE(end + 1);
    if (next > bytes.length) break;
    end = next;
  }
  return end;
}
