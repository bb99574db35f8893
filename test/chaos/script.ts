/**
 * The kill test's script: about 300 things that members, moderators and owners do, in batches. Within a batch nothing waits
 * for anything; between batches the house comes to rest, so that what a member may still do is the same in every run.
 */
export type Step =
  | { readonly do: "say"; readonly by: string; readonly text: string }
  | { readonly do: "react" | "unreact"; readonly by: string; readonly emoji: string }
  | { readonly do: "join"; readonly name: string }
  | { readonly do: "command"; readonly by: string; readonly name: string; readonly on: string; readonly reason: string }
  | { readonly do: "answer"; readonly reply: "approve" | "reject" };

export const CITIZENS = Array.from({ length: 24 }, (_, index) => `citizen-${index}`);
export const MODERATORS = ["warden-a", "warden-b"];
export const BAD_WORD = "gribbleflux";
export const BAD_LINK = "https://free-lanterns.example/claim";

const LENGTH = 300;

export function scriptOf(seed: number): readonly (readonly Step[])[] {
  const random = randomOf(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const batches: Step[][] = [];
  let made = 0;
  let line = 0;
  while (made < LENGTH) {
    const batch = batchOf(pick, random, () => line++);
    batches.push(batch);
    made += batch.length;
  }
  // Whatever waits for a human at the end is answered, half and half.
  batches.push(
    Array.from({ length: 6 }, (_, index) => ({ do: "answer", reply: index % 2 === 0 ? "approve" : "reject" })),
  );
  return batches;
}

function batchOf(pick: <T>(list: readonly T[]) => T, random: () => number, next: () => number): Step[] {
  const batch: Step[] = [];
  const plain = 4 + Math.floor(random() * 6);
  for (let index = 0; index < plain; index++)
    batch.push({ do: "say", by: pick(CITIZENS), text: `line ${next()} of an ordinary evening` });
  const offender = pick(CITIZENS);
  const kind = random();
  if (kind < 0.35) batch.push({ do: "say", by: offender, text: `what a ${BAD_WORD} ${next()}` });
  else if (kind < 0.55) batch.push({ do: "say", by: offender, text: `look ${next()} ${BAD_LINK}` });
  else if (kind < 0.7) batch.push({ do: "join", name: `newcomer-${next()}` });
  else if (kind < 0.85)
    batch.push({ do: "command", by: pick(MODERATORS), name: "warn", on: offender, reason: `reason ${next()}` });
  else batch.push({ do: "command", by: pick(MODERATORS), name: "ban", on: pick(CITIZENS), reason: `reason ${next()}` });
  const by = pick(CITIZENS);
  batch.push({ do: "react", by, emoji: "🔥" }, { do: "unreact", by, emoji: "🔥" }, { do: "react", by, emoji: "🔥" });
  if (random() < 0.2) batch.push({ do: "answer", reply: random() < 0.5 ? "approve" : "reject" });
  return batch;
}

/** Mulberry32: small, and the same everywhere. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
