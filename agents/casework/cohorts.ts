import {
  isCohort,
  isUndone,
  reversalOf,
  write,
  type Action,
  type CaseFile,
  type Effect,
  type EventOf,
  type Look,
} from "#core";

/** So many crowds are remembered by their members; who was in an older one is told in its own case. */
const MOST_CROWDS = 30;

/** A crowd is one case. Who was banned in it is noted, so that it is found under each of their names, too. */
export function noteCohort({ orderId, result }: EventOf<"action.done">, look: Look): readonly Effect[] {
  const userIds = bannedIn(result);
  if (userIds.length === 0) return [];
  const proposalId = orderId.slice(0, orderId.lastIndexOf("#"));
  const before = look.record("cohortCases", "latest")?.crowds ?? [];
  const value = { crowds: [...before, { proposalId, userIds }].slice(-MOST_CROWDS) };
  return [write({ write: "record.put", record: "cohortCases", key: "latest", value })];
}

/** Most results are of other verbs, and cost one look. */
function bannedIn(result: unknown): readonly string[] {
  if (typeof result !== "object" || result === null || !("banned" in result)) return [];
  const { banned } = result;
  return Array.isArray(banned) ? banned.filter((one): one is string => typeof one === "string") : [];
}

/** Whom a crowd's case banned; nobody where that is not remembered any more. Who was banned anew since then is not among them. */
export function bannedBy(file: CaseFile, look: Look): readonly string[] {
  const crowds = look.record("cohortCases", "latest")?.crowds ?? [];
  const userIds = crowds.filter(({ proposalId }) => proposalId === file.proposalId).flatMap((crowd) => crowd.userIds);
  if (userIds.length === 0) return [];
  const isLater = (one: CaseFile): boolean => one.number > file.number && one.verb === "member.ban" && !isUndone(one);
  const anew = new Set(
    look
      .cases({ newest: true })
      .filter(isLater)
      .map(({ userId }) => userId),
  );
  return [...new Set(userIds)].filter((userId) => !anew.has(userId));
}

/** What takes a case back in the world: for a crowd, everybody whom it met. */
export function undoing(file: CaseFile, look: Look): Action | undefined {
  return isCohort(file) ? { verb: "members.bulk-unban", userIds: bannedBy(file, look) } : reversalOf(file);
}

/** Everything against a member, newest first: cases of their own, and of the crowds they were banned in. */
export function filesOf(userId: string, look: Look): readonly CaseFile[] {
  const own = look.cases({ userId });
  const crowds = look.record("cohortCases", "latest")?.crowds ?? [];
  const theirs = crowds.filter(({ userIds }) => userIds.includes(userId)).map(({ proposalId }) => proposalId);
  if (theirs.length === 0) return own;
  const shared = [...new Set(theirs)].flatMap((proposalId) => look.cases({ proposalId }));
  return [...own, ...shared].sort((one, other) => other.number - one.number);
}
