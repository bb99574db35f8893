import type { Action, Directory, Row } from "#core";

/** One request of a plan. */
export interface Step {
  readonly action: Action;
  readonly onFailure: "stop" | "continue";
}

/** What a plan may know besides the action: all of it in memory, so that the judge can look at the same steps. */
export interface PlanView {
  readonly directory: Directory | undefined;
  /** The time of the event: ages and longest durations are counted from it. */
  readonly at: number;
  readonly staffRoleIds: readonly string[];
  /** What stood there before a change that is being undone (`Records.before`), by key. */
  readonly remembered: (key: string) => unknown;
  /** What stands under the words that tell a member of a measure. */
  readonly underNotice?: readonly Row[];
}
