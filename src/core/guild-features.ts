/** Where a scheduled event takes place: in a voice or stage channel of the guild, or elsewhere until it ends. */
export type EventPlace =
  | { readonly kind: "voice" | "stage"; readonly channelId: string }
  | { readonly kind: "elsewhere"; readonly location: string };

export interface ScheduledEventFacts {
  readonly name: string;
  readonly description?: string;
  readonly startsAt: number;
  readonly endsAt?: number;
  readonly place: EventPlace;
}

/** A rule of Discord's own AutoMod. Each guild has room for six keyword rules and one of every other trigger. */
export interface AutomodRule {
  readonly name: string;
  readonly enabled: boolean;
  readonly trigger:
    | {
        readonly kind: "keywords";
        readonly words: readonly string[];
        readonly patterns?: readonly string[];
        readonly allowed?: readonly string[];
      }
    | { readonly kind: "spam" }
    | { readonly kind: "mentions"; readonly most: number };
  readonly response: {
    readonly block: boolean;
    readonly alertChannelId?: string;
    readonly timeoutSeconds?: number;
  };
  readonly exemptRoleIds?: readonly string[];
  readonly exemptChannelIds?: readonly string[];
}
