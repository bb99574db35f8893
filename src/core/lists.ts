/**
 * What a list of the house says of a host. `version` names the list's content at that moment, so that a decision tells what it
 * rested on; it is empty where the list has not been read yet, and then nothing is on it.
 */
export interface Listed {
  readonly version: string;
  /** The entry that is meant: the host itself or a domain above it. */
  readonly entry?: string;
}

/** Lists of domains that the house keeps up to date from outside: from memory, at once. Twin: `NO_LISTS`. */
export interface Lists {
  listed(list: string, host: string): Listed;
}

export const NO_LISTS: Lists = { listed: () => ({ version: "" }) };
