import { EVENT_KINDS, GROUNDS } from "#core";
import { z } from "zod";
import { RELATIONS } from "../views/related.ts";
import { STANDINGS } from "../views/standing.ts";
import { Time } from "./time-schema.ts";

export * from "./policy-schema.ts";

/** Everything that goes over the wire, once: types, validation, OpenAPI and the dashboard's client all come from here. */

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe("One line: what is wrong and what to do."),
    code: z.string().optional(),
  })
  .meta({ id: "Problem" });

const Named = z.object({ id: z.string(), name: z.string() });
const Raw = z.unknown().describe("As it is stored.");

export const HouseState = z
  .object({
    ready: z.boolean(),
    degraded: z.array(z.string()),
    demoGuildId: z.string().optional().describe("Set where the house runs on the built-in simulator."),
    guilds: z.array(Named),
  })
  .meta({ id: "HouseState" });

export const Deed = z
  .object({
    proposalId: z.string(),
    agent: z.string(),
    verb: z.string(),
    rule: z.string(),
    why: z.string(),
    confidence: z.number(),
    ruling: z.enum(["run", "ask", "drop"]),
    ground: z.enum(GROUNDS),
    groundInWords: z.string(),
    because: z.string(),
    standing: z.enum(STANDINGS),
    sentence: z.string(),
    target: z.object({ userId: z.string(), name: z.string() }).optional(),
    approvalId: z.string().optional(),
    caseNumber: z.int().optional(),
  })
  .meta({ id: "Deed" });

export const Activity = z
  .object({
    eventId: z.string(),
    at: Time,
    kind: z.enum(EVENT_KINDS),
    headline: z.string(),
    excerpt: z.string().optional(),
    deeds: z.array(Deed),
    errors: z.array(z.object({ agent: z.string(), code: z.string() })),
    poison: z
      .string()
      .optional()
      .describe("The event could not be committed with its effects: the code of what stopped it."),
  })
  .meta({ id: "Activity" });

export const ActivityPage = z
  .object({
    items: z.array(Activity),
    next: z.string().optional().describe("Give it back as `cursor` for older ones."),
  })
  .meta({ id: "ActivityPage" });

export const Why = z
  .object({
    activity: Activity,
    event: Raw,
    receivedAt: Time,
    silent: z.array(z.string()).describe("Agents that listened and said nothing."),
    textExpired: z.boolean(),
    decisions: z.array(Raw),
    orders: z.array(Raw),
    approvals: z.array(Raw),
    cases: z.array(Raw),
    related: z.array(z.object({ eventId: z.string(), relation: z.enum(RELATIONS), headline: z.string() })),
  })
  .meta({ id: "Why" });

export const Case = z
  .object({
    number: z.int(),
    eventId: z.string(),
    verb: z.string(),
    userId: z.string(),
    userName: z.string(),
    decidedBy: z.string(),
    rule: z.string(),
    reason: z.string(),
    openedAt: Time,
    until: Time.optional().describe("When what was done ends by itself."),
    outcome: z.enum(["open", "done", "failed", "unknown"]),
    entries: z
      .array(
        z.object({
          kind: z.enum(["note", "reason", "linked", "undone", "appealed", "upheld", "overturned"]),
          byUserId: z.string().optional(),
          name: z.string(),
          at: Time,
          text: z.string().optional(),
          to: z.int().optional().describe("Of a link, the other case."),
        }),
      )
      .readonly()
      .describe("What was said of it and done about it since, oldest first."),
    evidenceUntil: Time.optional().describe("How long the words it rests on are kept."),
    evidence: z
      .object({
        ...{ text: z.string(), at: Time },
        ...{ channelId: z.string().optional(), messageId: z.string().optional() },
      })
      .optional()
      .describe("Told where one case is asked for, for as long as it is kept."),
    members: z
      .array(z.object({ userId: z.string(), name: z.string(), outcome: z.enum(["done", "failed", "open"]) }))
      .readonly()
      .optional()
      .describe("Of a crowd, where one case is asked for: what became of each."),
  })
  .meta({ id: "Case" });

export const CaseChange = z
  .object({
    change: z.enum(["note", "reason", "undo"]).describe("undo takes back what was done, with the text as its reason."),
    text: z.string().trim().min(1).max(1_000),
  })
  .meta({ id: "CaseChange" });

