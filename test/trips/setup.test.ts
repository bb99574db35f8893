import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PermissionFlagsBits as Bit } from "discord-api-types/v10";
import type { GuildStore, Store } from "#core";
import { createMemoryStore } from "../../src/adapters/memory/store/index.ts";
import { replay } from "../../src/flow/index.ts";
import type { OpenHouse } from "../../src/main/house.ts";
import { type Control, startSimulator, type Simulator } from "../../src/simulator/index.ts";
import { BOT as BOT_PERMISSIONS, MODERATOR } from "../../src/simulator/world/presets.ts";
import { until } from "../discord/house.ts";
import { type Assembled, assembleOn, openOver } from "../kit/whole-house.ts";

/** The house as it ships, over a store that outlives it, and a guild on the simulator. */
const folder = mkdtempSync(join(tmpdir(), "guildhall-setup-"));
const store: Store = { ...createMemoryStore(), close: () => Promise.resolve() };
let simulator: Simulator;
let control: Control;
let house: OpenHouse;
let assembled: Assembled;
let guildId: string;
let owner: string;
let helper: string;
let keeper: string;
let ada: string;
const channel: Record<string, string> = {};
const role: Record<string, string> = {};

async function open(): Promise<void> {
  house = await openOver(store, assembled, folder);
}

beforeAll(async () => {
  simulator = await startSimulator({ rateLimits: "off" });
  control = simulator.control;
  const guild = control.createGuild({
    name: "Owlery",
    roles: [
      { name: "regular" },
      { name: "helper", permissions: MODERATOR },
      { name: "keeper", permissions: Bit.ManageGuild },
    ],
    botRole: { permissions: BOT_PERMISSIONS & ~Bit.ManageMessages },
    channels: [{ name: "general" }, { name: "staff" }, { name: "memes" }],
    members: [
      { name: "mia" },
      { name: "hugo", roles: ["helper"] },
      { name: "ada" },
      { name: "kim", roles: ["keeper"] },
    ],
  });
  guildId = guild.id;
  const byName = (name: string) => control.members(guildId).find((one) => one.user.username === name)!.user.id;
  [owner, helper, keeper, ada] = [byName("mia"), byName("hugo"), byName("kim"), byName("ada")];
  for (const { id, name } of control.channels(guildId)) channel[name ?? ""] = id;
  for (const { id, name } of control.roles(guildId)) role[name] = id;
  assembled = await assembleOn(simulator, folder);
  await open();
});
afterAll(async () => {
  await house.close();
  await simulator.close();
  rmSync(folder, { recursive: true });
});

const guildStore = (): GuildStore => store.guild(guildId);

interface Part {
  readonly type: number;
  readonly content?: string;
  readonly custom_id?: string;
  readonly disabled?: boolean;
  readonly label?: string;
  readonly options?: readonly { readonly value: string; readonly default?: boolean }[];
  readonly default_values?: readonly { readonly id: string }[];
  readonly components?: readonly Part[];
}

/** A set-up as somebody has it open: everything on it is read from the answer that `/setup` got. */
class Panel {
  constructor(
    readonly opened: string,
    private readonly userId: string,
  ) {}

  get parts(): readonly Part[] {
    const all = (parts: readonly Part[]): Part[] => parts.flatMap((part) => [part, ...all(part.components ?? [])]);
    return all(control.interaction(this.opened).components as readonly Part[]);
  }

  get text(): string {
    return this.parts.flatMap(({ content }) => content ?? []).join("\n");
  }

  part(name: string): Part {
    const found = this.parts.find(({ custom_id: id }) => id?.startsWith(`v1:setup:${name}`));
    if (found === undefined) throw new Error(`the panel has no ${name}: ${this.text}`);
    return found;
  }

  /** Presses or picks, and waits until the panel says what is expected of it. */
  async use(name: string, shows: string | RegExp, values?: readonly string[]): Promise<void> {
    const { messageId } = control.interaction(this.opened);
    const before = JSON.stringify(this.parts);
    const id = this.part(name).custom_id!;
    control.pressButton(guildId, channel["general"]!, this.userId, messageId!, id, values);
    await until(`${name} to show ${String(shows)} instead of ${this.text}`, () => {
      return JSON.stringify(this.parts) !== before && new RegExp(shows).test(this.text);
    });
  }
}

async function setup(userId = owner, shows = "step 1 of 5"): Promise<Panel> {
  const used = control.useCommand(guildId, channel["general"]!, userId, "setup");
  const panel = new Panel(used, userId);
  await until(`/setup to show ${shows}`, () => panel.text.includes(shows));
  expect(control.interaction(used).ephemeral).toBe(true);
  return panel;
}

/** What was really said, and how often the offer outside of the channel without rules. */
async function counted(): Promise<{ all: number; offers: number }> {
  let all = 0;
  let offers = 0;
  for await (const { event } of guildStore().journal({ from: 0, to: Number.MAX_SAFE_INTEGER })) {
    if (event.kind !== "message.created") continue;
    all++;
    if (event.text === OFFER && event.channelId !== channel["memes"]) offers++;
  }
  return { all, offers };
}

const OFFER = "I can do your homework for a small fee";

