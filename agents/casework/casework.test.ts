import { describe, expect, it } from "vitest";
import type { Effect, EventOf, Member, OptionValue } from "#core";
import { BLANK_LOOK, canonical, Permission } from "#core";
import { configSchema } from "./config.ts";
import casework from "./index.ts";

const NOON = 1_790_000_000_000;
const SECOND = 1_000;
const ada: Member = { userId: "101", name: "Ada", roleIds: [] };
const mod: Member = { userId: "900", name: "Mo", roleIds: ["77"] };

function command(
  name: string,
  options: Record<string, OptionValue>,
  permissions: bigint = Permission.MODERATE_MEMBERS | Permission.BAN_MEMBERS,
): EventOf<"command.used"> {
  return {
    id: "i1",
    guildId: "801",
    at: NOON,
    kind: "command.used",
    command: name,
    options,
    by: mod,
    byPermissions: permissions.toString(),
    channelId: "501",
    interaction: { id: "i1", sealedToken: "sealed" },
  };
}

const look = BLANK_LOOK;

const decide = (event: EventOf<"command.used">): readonly Effect[] =>
  casework.decide(event, look, configSchema.parse({}));
const proposals = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => ("propose" in effect ? [effect.propose] : []));

describe("commands", () => {
  const options = { member: ada, reason: " spoils endings ", minutes: 30 };
  it.each([
    ["warn", { verb: "member.warn", member: ada }],
    ["mute", { verb: "member.timeout", member: ada, until: NOON + 30 * 60 * SECOND }],
    ["ban", { verb: "member.ban", member: ada, deleteSeconds: 0 }],
  ])("/%s proposes on the moderator's behalf", (name, action) => {
    const effects = decide(command(name, options));
    const [proposal, ...others] = proposals(effects);
    expect(others).toEqual([]);
    expect(proposal).toMatchObject({
      rule: `command-${name}`,
      why: "spoils endings",
      confidence: 1,
      onBehalfOf: mod.userId,
      action,
    });
    expect(canonical(proposal?.action)).toContain("The Lantern by Mo: spoils endings (case {case}).");
    expect(effects.at(-1)).toMatchObject({
      write: { key: "101", value: { warnings: 1, lastRule: `command-${name}` } },
    });
  });

  it("who may not gets the judge's word, and leaves no trace on the member", () => {
    const effects = decide(command("warn", options, 0n));
    expect(proposals(effects)).toHaveLength(1);
    expect(effects).toHaveLength(1);
  });

  it.each([
    ["warn", { reason: "nobody" }, "Name the member"],
    ["warn", { member: "101", reason: "an id is no member" }, "Name the member"],
    ["mute", { member: ada, reason: "x" }, "Minutes must be"],
    ["mute", { member: ada, reason: "x", minutes: 0 }, "Minutes must be"],
    ["mute", { member: ada, reason: "x", minutes: 40_321 }, "Minutes must be"],
    ["mute", { member: ada, reason: "x", minutes: Number.NaN }, "Minutes must be"],
  ])("/%s with %j is answered with what to do", (name, wrong: Record<string, OptionValue>, says) => {
    const [answer, ...others] = proposals(decide(command(name, wrong)));
    expect(others).toEqual([]);
    expect(answer?.action.verb).toBe("interaction.reply");
    expect(canonical(answer?.action)).toContain(says);
  });

  it("somebody else's command is none of its business", () => {
    expect(decide(command("poll", options))).toEqual([]);
  });

  it("without a reason says so", () => {
    expect(proposals(decide(command("warn", { member: ada })))[0]?.why).toBe("no reason given");
  });

  it("come before everything else", () => {
    expect(casework.priority?.(command("warn", options))).toBe("high");
  });
});
