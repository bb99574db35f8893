import { afterEach, beforeEach, expect, it } from "vitest";
import { APPEALS, customId, type Declared, type Words } from "#core";
import { type House, openHouse, until, untilReady } from "./house.ts";
import { orderOf } from "./orders.ts";

/** A button under a direct message: there is no guild there, and whoever presses it may have been banned from ours. */
const AGENTS: readonly Declared[] = [
  {
    name: APPEALS.agent,
    buttons: [{ name: APPEALS.button, reply: "modal", opens: APPEALS.button }],
    modals: [
      {
        ...{ name: APPEALS.button, title: "Why?", reply: "ephemeral" },
        fields: [{ name: "text", label: "Why?", field: "paragraph", required: true }],
      },
    ],
  },
];

let house: House;
beforeEach(async () => (house = await openHouse({ rateLimits: "off" })));
afterEach(() => house.close());

it("is pressed and its form sent by somebody who was banned, and is heard as an event of the guild it names", async () => {
  const { control } = house.simulator;
  const guild = control.createGuild({ name: "Owlery", members: [{ name: "ada" }, { name: "bo" }] });
  const bo = control.members(guild.id).find((one) => one.user.username === "bo")!.user.id;
  const connection = await house.connect({ agents: AGENTS });
  await untilReady(connection);
  const perform = (order: ReturnType<typeof orderOf>) =>
    connection.executor.perform(order, new AbortController().signal);
  const opened = await perform(orderOf(guild.id, { verb: "dm.open", userId: bo }, { id: "o#0" }));
  const { channelId } = (opened as { result: { channelId: string } }).result;
  const button = customId(APPEALS.agent, APPEALS.button, guild.id, "#7");
  const words: Words = {
    text: "You were banned.",
    components: [[{ component: "button", customId: button, label: "No" }]],
  };
  const sent = await perform(orderOf(guild.id, { verb: "message.send", channelId, words }, { id: "o#1" }));
  const { messageId } = (sent as { result: { messageId: string } }).result;
  control.banByHand(guild.id, guild.ownerId, bo);

  const pressed = control.pressInDirectMessage(bo, messageId, button);
  await until("the form", () => control.interaction(pressed).modal !== undefined);
  const form = control.submitModal(pressed, { text: "It was not me." });
  await until("the form's event", () => house.road.events().some(({ id }) => id === `i:${form}`));
  expect(house.road.events().find(({ id }) => id === `i:${form}`)).toMatchObject({
    ...{ kind: "modal.submitted", guildId: guild.id, byPermissions: "0", fields: { text: "It was not me." } },
    ...{ customId: button, by: { userId: bo, roleIds: [] } },
  });
});
