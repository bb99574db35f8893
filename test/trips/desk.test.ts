import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { type Agent, defineAgent, type EventOf, propose, type Store } from "#core";
import { createMemoryStore } from "../../src/adapters/memory/store/index.ts";
import { replay } from "../../src/flow/index.ts";
import { GUILD, member, policy } from "../kit/guild.ts";
import { startRoad, type TestRoad } from "../kit/road.ts";

const porter: Agent = defineAgent({
  name: "porter",
  description: "Answers knocks",
  listens: ["command.used", "button.pressed"],
  config: z.unknown(),
  commands: [
    {
      ...{ name: "knock", description: "Knock", reply: "ephemeral", cooldown: { memberSeconds: 30 } },
      options: [{ name: "who", description: "Who", type: "text", autocomplete: true }],
    },
  ],
  buttons: [{ name: "open", reply: "update" }],
  decide: ({ interaction }) => [
    propose(
      { verb: "interaction.reply", interaction, words: { text: "Come in" }, ephemeral: true },
      { rule: "knocked", why: "somebody knocked", confidence: 1 },
    ),
  ],
  modals: [{ name: "guest", title: "Guest", reply: "ephemeral", fields: [] }],
  fields: ({ form, args }) => [{ field: "short", name: form, label: `Who is it, ${args.join()}?` }],
  suggest: (look) => [{ name: look.record("note", "porter:guest")?.text ?? "nobody", value: "guest" }],
});

let house: TestRoad;
afterEach(() => house.stop());

const AT = 1_790_000_000_000;
const used = (id: string, changes: Partial<EventOf<"command.used">> = {}): EventOf<"command.used"> => ({
  ...{ id, guildId: GUILD, at: AT, kind: "command.used", command: "knock", options: {}, by: member("50") },
  ...{ byPermissions: "0", channelId: "20", interaction: { id, sealedToken: "sealed" } },
  ...changes,
});

const open = async (store: Store = createMemoryStore(), usesPerMinute = 3): Promise<void> => {
  house = await startRoad({ agents: [porter], store, policy: { usesPerMinute } });
};

async function decided(id: string): Promise<readonly string[]> {
  const { decisions } = await house.commitOf(({ event }) => event.id === id);
  return decisions.flatMap(({ agent, verdicts }) =>
    verdicts.map(({ proposal, ruling }) => `${agent} ${proposal.rule} ${ruling}`),
  );
}

async function uses(...events: readonly EventOf<"command.used">[]): Promise<readonly string[]> {
  house.bring(...events);
  return (await Promise.all(events.map(({ id }) => decided(id)))).flat();
}

test("too soon is refused by the desk, and the agent never hears of it", async () => {
  await open();
  expect(await uses(used("i:1"), used("i:2", { at: AT + 29_000 }), used("i:3", { at: AT + 30_000 }))).toEqual([
    "porter knocked run",
    "desk refused-cooldown run",
    "porter knocked run",
  ]);
});

test("a cooldown outlives the process", async () => {
  const store = createMemoryStore();
  await open(store);
  expect(await uses(used("i:1"))).toEqual(["porter knocked run"]);
  await house.stop();
  house = await startRoad({ agents: [porter], store });
  expect(await uses(used("i:2", { at: AT + 29_000 }))).toEqual(["desk refused-cooldown run"]);
});

test("whoever hammers is refused for ten minutes, and others are not", async () => {
  await open();
  const again = [0, 1, 2, 3].map((index) => used(`i:${index}`, { at: AT + index, command: "other" }));
  await uses(...again.slice(0, 3));
  expect(await uses(again[3]!)).toEqual(["desk refused-hammering run"]);
  const later = used("i:5", { at: AT + 590_000 });
  const other = used("i:6", { at: AT + 590_000, by: member("51") });
  const free = used("i:7", { at: AT + 601_000 });
  expect(await uses(later, other, free)).toEqual([
    "desk refused-hammering run",
    "porter knocked run",
    "porter knocked run",
  ]);
});

test("a refusal is answered to its member alone, and replays to the byte", async () => {
  await open();
  const press = { ...used("i:1"), kind: "button.pressed", customId: "v1:butler:open", messageId: "9" } as const;
  house.bring(press as unknown as EventOf<"button.pressed">);
  const { decisions, house: writes } = await house.commitOf(({ event }) => event.id === "i:1");
  expect(decisions.map(({ agent }) => agent)).toEqual(["desk"]);
  const orders = writes.flatMap((write) => (write.write === "order.put" ? [write.order.action] : []));
  expect(orders).toMatchObject([{ verb: "interaction.reply", ephemeral: true }]);
  const agents = new Map([[porter.name, porter]]);
  expect(await replay(decisions[0]!, press as never, agents, policy())).toEqual({ same: true });
});

test("suggestions come from memory: what it lacks is there for the next keystroke", async () => {
  const store = createMemoryStore();
  await open(store);
  await house.commitOf(({ event }) => event.kind === "guild.available");
  const typing = { command: "knock", option: "who", partial: "", userId: "50", locale: "en" };
  expect(house.road.suggest(GUILD, typing)).toEqual([{ name: "nobody", value: "guest" }]);
  expect(house.road.suggest("999", typing)).toEqual([]);
});

test("a form's own fields are there before anything came from the guild, and not where the store is away", async () => {
  const memory = createMemoryStore();
  let isAway = false;
  const guild = (id: string) => {
    if (isAway) throw new Error("the database system is starting up");
    return memory.guild(id);
  };
  await open({ ...memory, guild });
  const opening = { agent: "porter", form: "guest", args: ["42"] };
  const fields = [{ field: "short", name: "guest", label: "Who is it, 42?" }];
  expect(await house.road.formFields("999", opening)).toEqual(fields);
  expect(await house.road.formFields(GUILD, { ...opening, agent: "nobody" })).toBeUndefined();
  await house.commitOf(({ event }) => event.kind === "guild.available");
  isAway = true;
  expect(await house.road.formFields(GUILD, opening)).toEqual(fields);
  expect(await house.road.formFields("998", opening)).toBeUndefined();
  isAway = false;
});
