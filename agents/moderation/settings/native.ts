import { z } from "zod";

/** What Discord's own AutoMod did, before any message reached the house. */
export const nativeHits = z
  .enum(["ignore", "count", "warn"])
  .default("count")
  .describe(
    "What becomes of a member whose message Discord's AutoMod held back. ignore: nothing. count: a point on the ladder. warn: a point and a warning; never more, since Discord does not tell who they are here.",
  );
