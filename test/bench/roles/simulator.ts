import { type FloodOptions, type Simulator, startSimulator } from "../../../src/simulator/index.ts";
import { answerQuestions } from "./answering.ts";
import { quietLines, VIOLATION } from "../texts.ts";

/** The local Discord in a process of its own, with as many guilds as the bench asks for. */
export interface WorldWish {
  readonly guilds: number;
  readonly members: number;
  /** How far the world's time goes on with each message of a flood; the machine's own time without. */
  readonly millisecondsApart?: number;
}

/** A flood of newcomers would be a raid, and answered as one. */
const LONG_THERE_MS = 60 * 86_400_000;

let simulator: Simulator | undefined;

answerQuestions({ open, flood: (wish: FloodWish) => flood(wish), connected, sequence }, async () => simulator?.close());

async function open({ guilds, members, millisecondsApart }: WorldWish): Promise<{ apiUrl: string; token: string }> {
  const clock = millisecondsApart === undefined ? {} : { clock: steppingClock(millisecondsApart) };
  simulator = await startSimulator({ ...clock, seed: 11, rateLimits: "off" });
  for (let guild = 0; guild < guilds; guild++) {
    simulator.control.createGuild({
      name: `Parish ${guild}`,
      channels: ["hall", "garden", "workshop", "archive"].map((name) => ({ name })),
      members: Array.from({ length: members }, (_, index) => ({
        name: `person ${guild} ${index}`,
        memberForMs: LONG_THERE_MS,
      })),
    });
  }
  return { apiUrl: simulator.apiUrl, token: simulator.token };
}

/**
 * Each look takes the time a little further: a flood that is sent within seconds was, by its ids, written within minutes,
 * as it is when a real session is replayed. Otherwise every author would be a spammer. Each message looks twice.
 */
function steppingClock(millisecondsApart: number): { now(): number } {
  let now = Date.now() - 3_600_000;
  return { now: () => Math.floor((now += millisecondsApart / 2)) };
}

export type FloodWish = Omit<FloodOptions, "violatingText" | "lines">;

function flood(wish: FloodWish) {
  return simulator!.control.flood({ ...wish, violatingText: VIOLATION, lines: quietLines() });
}

function connected(): boolean {
  return simulator!.control.sessions().some((session) => session.connected);
}

/** The number of the last frame that was sent. */
function sequence(): { sequence: number } {
  return { sequence: Math.max(...simulator!.control.sessions().map((session) => session.sequence)) };
}
