import type { CommitRefusal } from "#core";

/** Remembers how to take every change back, newest first: that is all a transaction needs where one thread has the state. */
export interface Changes {
  set<K, V>(map: Map<K, V>, key: K, value: V): void;
  remove<K, V>(map: Map<K, V>, key: K): void;
  undo(): void;
}

export function recordChanges(): Changes {
  const steps: (() => void)[] = [];
  const remember = <K, V>(map: Map<K, V>, key: K) => {
    const before = map.get(key);
    steps.push(map.has(key) ? () => map.set(key, before as V) : () => map.delete(key));
  };
  return {
    set(map, key, value) {
      remember(map, key);
      map.set(key, value);
    },
    remove(map, key) {
      remember(map, key);
      map.delete(key);
    },
    undo() {
      for (const step of steps.reverse()) step();
    },
  };
}

/** Ends a commit with a typed refusal from wherever it was noticed. */
export class Refused extends Error {
  readonly answer: CommitRefusal;

  constructor(answer: CommitRefusal) {
    super(answer.refusal);
    this.answer = answer;
  }
}
