import { z } from "zod";

/** The mildest a rule's measure may be; a member's earlier warnings can only make it harsher. */
const rung = z.enum(["delete", "warn", "timeout", "ban"]);
export type Rung = z.infer<typeof rung>;

const atLeast = (mildest: Rung): z.ZodDefault<typeof rung> =>
  rung
    .default(mildest)
    .describe("The mildest measure: delete (the message only), warn, timeout or ban. Repeating makes it harsher.");

const count = (fallback: number, what: string): z.ZodDefault<z.ZodNumber> =>
  z.number().int().min(2).max(1_000).default(fallback).describe(what);

const length = (fallback: number): z.ZodDefault<z.ZodNumber> =>
  z.number().int().min(1).max(4_000).default(fallback).describe("Shorter texts are never taken for copies.");

export const configSchema = z.strictObject({
  exemptChannelIds: z
    .array(z.string().regex(/^\d{1,20}$/, "a channel id"))
    .default([])
    .describe("Channels (with their threads) in which no rule applies."),
  blockedWord: z
    .strictObject({
      words: z
        .array(z.string().min(1).max(100))
        .default([])
        .describe("Whole words and phrases that are not said here, in any case and with invisible characters ignored."),
      atLeast: atLeast("warn"),
    })
    .prefault({}),
  blockedLink: z
    .strictObject({
      domains: z
        .array(z.string().min(1).max(253))
        .default([])
        .describe("Domains nobody may link to. Subdomains are meant as well; look-alikes are not."),
      atLeast: atLeast("warn"),
    })
    .prefault({}),
  mentionSpam: z
    .strictObject({
      mentions: count(6, "So many different members and roles named in one message are too many."),
      atLeast: atLeast("warn"),
    })
    .prefault({}),
  messageFlood: z
    .strictObject({
      messages: count(8, "So many messages of one member within 10 seconds are too many."),
      atLeast: atLeast("warn"),
    })
    .prefault({}),
  duplicateFlood: z
    .strictObject({
      copies: count(4, "The same text so often by one member within 2 minutes is too often."),
      minimumLength: length(8),
      atLeast: atLeast("warn"),
    })
    .prefault({}),
  duplicateWave: z
    .strictObject({
      members: count(5, "The same text by so many different members within 2 minutes is a wave."),
      minimumLength: length(20),
      atLeast: atLeast("timeout"),
    })
    .prefault({}),
  ladder: z
    .strictObject({
      timeoutMinutes: z.number().int().min(1).max(40_320).default(60).describe("How long a time-out lasts."),
      banAfter: z
        .number()
        .int()
        .min(2)
        .max(100)
        .default(4)
        .describe("After so many offences the next one proposes a ban, which a human has to allow."),
      forgetAfterDays: z.number().int().min(1).max(3_650).default(30).describe("Offences count no longer than this."),
      sameIncidentSeconds: z
        .number()
        .int()
        .min(0)
        .max(600)
        .default(10)
        .describe("What follows an offence within this time is the same incident: deleted, and not punished again."),
    })
    .prefault({}),
});

export type Config = z.infer<typeof configSchema>;
