import type pg from "pg";
import { ConfigurationError, errorFields, type Log } from "#core";
import type { Connection } from "./own-server-place.ts";

/** A server that answers, and the connection that says we are there. */
export interface Attached {
  readonly to: Connection;
  readonly presence: pg.Client;
}

export interface Watched {
  /** Finds it running, or starts it. */
  readonly raise: () => Promise<Attached>;
  readonly onMoved: (to: Connection) => void;
  readonly log: Log;
}

export interface Watch {
  /** Ends the watch and gives back the connection; there is none while the server is away. */
  end(): Promise<pg.Client | undefined>;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 15_000;

/** A server that is killed, or that stops because its disk is full, is started again, for as long as it takes. */
export function watchOver(first: Attached, { raise, onMoved, log }: Watched): Watch {
  let presence: pg.Client | undefined = first.presence;
  let raising: Promise<void> = Promise.resolve();
  let isOver = false;
  let stopWaiting: () => void = () => undefined;

  function stay(client: pg.Client): void {
    presence = client;
    client.once("end", () => {
      if (isOver) return;
      presence = undefined;
      log.error({}, "our Postgres server went away; it is started again");
      raising = raiseAgain();
    });
  }

  async function raiseAgain(): Promise<void> {
    let told: string | undefined;
    for (let pause = FIRST_PAUSE_MS; !isOver; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      await wait(pause);
      try {
        if (isOver) return;
        const raised = await raise();
        onMoved(raised.to);
        stay(raised.presence);
        return log.info({}, "our Postgres server is back");
      } catch (error) {
        const fields = errorFields(error);
        const isKnown = error instanceof ConfigurationError;
        const why = isKnown ? error.message : `our own Postgres server does not start (${fields.code})`;
        if (why !== told) log.error(fields, `${why}; it is tried again until it does`);
        told = why;
      }
    }
  }

  async function wait(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      stopWaiting = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  stay(first.presence);
  return {
    async end() {
      isOver = true;
      stopWaiting();
      await raising;
      return presence;
    },
  };
}
