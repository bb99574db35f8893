import { z } from "zod";

const id = z.string().regex(/^\d{1,20}$/, "an id");
const limit = (fallback: number, what: string) => z.number().int().min(1).max(200).default(fallback).describe(what);

export const configSchema = z.strictObject({
  alertChannelId: id.optional().describe("Where staff are told. The owner is told by direct message in any case."),
  trustedUserIds: z
    .array(id)
    .default([])
    .describe("Accounts that may do it all at once, such as a bot that sets up channels. The owner always may."),
  limits: z
    .strictObject({
      deletions: limit(3, "So many channels and roles deleted by one account within a minute are too many."),
      removals: limit(15, "So many members banned or kicked by one account within a minute are too many."),
      webhooks: limit(4, "So many webhooks made by one account within a minute are too many."),
      grants: limit(2, "So often power over others given by one account within a minute is too often."),
    })
    .prefault({}),
  recreate: z.boolean().default(true).describe("Make deleted channels and roles again, as far as Discord allows."),
  mostRecreated: limit(50, "No more than this many are made again."),
});

export type Config = z.infer<typeof configSchema>;
