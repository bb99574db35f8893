import { z } from "zod";
import type { Effect, SlowLook } from "#core";
import { excerpt } from "#core/text/index";
import { RUNGS, type Config, type Rung } from "./config.ts";
import { milder, type Finding, type Hit, type MessageEvent } from "./findings.ts";
import { measuresFor, type Offence } from "./measures.ts";
import { offenceIn } from "./reading.ts";
import { judged, scorerFinding, type Suspicion } from "./suspicion.ts";

const CATEGORIES = [
  "none",
  "harassment",
  "hate",
  "threat",
  "sexual",
  "scam",
  "spam",
  "private-data",
  "self-harm",
] as const;

/** Closed: neither a target nor a verb can come back. */
export const verdictSchema = z.strictObject({
  breaks: z.boolean(),
  category: z.enum(CATEGORIES),
  severity: z.enum(["none", "low", "medium", "high"]),
  confidence: z.number().min(0).max(1),
});
type Verdict = z.infer<typeof verdictSchema>;

const aboutSchema = z.strictObject({ kind: z.enum(["spam", "insult", "hate", "harm"]), score: z.number() });

const BEFORE = 6;
const BEFORE_LENGTH = 300;
const COMMON_SENSE =
  "No advertising, selling or fraud. No harassment, threats or hatred against people. Nothing sexual. No private data of others.";

/** The slow half: what the scorer found suspicious is shown to a model, with what was said before it and the guild's own rules. */
export async function judgeSlowly(
  event: MessageEvent,
  look: SlowLook,
  config: Config,
  about: unknown,
): Promise<readonly Effect[]> {
  const suspicion: Suspicion = aboutSchema.parse(about);
  const answer = await look.ask({
    prompt: "moderation/judge",
    variables: variablesOf(event, look, config),
    schema: verdictSchema,
  });
  const finding = answer.ok ? verdictFinding(answer.value, config) : scorerFinding(suspicion, config);
  if (finding === undefined) return [];
  const offence: Offence = offenceIn(event);
  return measuresFor(offence, finding, look, config);
}

function variablesOf(event: MessageEvent, look: SlowLook, { judgement }: Config): Readonly<Record<string, unknown>> {
  const channel = look.channel(event.channelId);
  const { replyToMessageId: answered } = event;
  const before = look
    .recent(event.channelId)
    .filter(({ messageId }) => messageId !== event.messageId && BigInt(messageId) < BigInt(event.messageId))
    .slice(0, BEFORE)
    .reverse();
  const culture = judgement.culture === "" ? "" : `\n\nHow people talk here: ${judgement.culture}`;
  return {
    rules: `${judgement.rules === "" ? COMMON_SENSE : judgement.rules}${culture}`,
    message: event.text,
    author: event.author.name,
    channel: channel?.name ?? "",
    attachments: event.attachments.map(({ name }) => name),
    replyTo: answered === undefined ? "" : (look.said(`m:${answered}`)?.text ?? ""),
    before: before.map(({ author, text }) => `${author.name}: ${excerpt(text, BEFORE_LENGTH)}`),
  };
}

const WANTED: Readonly<Record<Verdict["severity"], Rung>> = {
  none: "report",
  low: "warn",
  medium: "timeout",
  high: "ban",
};

/** As harsh as the breach is bad, as the guild allows, and as the model is sure; what it is not sure enough for, people decide. */
export function verdictFinding(verdict: Verdict, { judgement }: Config): Finding | undefined {
  const { breaks, category, severity, confidence } = verdict;
  const isBreach = breaks && category !== "none" && severity !== "none";
  if (!isBreach || confidence < judgement.sure.report) return undefined;
  const hit: Hit = { reason: `judged-${category}`, facts: {}, confidence };
  // Whoever may be hurting themselves needs people, not a punishment.
  const most = category === "self-harm" ? "report" : milder(WANTED[severity], judgement.atMost);
  const atLeast =
    RUNGS.filter((rung) => milder(rung, most) === rung && confidence >= judgement.sure[rung]).at(-1) ?? "report";
  const atMost = milder(judgement.atMost, harshestFor(confidence, judgement.sure));
  return judged(hit, `judged-${category}`, atLeast, { ...judgement, atMost });
}

/** The ladder may go no further than the model is sure. */
function harshestFor(confidence: number, sure: Config["judgement"]["sure"]): Rung {
  return RUNGS.filter((rung) => confidence >= sure[rung]).at(-1) ?? "report";
}
