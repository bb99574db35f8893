import { z } from "zod";
import { nearest, type Agent } from "#core";
import { duration } from "./duration.ts";

const NAME = /^[a-z][a-z0-9-]{0,31}$/;
const LOCAL = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(?:\/|$)/;

const source = z
  .string()
  .min(1)
  .max(2_000)
  .refine(
    (from) => !/^[a-z]+:/i.test(from) || LOCAL.test(from) || (from.startsWith("https://") && URL.canParse(from)),
    {
      message: "an address that begins with https://, or a file",
    },
  );

const list = z.strictObject({
  from: source.describe("Where it is published (https://…), or a file beside this one."),
  every: duration
    .refine((milliseconds) => milliseconds >= 60_000, "a duration of at least 1m")
    .prefault("6h")
    .describe("How often it is read again."),
  mostEntries: z
    .number()
    .int()
    .min(1)
    .max(2_000_000)
    .default(500_000)
    .describe("A longer list is refused, and what was read before stays in force."),
});

export const lists = z
  .record(z.string().regex(NAME, "a short name such as phishing"), list)
  .default({})
  .describe(
    "Lists of domains that are kept up to date from outside, by their names; rules name them (links.lists). No guild can choose them.",
  );

export type ListChoices = z.infer<typeof lists>;

/** A rule that names a list nobody keeps would meet nothing: that is a mistake where it stands. */
export function checkLists(agent: Agent, names: readonly string[]) {
  return ({ config }: { readonly config: unknown }, context: z.RefinementCtx): void => {
    for (const { name, path } of agent.lists?.(config) ?? []) {
      if (names.includes(name)) continue;
      const near = nearest(name, names);
      const known =
        names.length === 0 ? "a list; there is none under lists in default.yaml" : `one of ${names.join(", ")}`;
      const message = `${known}${near === undefined ? "" : ` (did you mean ${near}?)`}`;
      context.addIssue({ code: "custom", message, path: ["config", ...path] });
    }
  };
}
