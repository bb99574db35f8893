import { INTERACTION_ACK_MS, INTERACTION_TOKEN_MS } from "../limits.ts";
import { refuse } from "./refusal.ts";
import type { Interaction, MessageState } from "./states.ts";
import type { World } from "./world.ts";

/** 10062 unless it is known, the token is right, and it can still be acknowledged; 40060 when it already was. */
export function toAcknowledge(world: World, id: string, token: string): Interaction {
  const interaction = world.interactions.get(id);
  if (interaction === undefined || interaction.token !== token) throw refuse(10062);
  if (interaction.callback !== undefined) throw refuse(40060);
  if (world.clock.now() - interaction.at > INTERACTION_ACK_MS) throw refuse(10062);
  return interaction;
}

/** The interaction behind a follow-up's token, which serves for 15 minutes. */
export function byToken(world: World, token: string): Interaction {
  const interaction = [...world.interactions.values()].find((one) => one.token === token);
  if (interaction === undefined) throw refuse(10015);
  if (world.clock.now() - interaction.at > INTERACTION_TOKEN_MS) throw refuse(50027);
  if (interaction.callback === undefined) throw refuse(10015);
  return interaction;
}

/** An ephemeral message lives with the interaction it answered. */
export function findHidden(world: World, messageId: string): MessageState | undefined {
  for (const interaction of world.interactions.values()) {
    const message = interaction.hidden.get(messageId);
    if (message !== undefined) return message;
  }
  return undefined;
}