describe("the set-up", () => {
  test("is hidden from whoever cannot manage the server, and refused where they get at it all the same", async () => {
    expect(() => control.useCommand(guildId, channel["general"]!, ada, "setup")).toThrow(/lacks the permission/);
    const panel = await setup();
    const { messageId } = control.interaction(panel.opened);
    const stolen = control.pressButton(guildId, channel["general"]!, helper, messageId!, panel.part("go:2").custom_id!);
    await until("the refusal", () => control.interaction(stolen).callback !== undefined);
    const [embed] = control.interaction(stolen).embeds as { description?: string }[];
    expect(embed?.description).toBe("You need MANAGE_GUILD for that.");
    expect(panel.text).toContain("step 1 of 5");
  });

  test("goes through five steps, is there again after a restart, and ends in what the bot may do", async () => {
    for (let index = 0; index < 17; index++)
      control.say(guildId, channel["general"]!, ada, `line ${index} of the day`, { ageMs: 0 });
    for (const name of ["memes", "general", "staff"]) control.say(guildId, channel[name]!, ada, OFFER);
    await expect.poll(async () => (await counted()).all).toBe(20);

    const first = await setup(owner, "where you left off");
    await first.use("pick:notices", "step 1", [channel["staff"]!]);
    expect(first.part("pick:notices").default_values).toEqual([{ id: channel["staff"], type: "channel" }]);
    await first.use("pick:exempt", "step 1", [channel["memes"]!]);
    await first.use("go:2", "step 2");
    await first.use("pick:staff", "step 2", [role["regular"]!]);
    await first.use("go:3", "step 3");
    await house.close();
    await open();

    const panel = await setup(owner, "You are where you left off");
    expect(panel.text).toContain("step 3 of 5");
    const names = panel.part("pick:preset").options?.map(({ value }) => value);
    expect(names).toEqual(["default", "course", "dao-nft", "friends", "gaming"]);
    await panel.use("pick:preset", "step 3", ["course"]);
    expect(panel.part("pick:preset").options?.find((option) => option.default === true)?.value).toBe("course");
    await panel.use("go:4", "step 4");
    await panel.use("pick:cards", "step 4", [channel["staff"]!]);
    await panel.use("pick:approvers", "step 4", [role["helper"]!]);
    await panel.use("go:5", "step 5");
    expect(panel.text).toContain(`Staff: <@&${role["regular"]}>`);
    expect(await guildStore().policies(1)).toEqual([]);

    const { all, offers } = await counted();
    expect([all, offers]).toEqual([20, 2]);
    await panel.use("try", `${all} messages in the last 24 hours`);
    expect(panel.text).toContain(`⚠️ \`moderation/blocked-word\`: ${offers} (10%)`);
    expect(panel.part("put:live").label).toBe("Put in force all the same");
    await panel.use("put:live", "The house is set up");
    expect(panel.text).toContain("❌ I lack **Manage Messages**, which");
    expect(panel.text).toContain("Server Settings → Roles");
    expect(panel.parts.filter((part) => part.custom_id !== undefined)).toEqual([]);

    await first.use("go:4", "This set-up is over");

    const [chosen] = await guildStore().policies(1);
    expect(chosen).toMatchObject({ version: 1, by: `discord:${owner}` });
    expect(assembled.policies.check(guildId, chosen!.document)).toMatchObject({
      ...{ preset: "course", noticeChannelId: channel["staff"], staffRoleIds: [role["regular"]] },
      approval: { channelId: channel["staff"], roleIds: [role["helper"]] },
      agents: { moderation: { mode: "live", config: { exemptChannelIds: [channel["memes"]] } } },
    });
  });

  test("that was meant for one set of picks does not put another in force", async () => {
    const panel = await setup();
    for (const step of [2, 3, 4, 5]) await panel.use(`go:${step}`, `step ${step}`);
    await panel.use("try", "messages in the last");
    const other = await setup(owner, "step 5 of 5");
    await other.use("go:4", "step 4");
    await other.use("go:3", "step 3");
    await other.use("pick:preset", "step 3", ["gaming"]);
    await panel.use("put:live", "have changed since they were tried");
    expect((await guildStore().policies(9)).map(({ version }) => version)).toEqual([1]);
    await panel.use("try", "messages in the last");
    await panel.use("put:shadow", "only watches");
    const [chosen] = await guildStore().policies(1);
    expect(assembled.policies.check(guildId, chosen!.document)).toMatchObject({
      preset: "gaming",
      agents: { moderation: { mode: "shadow" } },
    });
  });

  test("is everybody's own, in their language", async () => {
    control.speaks(keeper, "de");
    const panel = await setup(keeper, "Schritt 1 von 5");
    await panel.use("go:2", "Wer gehört zum Team");
    await panel.use("go:3", "Ausgangspunkt");
    expect(panel.part("pick:preset").options?.find((option) => option.default === true)?.value).toBe("gaming");
  });

  test("replays to the byte, slow halves and all", async () => {
    const agents = new Map(assembled.agents.map((agent) => [agent.name, agent]));
    const versions = [...(await guildStore().policies(9)), undefined];
    const policies = versions.map((own) => assembled.policies.policyFor(guildId, own));
    let replayed = 0;
    for await (const decision of guildStore().decisions({ from: 0, to: Number.MAX_SAFE_INTEGER })) {
      if (decision.agent !== "setup") continue;
      const event = await guildStore().event(decision.eventId);
      const policy = policies.find((one) => one.agents["setup"]?.hash === decision.configHash)!;
      expect(await replay(decision, event!, agents, policy)).toEqual({ same: true });
      replayed++;
    }
    expect(replayed).toBeGreaterThan(30);
  });
});
