import { GatewayCloseCodes } from "discord-api-types/v10";
import { z } from "zod";
import { ALL_INTENTS, PRIVILEGED, type PrivilegedIntent } from "./intents.ts";

const identifySchema = z.looseObject({
  token: z.string(),
  intents: z.number().int().nonnegative(),
  properties: z.looseObject({}),
  shard: z.tuple([z.number().int(), z.number().int()]).optional(),
});

const resumeSchema = z.looseObject({ token: z.string(), session_id: z.string(), seq: z.number().int().nonnegative() });

export interface Identity {
  readonly intents: number;
  readonly shard: readonly [number, number];
}

export interface Refused {
  readonly close: GatewayCloseCodes;
  readonly reason: string;
}

export interface Expectation {
  readonly token: string;
  /** Privileged intents that are switched off for the application. */
  readonly disallowed: ReadonlySet<PrivilegedIntent>;
}

const bare = (token: string): string => token.replace(/^Bot /, "");

/** In Discord's order: who are you, then your shard, then what you may hear. */
export function readIdentify(data: unknown, expected: Expectation): Identity | Refused {
  const parsed = identifySchema.safeParse(data);
  if (!parsed.success) return { close: GatewayCloseCodes.DecodeError, reason: "Error while decoding payload." };
  const { token, intents, shard = [0, 1] } = parsed.data;
  if (bare(token) !== expected.token)
    return { close: GatewayCloseCodes.AuthenticationFailed, reason: "Authentication failed." };
  const [index, count] = shard;
  if (count < 1 || index < 0 || index >= count)
    return { close: GatewayCloseCodes.InvalidShard, reason: "Invalid shard." };
  if ((intents & ~ALL_INTENTS) !== 0) return { close: GatewayCloseCodes.InvalidIntents, reason: "Invalid intent(s)." };
  const forbidden = [...expected.disallowed].some((name) => (intents & PRIVILEGED[name]) !== 0);
  if (forbidden) return { close: GatewayCloseCodes.DisallowedIntents, reason: "Disallowed intent(s)." };
  return { intents, shard };
}

export function readResume(data: unknown, expected: Expectation): { sessionId: string; sequence: number } | Refused {
  const parsed = resumeSchema.safeParse(data);
  if (!parsed.success) return { close: GatewayCloseCodes.DecodeError, reason: "Error while decoding payload." };
  if (bare(parsed.data.token) !== expected.token)
    return { close: GatewayCloseCodes.AuthenticationFailed, reason: "Authentication failed." };
  return { sessionId: parsed.data.session_id, sequence: parsed.data.seq };
}
