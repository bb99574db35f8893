const seen = new Set<string>();

/** At the end of a trip: what of DEMANDED it has shown. A trip that fails, or is left out, shows nothing. */
export function shows(...what: readonly string[]): void {
  for (const one of what) seen.add(one);
}

export const shown = (): ReadonlySet<string> => seen;
