import { ERASED } from "#core";

/** A conversation as it is kept: from this every form of it is made when somebody reads it. */
export interface Transcript {
  readonly version: 1;
  readonly guild: string;
  readonly number: number;
  /** What kind of ticket it was. */
  readonly about: string;
  readonly title: string;
  readonly opener: Person;
  readonly openedAt: number;
  readonly closedAt?: number;
  readonly madeAt: number;
  readonly locale: string;
  /** *thread*: as it stood there · *journal*: as the house had heard it, its own messages left out. */
  readonly source: "thread" | "journal";
  /** There was more than is kept; the oldest are missing. */
  readonly isCut?: true;
  /** So much could be copied of what was attached. */
  readonly mostBytes: number;
  readonly messages: readonly TranscriptMessage[];
}

export interface Person {
  readonly userId: string;
  readonly name: string;
  readonly bot?: true;
}

export interface TranscriptMessage {
  readonly messageId: string;
  readonly at: number;
  readonly editedAt?: number;
  readonly author: Person;
  readonly text: string;
  readonly files: readonly TranscriptFile[];
}

/** *large*: it did not fit · *gone*: it could not be had. */
export interface TranscriptFile {
  readonly name: string;
  readonly size: number;
  readonly contentType?: string;
  readonly base64?: string;
  readonly left?: "large" | "gone";
}

const MENTION = /<@!?(\d{1,20})>/g;

/** Whose words, name or id it holds. */
export function peopleIn({ opener, messages }: Transcript): readonly string[] {
  const mentioned = messages.flatMap(({ text }) => [...text.matchAll(MENTION)].map(([, id]) => id!));
  return [...new Set([opener.userId, ...messages.map(({ author }) => author.userId), ...mentioned])];
}

/** Without what somebody said in it, and without their name and id. */
export function withoutPerson(transcript: Transcript, userId: string): Transcript {
  const messages = transcript.messages.map((message) => {
    const text = message.text.replaceAll(userId, ERASED);
    if (message.author.userId !== userId) return { ...message, text };
    return { ...message, author: { userId: ERASED, name: ERASED }, text: ERASED, files: [] };
  });
  return { ...transcript, messages };
}

/** Mentions and a guild's own emoji as people read them. */
export function readable(text: string, transcript: Transcript): string {
  const names = new Map(transcript.messages.map(({ author }) => [author.userId, author.name]));
  names.set(transcript.opener.userId, transcript.opener.name);
  return text
    .replace(MENTION, (mention, id: string) => (names.has(id) ? `@${names.get(id)}` : mention))
    .replace(/<a?(:\w{1,40}:)\d{1,20}>/g, "$1");
}
