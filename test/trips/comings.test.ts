import { afterAll, beforeAll, expect, test } from "vitest";
import { PermissionFlagsBits } from "discord-api-types/v10";
import { BOT } from "../../src/simulator/world/presets.ts";
import { until } from "../discord/house.ts";
import { openSimulated, type SimulatedHouse } from "../kit/simulated-house.ts";

let place: SimulatedHouse;
beforeAll(async () => {
  place = await openSimulated(
    {
      name: "Owlery",
      roles: [
        { name: "inside" },
        { name: "painter" },
        { name: "sheriff", permissions: PermissionFlagsBits.KickMembers },
      ],
      botRole: { permissions: BOT },
      channels: [{ name: "hall" }],
      members: [{ name: "mia" }],
    },
    ({ channel, role }) => {
      const hall = channel("hall");
      const welcome = { channelId: hall, texts: ["Hello {mention}, you are number {count}"], direct: ["Hi {name}"] };
      const leave = { channelId: hall, texts: ["{name} left, {count} stay"] };
      return {
        greeter: { mode: "live", config: { welcome, leave, after: { roleId: role("inside") } } },
        stickyroles: { mode: "live", config: { afterRoleId: role("inside") } },
      };
    },
  );
});
afterAll(() => place.close());

test("a newcomer is welcomed when they are let in, leaves, and comes back to the roles they had", async () => {
  const { control, guildId, channel, role, said } = place;
  const hall = channel("hall");
  const [inside, painter, sheriff] = [role("inside"), role("painter"), role("sheriff")];
  const texts = () => said(hall).map(({ text }) => text);
  const record = (name: "worn" | "ungreeted", key: string) => async () =>
    (await place.store.guild(guildId).records([{ record: name, key }]))[0];

  const zoe = control.join(guildId, { name: "zoe" });
  await expect.poll(record("ungreeted", zoe)).toBeDefined();
  expect(texts()).toEqual([]);
  const { length: members } = control.members(guildId);
  control.setRoles(guildId, zoe, [inside]);
  await until("the welcome", () => texts().length === 1);
  expect(texts()).toEqual([`Hello <@${zoe}>, you are number ${members}`]);
  expect(control.messages(hall)[0]!.mentions.map(({ id }) => id)).toEqual([zoe]);

  control.setRoles(guildId, zoe, [inside, painter, sheriff]);
  await expect.poll(record("worn", zoe)).toEqual({ roleIds: [painter] });
  control.leave(guildId, zoe);
  await until("the farewell", () => texts().length === 2);
  expect(texts()[1]).toBe(`zoe left, ${members - 1} stay`);

  await place.restart();
  control.join(guildId, { id: zoe, name: "zoe" });
  await expect.poll(record("worn", zoe)).toMatchObject({ owed: [painter] });
  expect(control.member(guildId, zoe)!.roles).toEqual([]);
  control.setRoles(guildId, zoe, [inside]);
  await until("the role", () => control.member(guildId, zoe)!.roles.includes(painter));
  expect(control.member(guildId, zoe)!.roles).not.toContain(sheriff);
});
