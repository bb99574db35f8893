import { applicationRoutes, type GatewayFacts } from "./applications.ts";
import { attachmentRoutes } from "./attachments.ts";
import { commandRoutes } from "./commands.ts";
import { interactionRoutes } from "./interactions.ts";
import { memberRoutes } from "./members.ts";
import { messageRoutes } from "./messages.ts";
import { pinRoutes, reactionRoutes } from "./reactions.ts";
import type { Route } from "./route.ts";
import { userRoutes } from "./users.ts";
import { webhookRoutes } from "./webhooks.ts";

/** Everything the simulator answers; the first that matches. */
export function allRoutes(facts: GatewayFacts): Route[] {
  return [
    ...pinRoutes,
    ...messageRoutes,
    ...reactionRoutes,
    ...memberRoutes,
    ...userRoutes,
    ...commandRoutes,
    ...interactionRoutes,
    ...webhookRoutes,
    ...applicationRoutes(facts),
    ...attachmentRoutes,
  ];
}
