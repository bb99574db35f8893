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
      roles: [{ name: "red" }, { name: "blue" }, { name: "sheriff", permissions: PermissionFlagsBits.BanMembers }],
      botRole: { permissions: BOT },
      channels: [{ name: "roles" }],
      members: [{ name: "mia" }, { name: "ada" }],
    },
    () => ({ selfroles: { mode: "live" } }),
  );
});
afterAll(() => place.close());

const has = (name: string) => {
  const { control, guildId, who, role } = place;
  return control.member(guildId, who("ada"))!.roles.includes(role(name));
};

async function setUp(fields: Record<string, string | readonly string[]>): Promise<string> {
  const { control, guildId, channel, who } = place;
  const opened = control.useCommand(guildId, channel("roles"), who("mia"), "selfroles panel");
  await until("the form", () => control.interaction(opened).modal !== undefined);
  return control.submitModal(opened, { title: "Colours", text: "*Pick* one", ...fields });
}

test("a panel of buttons is set up by a form, and works for a house that was not there when it was", async () => {
  const { control, guildId, channel, who, role, said, buttons, answered } = place;
  const roles = channel("roles");
  const wrong = await setUp({ roles: [role("red"), role("sheriff")], limit: ["one"], style: ["buttons"] });
  await answered(wrong, /sheriff gives power over others \(BAN_MEMBERS\)/);
  expect(said(roles)).toEqual([]);

  const sent = await setUp({ roles: [role("red"), role("blue")], limit: ["one"], style: ["buttons"] });
  await answered(sent, /Panel #1 is on its way/);
  await until("the panel", () => said(roles).length === 1);
  const panel = said(roles)[0]!.id;
  expect(buttons(roles, panel)).toEqual([role("red"), role("blue")].map((id) => `v1:selfroles:toggle:1:${id}`));
  await expect
    .poll(async () => (await place.store.guild(guildId).records([{ record: "rolePanel", key: "1" }]))[0])
    .toMatchObject({ messageId: panel });

  await place.restart();
  const press = (name: string) =>
    control.pressButton(guildId, roles, who("ada"), panel, `v1:selfroles:toggle:1:${role(name)}`);
  await answered(press("red"), /You now have \*\*red\*\*/);
  await until("the role", () => has("red"));
  await answered(press("blue"), /You gave back \*\*red\*\*/);
  await until("the other role", () => has("blue") && !has("red"));
  await answered(press("red"), /You now have \*\*red\*\*/);
  await until("the first role again", () => has("red") && !has("blue"));
  await answered(press("red"), /One role must stay/);

  const changing = control.useCommand(guildId, roles, who("mia"), "selfroles change", { number: 1 });
  await until("the form", () => control.interaction(changing).modal !== undefined);
  const changed = control.submitModal(changing, { title: "Hues", text: "", roles: [], limit: ["any"] });
  await answered(changed, /Panel #1 in <#\d+> changes/);
  await until("the panel to change", () => said(roles)[0]!.text.startsWith("Hues\n*Pick* one"));
  expect(said(roles).map(({ id }) => id)).toEqual([panel]);
  await answered(press("blue"), /You now have \*\*blue\*\*/);
  await until("both roles", () => has("red") && has("blue"));

  const removed = control.useCommand(guildId, roles, who("mia"), "selfroles remove", { number: 1 });
  await answered(removed, /Panel #1 is gone/);
  await until("the panel to go", () => said(roles).length === 0);
});

test("reactions hand out roles, too, and take them back", async () => {
  const { control, channel, who, role, said } = place;
  const roles = channel("roles");
  control.setRoles(place.guildId, who("ada"), []);
  await setUp({ roles: [role("red"), role("blue")], limit: ["any"], style: ["reactions"] });
  await until("the panel", () => said(roles).length === 1);
  const panel = said(roles)[0]!.id;
  await until("both letters", () => Object.keys(control.reactions(roles, panel)).length === 2);
  control.react(roles, panel, who("ada"), "🇧");
  await until("the role", () => has("blue"));
  control.unreact(roles, panel, who("ada"), "🇧");
  await until("the role to go", () => !has("blue"));
});
