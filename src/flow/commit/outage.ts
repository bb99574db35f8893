import { type Clock, errorFields, type Log } from "#core";

/** One line when the database goes away, then one a minute: tries come every few seconds, and operators read logs. */
const REMINDER_MS = 60_000;
/** How Postgres says that its disk is full. */
const DISK_FULL = "53100";

/** Whether the road waits for its database, told once instead of at every try. */
export class Outage {
  readonly #clock: Clock;
  readonly #log: Log;
  #since: number | undefined;
  #told = 0;
  #why = "";

  constructor(clock: Clock, log: Log) {
    this.#clock = clock;
    this.#log = log;
  }

  goesOn(cause: unknown): void {
    const now = this.#clock.now();
    const fields = errorFields(cause);
    const isFull = [fields.code, ...(fields.causes ?? [])].includes(DISK_FULL);
    const why = isFull ? "the database's disk is full" : "the database is away";
    const isNews = this.#since === undefined || why !== this.#why;
    this.#since ??= now;
    this.#why = why;
    if (!isNews && now - this.#told < REMINDER_MS) return;
    this.#told = now;
    this.#log.warn(
      { seconds: secondsBetween(this.#since, now), ...fields },
      `${why}; nothing is lost, it is waited for`,
    );
  }

  over(): void {
    if (this.#since === undefined) return;
    this.#log.info(
      { seconds: secondsBetween(this.#since, this.#clock.now()) },
      "the database takes what happens again",
    );
    this.#since = undefined;
  }

  /** In one clause, for as long as it lasts. */
  finding(): string | undefined {
    if (this.#since === undefined) return undefined;
    return `${this.#why}; waiting for ${secondsBetween(this.#since, this.#clock.now())} s`;
  }
}

function secondsBetween(from: number, to: number): number {
  return Math.round((to - from) / 1_000);
}
