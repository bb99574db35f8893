/** The part of an ordered proposal's id that leads back to the approval it came from. */
export function approvedName(approvalId: string): string {
  return `approved.${approvalId}`;
}

const APPROVED = /\/approved\.([\w-]{20})\/\d+#\d+$/;

export function approvalOfOrder(orderId: string): string | undefined {
  return APPROVED.exec(orderId)?.[1];
}

/** The plan of one card: `card:<approval>:<n>`; its orders add the step. */
export function cardPlan(approvalId: string, number: number): string {
  return `card:${approvalId}:${number}`;
}

const CARD = /^(card:([\w-]{20}):\d+)#(\d+)$/;

export function cardOrder(orderId: string): { plan: string; approvalId: string; step: number } | undefined {
  const match = CARD.exec(orderId);
  return match === null ? undefined : { plan: match[1]!, approvalId: match[2]!, step: Number(match[3]) };
}
