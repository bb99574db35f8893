import { z } from "zod";
import { BOARD_OWNER } from "./boards.ts";
import { type Curve, curveSchema } from "./curve.ts";
import type { GuildPolicy } from "./policy.ts";

/** Names leave Discord by it, and whoever has the link reads them: nothing is shown before a guild says so. */
export const webBoardSchema = z.strictObject({
  enabled: z
    .boolean()
    .default(false)
    .describe("Show the leaderboard to whoever has the link that /leaderboard gives; needs PUBLIC_URL."),
  edition: z
    .string()
    .min(1)
    .max(30)
    .regex(/^[\w-]+$/)
    .default("1")
    .describe("Any word; another one closes all links given before."),
});

/** What the page needs to know of a guild's choices. */
export interface WebBoard {
  readonly edition: string;
  readonly season?: string;
  readonly curve: Curve;
}

const choices = z.object({ web: webBoardSchema, season: z.string().optional(), curve: curveSchema });

/** Undefined where a guild does not show one: levels are not live, or nobody chose it. */
export function webBoardOf({ agents }: Pick<GuildPolicy, "agents">): WebBoard | undefined {
  const levels = agents[BOARD_OWNER];
  const chosen = levels?.mode === "live" ? choices.safeParse(levels.config).data : undefined;
  if (chosen?.web.enabled !== true) return undefined;
  const { web, season, curve } = chosen;
  return { edition: web.edition, curve, ...(season !== undefined && { season }) };
}
