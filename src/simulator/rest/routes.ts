import { applicationRoutes, type GatewayFacts } from "./applications.ts";
import { attachmentRoutes } from "./attachments.ts";
import { autoModerationRoutes } from "./auto-moderation.ts";
import { channelRoutes } from "./channels.ts";
import { commandRoutes } from "./commands.ts";
import { guildRoutes } from "./guilds.ts";
import { interactionRoutes } from "./interactions.ts";
import { inviteRoutes } from "./invites.ts";
import { memberRoutes } from "./members.ts";
import { messageRoutes } from "./messages.ts";
import { pinRoutes, reactionRoutes } from "./reactions.ts";
import type { Route } from "./route.ts";
import { scheduledEventRoutes } from "./scheduled-events.ts";
import { threadRoutes } from "./threads.ts";
import { userRoutes } from "./users.ts";
import { voiceRoutes } from "./voice.ts";
import { webhookRoutes } from "./webhooks.ts";

/** Everything the simulator answers; the first that matches. */
export function allRoutes(facts: GatewayFacts): Route[] {
  return [
    ...pinRoutes,
    ...messageRoutes,
    ...reactionRoutes,
    ...memberRoutes,
    ...voiceRoutes,
    ...channelRoutes,
    ...threadRoutes,
    ...guildRoutes,
    ...inviteRoutes,
    ...autoModerationRoutes,
    ...scheduledEventRoutes,
    ...userRoutes,
    ...commandRoutes,
    ...interactionRoutes,
    ...webhookRoutes,
    ...applicationRoutes(facts),
    ...attachmentRoutes,
  ];
}
