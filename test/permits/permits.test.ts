import { PermissionFlagsBits } from "discord-api-types/v10";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Action, type Order, Permission, refusalOf, resolveReferences } from "#core";
import { stepsOf } from "../../src/flow/act/plan.ts";
import { judge } from "../../src/flow/judge/judge.ts";
import { orderOf } from "../discord/orders.ts";
import { policy } from "../kit/guild.ts";
import { ATTEMPTS } from "./actions.ts";
import { type Draw, NOW, type Scene, sceneOf } from "./world.ts";

/** Each permission a verb may need is as often missing as not; whoever has nearly all is the interesting case. */
const some = (weight: number): fc.Arbitrary<bigint> =>
  fc
    .tuple(
      ...Object.values(Permission).map((bit) =>
        fc.integer({ min: 0, max: 99 }).map((one) => (one < weight ? bit : 0n)),
      ),
    )
    .map((bits) => bits.reduce((all, bit) => all | bit, 0n));
const plain = (bits: fc.Arbitrary<bigint>) => bits.map((one) => one & ~Permission.ADMINISTRATOR);
const rarely = (percent: number) => fc.integer({ min: 0, max: 99 }).map((one) => one < percent);
const overwrite = fc.record({ allow: plain(some(8)), deny: plain(some(6)) });

const draws: fc.Arbitrary<Draw> = fc.record({
  everyone: plain(some(30)).map((bits) => bits | PermissionFlagsBits.UseApplicationCommands),
  bot: fc.oneof({ weight: 9, arbitrary: plain(some(92)) }, { weight: 1, arbitrary: some(99) }),
  target: fc.oneof(
    { weight: 4, arbitrary: plain(some(10)) },
    { weight: 1, arbitrary: fc.constant(Permission.ADMINISTRATOR) },
  ),
  overwrites: fc.array(fc.array(overwrite, { minLength: 3, maxLength: 3 }), { minLength: 4, maxLength: 4 }),
  botAboveTarget: rarely(75),
  botOwns: rarely(3),
  targetOwns: rarely(8),
  botTimedOut: rarely(5),
  roleAbove: fc.boolean(),
  roleManaged: rarely(15),
  own: fc.boolean(),
  threadPrivate: fc.boolean(),
  threadOwn: fc.boolean(),
  threadJoined: fc.boolean(),
  threadLocked: rarely(25),
});

/** Twenty thousand of each, once, found nothing more. */
const RUNS = 1_500;

const everything = Object.values(ATTEMPTS).flat();
const FORBIDDEN = ["50001", "50003", "50005", "50013"];

const view = ({ directory }: Scene) => ({ directory, at: NOW, staffRoleIds: [], remembered: () => undefined });

function judged(action: Action, scene: Scene) {
  return judge(
    { action, rule: "test-rule", why: "because", confidence: 1 },
    {
      ...{ mode: "live", at: NOW, directory: scene.directory, remembered: () => undefined, sameDone: false },
      policy: policy({ approval: { verbs: [], expireAfterSeconds: 60 } }),
      ...{ measuresOfRule: 0, measuresOfModerator: 0, measuresOfGuild: 0, approved: false, continued: false },
    },
  );
}

/** Carries out what the action comes to, whatever anybody thinks of it; the codes it was refused with. */
async function attempted(action: Action, scene: Scene): Promise<readonly string[]> {
  const results: unknown[] = [];
  const codes: string[] = [];
  for (const [index, step] of stepsOf(action, view(scene)).entries()) {
    const order: Order = orderOf(scene.guild.id, resolveReferences(step.action, results), { id: `order#${index}` });
    const outcome = await scene.executor.perform(order, new AbortController().signal);
    results.push(outcome.kind === "done" ? outcome.result : undefined);
    if (outcome.kind === "failed") codes.push(outcome.code);
  }
  return codes;
}

describe("what Discord would refuse for want of permission", () => {
  it("is never asked, whatever roles, overwrites and channels are like", async () => {
    await fc.assert(
      fc.asyncProperty(draws, fc.constantFrom(...everything), async (draw, attempt) => {
        const scene = sceneOf(draw);
        const action = attempt(scene);
        const codes = (await attempted(action, scene)).filter((code) => FORBIDDEN.includes(code));
        if (codes.length > 0) expect(judged(action, scene)).toMatchObject({ ruling: "drop" });
      }),
      { numRuns: RUNS },
    );
  });

  /** What a stricter judge holds back although the simulator would let it pass, and why that is meant. */
  const STRICTER = new Set([
    // Only adding a new emoji needs ADD_REACTIONS, and what a post says stands in an embed: the judge knows neither's state.
    "reaction.add",
    "thread.post",
    // Whose event it is, no directory tells: one's own would need less.
    "scheduled-event.edit",
    "scheduled-event.cancel",
    // Those who cannot be banned are named in the answer; the judge looks at them before.
    "members.bulk-ban",
  ]);

  it("is no more than that: what the judge holds back for permission, Discord refuses", async () => {
    await fc.assert(
      fc.asyncProperty(draws, fc.constantFrom(...everything), async (draw, attempt) => {
        const scene = sceneOf(draw);
        const action = attempt(scene);
        // Whoever manages threads may wake them without being able to write there: no guild is like that.
        const wakes = action.verb === "thread.edit" && action.archived === false;
        if (wakes || STRICTER.has(action.verb) || refusalOf(action, scene.directory, NOW) === undefined) return;
        // A plan that comes to nothing (what was never locked cannot be unlocked) asks nothing.
        if (stepsOf(action, view(scene)).length > 0) expect(await attempted(action, scene)).not.toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});
