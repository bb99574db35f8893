import { fork, type ChildProcess } from "node:child_process";

/** A house in a process of its own that may die at any moment; questions to it survive its death by being asked again. */
export interface VictimProcess {
  readonly url: string;
  /** Resolves once the process is gone, however it went. */
  readonly gone: Promise<void>;
  ask(question: string, details: object): Promise<unknown>;
  close(): Promise<void>;
}

type Told =
  | { is: "open"; url: string }
  | { is: "ended"; code: string }
  | { is: "answer"; id: number; value?: unknown; failed?: string };

export class VictimDied extends Error {}

/** Resolves when the house is open; rejects with VictimDied when the process ends before that. */
export function startVictim(script: string, environment: Record<string, string>): Promise<VictimProcess> {
  const child = fork(script, {
    env: { ...process.env, ...environment },
    // What the parent was started with (a loader of sources, say) would make every start slower.
    execArgv: [],
    stdio: ["ignore", "inherit", "pipe", "ipc"],
  });
  const stderr: string[] = [];
  child.stderr!.on("data", (chunk: Buffer) => stderr.push(chunk.toString()));
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const asking = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  void gone.then(() => {
    for (const { reject } of asking.values()) reject(new VictimDied());
    asking.clear();
  });
  return new Promise((resolve, reject) => {
    child.on("message", (told: Told) => {
      if (told.is === "open") resolve(victimOf(child, told.url, gone, asking));
      if (told.is === "answer") settle(asking, told);
    });
    void gone.then(() => {
      if (child.signalCode === "SIGKILL") reject(new VictimDied());
      else reject(new Error(`the house ended by itself (exit ${child.exitCode}):\n${stderr.join("").slice(-4_000)}`));
    });
  });
}

function victimOf(
  child: ChildProcess,
  url: string,
  gone: Promise<void>,
  asking: Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>,
): VictimProcess {
  let questions = 0;
  const ask = (question: string, details: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++questions;
      if (!child.connected) return reject(new VictimDied());
      asking.set(id, { resolve, reject });
      child.send({ ask: question, id, ...details }, (error) => (error ? reject(new VictimDied()) : undefined));
    });
  return {
    url,
    gone,
    ask,
    async close() {
      await ask("close", {}).catch(() => undefined);
      await gone;
    },
  };
}

function settle(
  asking: Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>,
  told: Extract<Told, { is: "answer" }>,
): void {
  const waiting = asking.get(told.id);
  asking.delete(told.id);
  if (told.failed === undefined) waiting?.resolve(told.value);
  else waiting?.reject(new Error(told.failed));
}
