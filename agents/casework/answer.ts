import { missingPermissions, Permission, propose, type Effect, type PermissionName, type Use, type Words } from "#core";

interface AnswerOptions {
  /** Named like a rule. */
  readonly rule: string;
  readonly why: string;
  /** Changes the message whose button was pressed. */
  readonly update?: boolean;
}

/** An answer for whoever asked, in words of our own instead of the judge's. */
export function answer(event: Use, words: Words, { rule, why, update }: AnswerOptions): Effect {
  return propose(
    {
      verb: "interaction.reply",
      interaction: event.interaction,
      words,
      ephemeral: true,
      ...(update === true && { update }),
    },
    { rule, why, confidence: 1 },
  );
}

export function refusal(event: Use, text: string): readonly Effect[] {
  return [answer(event, { text }, { rule: "not-understood", why: "what was asked for cannot be done like this" })];
}

export function may(event: Use, needs: readonly PermissionName[]): boolean {
  const granted = BigInt(event.byPermissions);
  return (granted & Permission.ADMINISTRATOR) !== 0n || missingPermissions(granted, needs).length === 0;
}
