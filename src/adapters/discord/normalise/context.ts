import type { GuildEvent, Seal } from "#core";
import type { Raw } from "./raw.ts";

/** What a payload cannot tell by itself. */
export interface IntakeContext {
  readonly botUserId: string;
  readonly receivedAt: number;
  /** Discord is catching this shard up on what it missed. */
  readonly isReplayed?: boolean;
  /** `session:sequence`: the id of everything to which Discord gives none of its own. */
  readonly frameId: string;
  readonly seal: Seal;
  /** What somebody was called when they were last heard of, while that is remembered: the audit log knows only ids. */
  readonly nameOf?: (userId: string) => string | undefined;
  /** The order of ours that carries this marker, while it is remembered. */
  readonly orderOf: (marker: string) => string | undefined;
}

/** Undefined: nothing to say. Throws `malformed` where a payload lacks what it cannot do without. */
export type Normaliser = (data: Raw, context: IntakeContext) => GuildEvent | undefined;
