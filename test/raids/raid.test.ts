import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allowBan, bannedOf, endByHand, putBack, restOf, settled, unharmed, until } from "./aftermath.ts";
import { raid } from "./raid.ts";
import { openScene, type Scene, standOf } from "./scene.ts";

let scene: Scene;
beforeAll(async () => void (scene = await openScene(2)), 60_000);
afterAll(() => scene.close());

/** The form for every run; `npm run raid` does the whole one: 1,000 joins, 60 seconds, 30 other guilds. */
describe("a raid on a house in a process of its own", () => {
  it("is stopped, and after it everything and everybody innocent is as before, though the house is killed in the middle", async () => {
    const before = standOf(scene);
    const outcome = await raid(scene, { joins: 90, seconds: 4, innocents: 9, kill: true, traffic: 0 });
    expect(outcome.joinsBeforeAction).toBeLessThan(20);
    expect(outcome.changed).toBe(true);
    // Those who spoke were noticed: the channel they spoke in is shut.
    const isLocked = () => restOf(scene).locks > 0 || undefined;
    await until("the channel to be locked", 10, () => Promise.resolve(isLocked()));
    await settled(scene, 20);
    endByHand(scene);
    await putBack(scene, before, 15);
    await allowBan(scene, 10);
    await until("the raiders to be banned", 10, () =>
      Promise.resolve(bannedOf(scene, outcome.raiders) >= 70 ? true : undefined),
    );
    expect(bannedOf(scene, outcome.innocents)).toBe(0);
    expect(unharmed(scene, outcome)).toHaveLength(9);
    expect(restOf(scene).busiest).toBeLessThanOrEqual(50);
  }, 60_000);

  it("and whoever comes later reads letters at the gate, or is let in by staff", async () => {
    const { control } = scene.simulator;
    const { guildId, channelIds, userIds, roleIds } = scene.guild;
    const [channelId, moderator] = [channelIds["general"]!, userIds["benedek"]!];
    control.useCommand(guildId, channelId, userIds["marisol"]!, "gate panel", {});
    const hasButton = ({ components = [] }: { components?: readonly unknown[] }) =>
      JSON.stringify(components).includes("v1:gatekeeper:enter");
    const panel = await until("the panel", 10, () => Promise.resolve(control.messages(channelId).find(hasButton)));
    const newcomer = control.join(guildId, { name: "ines", accountAgeMs: 900 * 86_400_000 });
    const pressed = control.pressButton(guildId, channelId, newcomer, panel.id, "v1:gatekeeper:enter");
    const shown = await until("the letters", 10, () => {
      const view = control.interaction(pressed);
      return Promise.resolve(view.embeds.length > 0 && !view.thinking ? view : undefined);
    });
    expect(JSON.stringify(shown.embeds)).toContain("letters.png");
    expect(shown.ephemeral).toBe(true);
    const roles = () => control.member(guildId, newcomer)?.roles ?? [];
    expect(roles()).toEqual([]);
    control.useCommand(guildId, channelId, moderator, "gate admit", { member: newcomer });
    await until("the role", 10, () => Promise.resolve(roles().includes(roleIds["regular"]!) || undefined));
  }, 30_000);

  it("and a moderator's account that deletes channels loses its power, and the channels are made again", async () => {
    const { control } = scene.simulator;
    const { guildId, channelIds, userIds, roleIds } = scene.guild;
    const rogue = userIds["benedek"]!;
    const moderator = control.roles(guildId).find(({ id }) => id === roleIds["moderator"])!;
    control.setPermissions(guildId, moderator.id, BigInt(moderator.permissions) | (1n << 4n));
    const doomed = ["media", "events", "help"];
    const named = () => control.channels(guildId).map(({ name }) => name);
    for (const name of doomed) control.deleteChannelByHand(rogue, channelIds[name]!);
    expect(named()).not.toEqual(expect.arrayContaining(doomed));
    const isDone = () =>
      doomed.every((name) => named().includes(name)) && control.member(guildId, rogue)!.roles.length === 0;
    await until("the guild to be whole again", 15, () => Promise.resolve(isDone() || undefined));
    expect(() => control.deleteChannelByHand(rogue, channelIds["general"]!)).toThrow();
  }, 30_000);
});
