import { z } from "zod";

const id = z.string().regex(/^\d{1,20}$/, "an id");

export const configSchema = z.strictObject({
  enabled: z.boolean().default(true).describe("Whether members who come back get their roles back."),
  onlyRoleIds: z
    .array(id)
    .default([])
    .describe("Only these roles are given back. Left empty, every role is that gives no power over others."),
  neverRoleIds: z.array(id).default([]).describe("Roles that are not given back."),
  quarantineRoleIds: z
    .array(id)
    .default([])
    .describe("Whoever leaves with one of these roles gets nothing back, and not these either."),
  afterRoleId: id
    .optional()
    .describe(
      "Roles come back once the member has this one: the one the gatekeeper gives. It is never given back itself.",
    ),
  days: z.number().int().min(1).max(365).default(90).describe("After so many days away nothing is given back."),
});

export type Config = z.infer<typeof configSchema>;