export const Approval = Deed.extend({
  id: z.string(),
  eventId: z.string(),
  askedAt: Time,
  expiresAt: Time,
  status: z.enum(["pending", "approved", "rejected", "expired", "void"]),
  answeredBy: z.string().optional(),
  answeredAt: Time.optional(),
  note: z.string().optional(),
  request: z.string().describe("What would be done: `ban Ada`."),
  seen: z.string().describe("Give it back with the answer: an answer to anything else than this is refused."),
  card: z
    .object({
      title: z.string(),
      fields: z.array(z.object({ label: z.string(), value: z.string() })).readonly(),
      evidence: z
        .array(
          z.object({
            name: z.string(),
            text: z.string(),
            at: Time,
            isSubject: z.boolean(),
            messageId: z.string().optional(),
          }),
        )
        .readonly(),
    })
    .optional()
    .describe("As every face shows it; absent in the first moment."),
  decision: z.string().optional().describe("What became of it, in words."),
  needed: z.int().describe("So many people have to allow it."),
  allowedBy: z.array(z.string()).readonly(),
  proposed: z.string().optional().describe("What is proposed instead, waiting to be confirmed."),
  options: z
    .array(z.string())
    .readonly()
    .describe("What may be done instead; an answer names one by its place in this list."),
  targets: z
    .array(
      z.object({
        userId: z.string(),
        name: z.string(),
        result: z
          .enum(["done", "failed", "unknown", "spared", "gone"])
          .optional()
          .describe("spared: left out by whoever allowed it. gone: had left, or was banned already."),
      }),
    )
    .readonly()
    .describe("Of a cohort, everybody, and what became of each."),
  shownOn: z.array(z.string()).readonly().describe("Faces beside the page."),
  shown: z
    .array(
      z.object({
        face: z.enum(["telegram", "discord"]),
        at: Time.optional(),
        lost: z.boolean().describe("It was sent, and nobody knows whether it arrived."),
      }),
    )
    .readonly(),
  votes: z
    .array(z.object({ face: z.string(), name: z.string(), at: Time }))
    .readonly()
    .describe("Who said what counted, on which face."),
  tookMs: z.number().optional().describe("From asking to the answer that decided."),
}).meta({ id: "Approval" });

export const Answer = z
  .object({
    answer: z
      .enum(["approve", "reject", "modify", "as-asked"])
      .describe("modify: propose a change, to be approved in its turn. as-asked: take the proposed change back."),
    note: z.string().max(500).optional(),
    seen: z.string().max(20).optional(),
    option: z.int().min(0).max(9).optional().describe("With modify: a place in `options`."),
    modification: z
      .string()
      .max(400)
      .optional()
      .describe("With modify, in words: `timeout 2h` and a reason, `kick`, `reason: …`."),
    except: z.array(z.string().max(64)).max(1_000).optional().describe("Of a cohort: all but these user ids."),
  })
  .meta({ id: "Answer" });

export const ApprovalPage = z
  .object({
    approvals: z.array(Approval),
    waiting: z.int().describe("How many wait in all."),
    answered: z.int().describe("Of the latest 200."),
    expired: z.int().describe("Of the latest 200, those nobody answered in time."),
    medianMs: z.number().optional().describe("Half of the latest answers took no longer than this."),
    byFace: z.record(z.string(), z.int()).describe("On which face the latest were answered."),
    next: z.string().optional().describe("Give it back as `cursor` for older ones."),
  })
  .meta({ id: "ApprovalPage" });

export const Accepted = z
  .object({ eventId: z.string().describe("The answer's own event: its *why* can be asked once it is committed.") })
  .meta({ id: "Accepted" });

const ORDER_STATUS = ["blocked", "waiting", "leased", "done", "failed", "unknown", "cancelled"] as const;

export const Order = z
  .object({
    id: z.string(),
    eventId: z.string(),
    agent: z.string(),
    verb: z.string(),
    step: z.int(),
    status: z.enum(ORDER_STATUS),
    attempt: z.int(),
    request: z.string(),
    caseNumber: z.int().optional(),
    settledAt: Time.optional(),
    result: Raw.optional(),
  })
  .meta({ id: "Order" });

export const AgentState = z
  .object({
    name: z.string(),
    description: z.string(),
    mode: z.enum(["off", "shadow", "live"]),
    policyHash: z.string(),
  })
  .meta({ id: "AgentState" });

export const GuildParams = z.object({ guildId: z.string().min(1).max(64) });
export const EventParams = GuildParams.extend({ eventId: z.string().min(1).max(200) });
export const ApprovalParams = GuildParams.extend({ approvalId: z.string().min(1).max(200) });
export const CaseParams = GuildParams.extend({ number: z.coerce.number().int().positive() });

const Limit = z.coerce.number().int().min(1).max(200).default(50);
export const ActivityQuery = z.object({
  limit: Limit,
  only: z.enum(["deeds", "all"]).default("deeds").describe("`deeds`: events the house proposed something for."),
  cursor: z.string().max(400).optional(),
});
export const HistoryQuery = z.object({ limit: Limit });
export const CasesQuery = z.object({ limit: Limit, userId: z.string().max(64).optional() });
export const ApprovalsQuery = z.object({
  limit: Limit,
  cursor: z.string().max(400).optional(),
  status: z.enum(["pending", "approved", "rejected", "expired", "void", "any"]).default("pending"),
});
export const OrdersQuery = z.object({ limit: Limit, status: z.enum([...ORDER_STATUS, "any"]).default("any") });
