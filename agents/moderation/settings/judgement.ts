import { z } from "zod";
import { rung, share } from "./parts.ts";

const scores = (spam: number, insult: number, hate: number, harm: number) =>
  z
    .strictObject({
      spam: share(spam, "Sells, lures or defrauds."),
      insult: share(insult, "Foul, or aimed at somebody."),
      hate: share(hate, "Against people for what they are."),
      harm: share(harm, "Sexual, violent, or about hurting oneself."),
    })
    .prefault({});

/** What rules cannot tell is judged by a model where there is one, and by the house's own scorer where there is none. */
export const judgement = z
  .strictObject({
    by: z
      .enum(["nobody", "scorer", "model"])
      .default("nobody")
      .describe(
        "nobody: rules alone. scorer: the house's own small scorer, without a network. model: a model, and the scorer where none answers.",
      ),
    rules: z
      .string()
      .max(4_000)
      .default("")
      .describe("The community's rules in its own words, for the model. Left out: common decency and no advertising."),
    culture: z
      .string()
      .max(1_000)
      .default("")
      .describe("How people talk here, for the model: what is banter, what is not."),
    considerFrom: scores(0.5, 0.8, 0.5, 0.8).describe("From 0 to 1: what scores this much is looked at by the model."),
    actFrom: scores(0.98, 0.99, 0.98, 0.99).describe(
      "From 0 to 1: without a model, what scores this much is acted upon. What scores 0.9 of the way to it is reported.",
    ),
    sure: z
      .strictObject({
        report: share(0.5, "Less sure than this, nothing is done."),
        delete: share(0.85, "To delete."),
        warn: share(0.9, "To warn."),
        timeout: share(0.95, "To time out."),
        kick: share(0.98, "To kick."),
        ban: share(0.99, "To ban."),
      })
      .prefault({})
      .describe(
        "From 0 to 1: how sure it has to be for each measure. What it is not sure enough for, moderators are told.",
      ),
    atMost: rung.default("timeout").describe("The harshest measure a judgement may lead to."),
    points: z.number().int().min(0).max(100).default(1).describe("So many points it adds to the ladder."),
  })
  .prefault({});
