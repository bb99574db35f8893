/**
 * What goes wrong with requests, on purpose. `429` comes of what others do to the same thing, `user-429` and `global-429` of
 * our own doing. `cut-before` destroys the socket before the change, `cut-after` applies the
 * change and never answers, `500-after` applies it and says it failed, `late` never answers and applies the change some
 * milliseconds later.
 */
export type FaultKind =
  "429" | "user-429" | "global-429" | "500" | "500-after" | "502" | "slow" | "cut-before" | "cut-after" | "late";

export interface Fault {
  readonly match?: {
    readonly method?: string;
    /** Tried on the template and on the path. */ readonly route?: RegExp | string;
  };
  /** How many matching requests it hits; 1 unless said. */
  readonly times?: number;
  readonly kind: FaultKind;
  /** For `slow` and `late`: how many milliseconds; for 429s: when to come again. */
  readonly ms?: number;
}

export interface Faults {
  add(fault: Fault): void;
  /** The fault for this request, if any; each hit uses one up. */
  take(method: string, template: string, path: string): Fault | undefined;
  clear(): void;
}

export function createFaults(): Faults {
  let pending: { fault: Fault; left: number }[] = [];
  return {
    add: (fault) => void pending.push({ fault, left: fault.times ?? 1 }),
    take(method, template, path) {
      const hit = pending.find(({ fault }) => matches(fault, method, template, path));
      if (hit === undefined) return undefined;
      hit.left -= 1;
      pending = pending.filter((one) => one.left > 0);
      return hit.fault;
    },
    clear: () => {
      pending = [];
    },
  };
}

function matches({ match }: Fault, method: string, template: string, path: string): boolean {
  if (match?.method !== undefined && match.method !== method) return false;
  if (match?.route === undefined) return true;
  const pattern = new RegExp(match.route);
  return pattern.test(template) || pattern.test(path);
}
