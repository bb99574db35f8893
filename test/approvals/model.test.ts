import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EventOf, type GuildEvent, type Outcome, plainText, type Store } from "#core";
import { createMemoryStore } from "../../src/adapters/memory/store/index.ts";
import { manualClock, type ManualClock } from "../../src/adapters/memory/clock.ts";
import { GUILD, message } from "../kit/guild.ts";
import { createWorld, startRoad, type TestRoad, type World } from "../kit/road.ts";
import { asker, untilAsync } from "./house.ts";

const START = 1_760_000_000_000;
const EXPIRES_MS = 3_600_000;
const FACES = ["telegram:71", "telegram:72", "dashboard:owner", "discord:1"] as const;

type Step =
  | {
      readonly do: "answer";
      readonly by: (typeof FACES)[number];
      readonly answer: "approve" | "reject" | "modify" | "evidence";
    }
  | { readonly do: "again" }
  | { readonly do: "wait"; readonly ms: number }
  | { readonly do: "leave" }
  | { readonly do: "crash" };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("answer" as const),
      by: fc.constantFrom(...FACES),
      answer: fc.constantFrom("approve", "approve", "reject", "modify", "evidence"),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ do: "again" as const }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.constantFrom(1_000, 1_800_000, EXPIRES_MS) }),
  },
  { weight: 1, arbitrary: fc.constant({ do: "leave" as const }) },
  { weight: 1, arbitrary: fc.constant({ do: "crash" as const }) },
);

/** What stands on each face: the last card that was shown or put over it. */
function createFaces(): World & { readonly cards: Map<string, string> } {
  const cards = new Map<string, string>();
  const world = createWorld();
  const answer = (order: Parameters<World["perform"]>[0]): Outcome => {
    const { action } = order;
    if (action.verb !== "card.show" && action.verb !== "card.update") return { kind: "done", result: {} };
    if (action.approvalId !== undefined)
      cards.set(action.place.face, JSON.stringify([plainText(action.card.decision ?? ""), action.card.buttons]));
    return { kind: "done", result: { messageId: "1" } };
  };
  world.answer = answer;
  return Object.assign(world, { cards });
}

async function open(store: Store, world: World, clock: ManualClock, quorum: number): Promise<TestRoad> {
  return startRoad({
    ...{ agents: [asker], store, world, clock },
    policy: {
      approval: {
        ...{ verbs: ["member.ban"], expireAfterSeconds: EXPIRES_MS / 1_000, quorum, channelId: "20" },
        telegram: { chatId: "-5", userIds: ["71", "72"] },
        people: [{ name: "Owl", discordUserId: "1" }],
      },
    },
  });
}

async function run(steps: readonly Step[], quorum: number): Promise<void> {
  const [store, world, clock] = [createMemoryStore(), createFaces(), manualClock(START)];
  let road = await open(store, world, clock, quorum);
  const event = message("bad", { at: START });
  road.bring(event);
  await road.commitOf((entry) => entry.event.id === event.id);
  const guild = store.guild(GUILD);
  const { id: approvalId } = (await guild.approvals("pending", 1))[0]!;
  await untilAsync(async () =>
    (await guild.approval(approvalId))?.progress?.shown.some(({ standing }) => standing === "shown"),
  );
  const sent: GuildEvent[] = [];
  for (const [index, one] of steps.entries()) {
    if (one.do === "answer") sent.push(answerOf(one, approvalId, `a:${index}`, clock.now()));
    const last = sent.at(-1);
    if (one.do === "answer") await road.road.submit(last!);
    if (one.do === "again" && last !== undefined) road.bring(last, { ...last, id: `${last.id}:again${index}` });
    if (one.do === "wait") clock.advance(one.ms);
    if (one.do === "leave")
      road.bring({
        id: `l:${index}`,
        guildId: GUILD,
        at: clock.now(),
        kind: "member.left",
        userId: "50",
        name: "member-50",
      });
    if (one.do === "crash") {
      await road.stop();
      road = await open(store, world, clock, quorum);
    }
  }
  clock.advance(2 * EXPIRES_MS);
  await untilAsync(async () => (await guild.approval(approvalId))?.status !== "pending");
  await untilAsync(async () =>
    (await guild.orders("any", 200)).every(({ status }) => ["done", "cancelled"].includes(status)),
  );
  await road.stop();

  const approval = (await guild.approval(approvalId))!;
  const carriedOut = world.performed.filter(({ action }) => action.verb.startsWith("member."));
  expect(carriedOut.length).toBe(approval.status === "approved" ? 1 : 0);
  expect(new Set(world.cards.values()).size).toBe(1);
  const [decision, buttons] = JSON.parse([...world.cards.values()][0]!) as [string, unknown[]];
  expect(buttons).toEqual([]);
  const said = {
    approved: "Approved by",
    rejected: "Rejected by",
    expired: "Nobody answered",
    void: "nothing was done",
    pending: "",
  };
  expect(decision).toContain(said[approval.status]);
  if (approval.status === "approved") {
    const people = new Set(approval.progress!.votes.map(({ person }) => person));
    expect(people.size).toBeGreaterThanOrEqual(quorum);
  }
}

function answerOf(
  { by, answer }: Extract<Step, { do: "answer" }>,
  approvalId: string,
  id: string,
  at: number,
): EventOf<"approval.answered"> {
  const facts = { id, guildId: GUILD, at, kind: "approval.answered" as const, approvalId, by };
  return answer === "modify" ? { ...facts, answer, option: 1 } : { ...facts, answer };
}

describe("any interleaving of answers, the clock, departures and crashes", () => {
  it("executes at most once, never after a no or too late, and leaves the faces agreed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.constantFrom(1, 1, 2), (steps, quorum) =>
        run(steps, quorum),
      ),
      { numRuns: 60 },
    );
  }, 60_000);
});
