import { afterEach, expect, it } from "vitest";
import { type Directory, followEvent, Permission } from "#core";
import { type House, openHouse, until, untilReady } from "./house.ts";

let house: House;
afterEach(() => house.close());

const fold = (before: Directory | undefined): Directory => house.road.events().reduce(followEvent, before)!;

/** With the bot's own token, as its hands would. */
async function rest<T>(method: string, path: string, body?: object): Promise<T> {
  const { apiUrl, token } = house.simulator;
  const headers = { authorization: `Bot ${token}`, "content-type": "application/json" };
  const answer = await fetch(`${apiUrl}/v10${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

it("is after a RESUME in a new process what a new session would be told", async () => {
  house = await openHouse({ rateLimits: "off" });
  const { control } = house.simulator;
  const roles = [{ name: "regular" }, { name: "goes" }];
  const guild = control.createGuild({ name: "Owlery", roles, members: [{ name: "ada" }, { name: "bo" }] });
  const [general] = control.channels(guild.id);
  const doomed = await rest<{ id: string }>("POST", `/guilds/${guild.id}/channels`, { name: "doomed", type: 0 });
  const within = await rest<{ id: string }>("POST", `/channels/${doomed.id}/threads`, { name: "in it", type: 11 });
  const kept = await rest<{ id: string }>("POST", `/channels/${general!.id}/threads`, { name: "kept", type: 11 });
  const left = await rest<{ id: string }>("POST", `/channels/${general!.id}/threads`, { name: "left", type: 11 });
  const done = await rest<{ id: string }>("POST", `/channels/${general!.id}/threads`, { name: "done", type: 11 });
  const first = await house.connect();
  await untilReady(first);
  await until("the guild", () => house.road.of("guild.available").length === 1);
  const before = fold(undefined);
  expect(Object.keys(before.channels)).toEqual(expect.arrayContaining([within.id, kept.id, done.id]));
  const checkpoint = house.road.commit(first);
  await first.close();
  house.road.arrivals.length = 0;

  const role = (name: string) => control.roles(guild.id).find((one) => one.name === name)!;
  const added = control.createRole(guild.id, { name: "added" });
  control.setPermissions(guild.id, role("regular").id, Permission.BAN_MEMBERS);
  control.setRoles(guild.id, first.botUserId, [...before.botRoleIds, added.id]);
  control.setOverwrite(general!.id, { id: guild.id, deny: Permission.ADD_REACTIONS });
  control.createChannel(guild.id, { name: "new", type: 0 });
  control.join(guild.id, { name: "cy" });
  control.leave(guild.id, control.join(guild.id, { name: "dee" }));
  await rest("DELETE", `/guilds/${guild.id}/roles/${role("goes").id}`);
  await rest("DELETE", `/channels/${doomed.id}`);
  await rest("PATCH", `/channels/${done.id}`, { archived: true });
  await rest("DELETE", `/channels/${left.id}/thread-members/@me`);
  await rest("PATCH", `/channels/${kept.id}`, { name: "renamed" });
  const opened = await rest<{ id: string }>("POST", `/channels/${general!.id}/threads`, { name: "opened", type: 11 });
  control.timeoutByHand(guild.id, guild.ownerId, first.botUserId, 60_000);

  const second = await house.connect({ checkpoint: () => Promise.resolve(checkpoint) });
  await untilReady(second);
  await until("the last change", () => fold(before).botTimeoutUntil !== undefined);
  const followed = fold(before);
  expect(house.road.of("guild.available")).toEqual([]);
  expect(house.simulator.control.counters().resumed).toBe(1);
  await second.close();
  house.road.arrivals.length = 0;

  await house.connect();
  await until("the guild once more", () => house.road.of("guild.available").length === 1);
  expect(followed).toEqual(fold(undefined));
  expect(before.channels[left.id]?.thread?.joined).toBe(true);
  expect(followed.channels[left.id]?.thread?.joined).toBeUndefined();
  expect(Object.keys(followed.channels)).toEqual(expect.arrayContaining([kept.id, opened.id]));
  for (const gone of [doomed.id, within.id, done.id]) expect(followed.channels).not.toHaveProperty(gone);
});
