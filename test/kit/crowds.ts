import { snowflakeAt, type EventOf, type Member } from "#core";

export const NOON = 1_790_000_000_000;
const DAY = 86_400_000;

/** A small generator: the same crowd each time, and nothing about it regular. */
function random(seed: number): () => number {
  let state = seed % 2_147_483_647 || 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

export interface Crowd {
  readonly size: number;
  /** How long it takes them all to come. */
  readonly seconds: number;
  readonly startsAt?: number;
  readonly seed?: number;
  /** How old an account is, in days. People's are anything between a day and eight years. */
  readonly ageDays?: (chance: number, index: number) => number;
  readonly name?: (index: number, chance: number) => string;
  readonly faceless?: (chance: number) => boolean;
}

const SYLLABLES = [
  "ka",
  "lo",
  "mi",
  "ren",
  "tas",
  "vo",
  "el",
  "ju",
  "nor",
  "bi",
  "sha",
  "du",
  "qui",
  "pem",
  "zor",
  "wy",
];

/** Nobody is named like anybody else, save by chance. */
export function peoplesName(_index: number, chance: number): string {
  const of = (step: number): string => SYLLABLES[Math.floor(chance * step) % SYLLABLES.length]!;
  return `${of(16)}${of(256)}${of(4_096)}${of(65_536)}${chance > 0.7 ? Math.floor(chance * 100) : ""}`;
}

/** Ages as they are found: about as many accounts between one day and two as between one year and two. */
export const peoplesAge = (chance: number): number => 1 + 3_000 ** chance;

export function joinsOf(crowd: Crowd): readonly EventOf<"member.joined">[] {
  const { size, seconds, startsAt = NOON, seed = 7 } = crowd;
  const next = random(seed);
  const { ageDays = peoplesAge, name = peoplesName, faceless = (chance) => chance < 0.3 } = crowd;
  const moments = Array.from({ length: size }, () => startsAt + Math.floor(next() * seconds * 1_000)).sort(
    (a, b) => a - b,
  );
  return moments.map((at, index): EventOf<"member.joined"> => {
    const made = at - Math.round(ageDays(next(), index) * DAY);
    const member: Member = {
      ...{ userId: snowflakeAt(made, seed * 997 + index), name: name(index, next()), roleIds: [], joinedAt: at },
      ...(faceless(next()) ? {} : { avatar: `a${index}` }),
    };
    return { id: `j:${seed}:${index}`, guildId: "100", at, kind: "member.joined", member };
  });
}

/** Accounts made one after the other some hours before, without pictures. */
export function raidOf(crowd: Crowd): readonly EventOf<"member.joined">[] {
  const ageDays = crowd.ageDays ?? ((_chance, index) => 0.5 + index / 2_000);
  return joinsOf({ faceless: () => true, name: (index) => `mila_${1_000 + index * 7}`, seed: 11, ...crowd, ageDays });
}

let messages = 0;

export function saidBy(member: Member, text: string, at: number, changes: Partial<EventOf<"message.created">> = {}) {
  const messageId = String(9_000_000 + ++messages);
  const facts = { channelId: "20", messageId, author: member, text, mentionedUserIds: [], mentionedRoleIds: [] };
  return {
    id: `m:${messageId}`,
    guildId: "100",
    at,
    kind: "message.created" as const,
    ...facts,
    attachments: [],
    ...changes,
  };
}
