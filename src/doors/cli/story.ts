import type { Deed } from "../views/activity.ts";
import type { Why } from "../views/why.ts";
import { bold, clean, faint, type Terminal } from "./terminal.ts";
import { localIso } from "./time.ts";

/** The *why* of an event, for reading. */
export function storyText(terminal: Terminal, why: Why): string {
  const { activity, silent } = why;
  const lines = [
    `${bold(terminal, clean(activity.headline))}  ${faint(terminal, localIso(activity.at))}`,
    ...(activity.excerpt === undefined ? [] : [`  “${clean(activity.excerpt)}”`]),
    ...activity.deeds.flatMap((deed) => ["", ...deedLines(terminal, deed, why)]),
    ...(activity.deeds.length === 0 ? ["", "No agent proposed anything about it."] : []),
    ...activity.errors.map(({ agent, code }) => `${agent} stumbled: ${code}`),
    ...why.decisions.flatMap(({ agent, exhausted }) =>
      exhausted === undefined ? [] : [`${agent} asked a model in vain (${exhausted}) and went by rules alone`],
    ),
    ...(activity.poison === undefined ? [] : [`The event was set aside: ${activity.poison}`]),
    ...why.related.map(({ eventId, relation, headline }) => `${relation}: ${clean(headline)} (${eventId})`),
    ...(silent.length === 0 ? [] : ["", faint(terminal, `listened and proposed nothing: ${silent.join(", ")}`)]),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function deedLines(terminal: Terminal, deed: Deed, why: Why): string[] {
  const approval = why.approvals.find(({ id }) => id === deed.approvalId);
  const orders = why.orders.filter(({ proposalId }) => proposalId === deed.proposalId);
  const filed = deed.caseNumber === undefined ? "" : `, case #${deed.caseNumber}`;
  const sure = `${Math.round(deed.confidence * 100)} % sure`;
  return [
    bold(terminal, `${deed.agent} · ${deed.rule}`),
    `  noticed   ${clean(deed.why)} (${sure}), proposed ${deed.verb}`,
    `  judged    ${deed.ruling}: ${clean(deed.because)} (${deed.ground})`,
    ...(approval === undefined ? [] : [`  answered  ${answerText(approval)}`]),
    `  outcome   ${clean(deed.sentence)}${filed}`,
    ...orders.map((order) => `  order     ${orderText(order)}`),
  ];
}

function orderText({ action, status, attempt, result }: Why["orders"][number]): string {
  const { why } = (result ?? {}) as { why?: unknown };
  const reason = status !== "done" && typeof why === "string" ? `: ${clean(why)}` : "";
  return `${action.verb} ${status}, attempt ${attempt}${reason}`;
}

function answerText({ status, answeredBy, answeredAt, note }: Why["approvals"][number]): string {
  if (status === "pending") return "not yet";
  const by = answeredBy === undefined ? "" : ` by ${clean(answeredBy)}`;
  const at = answeredAt === undefined ? "" : `, ${localIso(answeredAt)}`;
  return `${status}${by}${at}${note === undefined ? "" : `: ${clean(note)}`}`;
}
