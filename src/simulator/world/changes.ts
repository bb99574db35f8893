/** A visible change of the world as a small plain object: what the demo page shows and what the log is made of. */
export type Change = { readonly at: number } & (
  | {
      readonly kind: "message" | "edit";
      readonly guildId: string | undefined;
      readonly channelId: string;
      readonly messageId: string;
      readonly userId: string;
      readonly name: string;
      readonly text: string;
      readonly embeds: readonly string[];
    }
  | {
      readonly kind: "delete";
      readonly guildId: string | undefined;
      readonly channelId: string;
      readonly messageId: string;
    }
  | {
      readonly kind: "reaction" | "unreaction";
      readonly channelId: string;
      readonly messageId: string;
      readonly userId: string;
      readonly emoji: string;
    }
  | {
      readonly kind: "joined" | "left" | "ban" | "unban" | "member";
      readonly guildId: string;
      readonly userId: string;
      readonly name: string;
      readonly nick?: string | null;
      readonly roleIds?: readonly string[];
    }
  | { readonly kind: "timeout"; readonly guildId: string; readonly userId: string; readonly until: number | null }
  | { readonly kind: "dm"; readonly userId: string; readonly messageId: string; readonly text: string }
  | {
      readonly kind: "channel" | "channel-gone" | "role" | "role-gone" | "guild";
      readonly guildId: string;
      readonly id: string;
      readonly name: string;
    }
  | { readonly kind: "command"; readonly interactionId: string; readonly name: string; readonly userId: string }
  | {
      readonly kind: "reply";
      readonly interactionId: string;
      readonly name: string;
      readonly text: string;
      readonly ephemeral: boolean;
    }
  | {
      readonly kind: "audit";
      readonly guildId: string;
      readonly action: number;
      readonly userId: string | null;
      readonly targetId: string | null;
      readonly reason: string | null;
    }
);
