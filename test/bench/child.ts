import { type ChildProcess, fork } from "node:child_process";

/** One role in a process of its own. */
export interface Child {
  /** Rejects where the process ends before it has answered, or says that it failed. */
  ask<T>(question: string, details?: object): Promise<T>;
  /** Ends within bounded time, by force if it must. */
  close(): Promise<void>;
}

const CLOSE_WITHIN_MS = 30_000;
/** No single question takes nearly as long, at any size: whoever has not answered by then never will. */
const ANSWER_WITHIN_MS = 600_000;

interface Told {
  readonly id: number;
  readonly value?: unknown;
  readonly failed?: string;
}

type Waiting = Map<number, { readonly resolve: (value: never) => void; readonly reject: (error: Error) => void }>;

export function startChild(
  script: string,
  environment: Readonly<Record<string, string>>,
  execArgv: readonly string[] = [],
): Child {
  const child = fork(script, {
    env: { ...process.env, ...environment },
    execArgv: ["--expose-gc", ...execArgv],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const waiting: Waiting = new Map();
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.on("message", (told: Told) => settle(waiting, told));
  void gone.then(() => {
    for (const { reject } of waiting.values())
      reject(new Error(`${script} ended (${child.signalCode ?? child.exitCode})`));
    waiting.clear();
  });
  const ask = asking(child, waiting);
  return {
    ask,
    async close() {
      const force = setTimeout(() => child.kill("SIGKILL"), CLOSE_WITHIN_MS);
      if (child.connected) await ask("close").catch(() => undefined);
      await gone;
      clearTimeout(force);
    },
  };
}

function asking(child: ChildProcess, waiting: Waiting) {
  let questions = 0;
  return <T>(question: string, details: object = {}): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const id = ++questions;
      if (!child.connected) return reject(new Error("the process is gone"));
      const late = setTimeout(() => {
        waiting.delete(id);
        reject(new Error(`"${question}" was not answered within ${ANSWER_WITHIN_MS / 60_000} minutes`));
      }, ANSWER_WITHIN_MS);
      waiting.set(id, {
        resolve: (value) => (clearTimeout(late), resolve(value)),
        reject: (error) => (clearTimeout(late), reject(error)),
      });
      child.send({ ask: question, id, details }, (error) => (error === null ? undefined : reject(error)));
    });
}

function settle(waiting: Waiting, { id, value, failed }: Told): void {
  const one = waiting.get(id);
  waiting.delete(id);
  if (failed === undefined) one?.resolve(value as never);
  else one?.reject(new Error(failed));
}
