import type { ApprovalPolicy, GuildPolicy, Person } from "#core";

/** What the guild chose about approvals, with what holds where it chose nothing. */
export interface Choices extends ApprovalPolicy {
  readonly people: readonly Person[];
  readonly roleIds: readonly string[];
  readonly remindAfterSeconds: number;
}

export function choicesOf({ approval }: Pick<GuildPolicy, "approval">): Choices {
  return { people: [], roleIds: [], remindAfterSeconds: 3_600, ...approval };
}
