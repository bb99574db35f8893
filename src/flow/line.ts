import type { CommitEntry, Log } from "#core";

/**
 * One canonical line for every event that made somebody speak: its id and kind, who ruled what by which rule, and how long it
 * was under way. Ids and names of rules only: never a member's words.
 */
export function logSpoken(entries: readonly CommitEntry[], now: number, log: Log): void {
  for (const { event, receivedAt, decisions, considered, poison } of entries) {
    if (decisions.length === 0) continue;
    const rulings = decisions.flatMap(({ agent, verdicts }) =>
      verdicts.map(
        ({ proposal, ruling, ground }) => `${agent}/${proposal.rule} ${proposal.action.verb} ${ruling} (${ground})`,
      ),
    );
    const errors = decisions.flatMap(({ agent, error }) => (error === undefined ? [] : [`${agent}: ${error}`]));
    const line = {
      event: event.id,
      kind: event.kind,
      ...(considered === undefined ? {} : { considered: considered.agent }),
      rulings,
      ...(errors.length === 0 ? {} : { errors }),
      ...(poison === undefined ? {} : { poison }),
      ms: now - receivedAt,
    };
    if (errors.length > 0) log.warn(line, "an agent failed on an event");
    else if (rulings.length > 0) log.info(line, "event");
  }
}
