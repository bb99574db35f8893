import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { scanAgents } from "../../src/main/agents.ts";
import { message } from "../kit/guild.ts";
import { startRoad } from "../kit/road.ts";

/** Inside the checkout, so that `#core` means what it means to every agent. */
const base = join(import.meta.dirname, "..", "..", ".tmp");
let folder: string;

beforeEach(() => {
  mkdirSync(base, { recursive: true });
  folder = mkdtempSync(join(base, "house-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const GREETER = `
import { consider, defineAgent, propose } from "#core";
import { z } from "zod";

export default defineAgent({
  name: "greeter",
  description: "Answers a greeting",
  listens: ["message.created"],
  config: z.strictObject({ greeting: z.string().default("Welcome") }),
  decide: (event) => (event.text === "hello" ? [consider({ name: event.author.name })] : []),
  async consider(event, look, config, about) {
    const answer = await look.ask({ prompt: "greeter/greeting", variables: about, schema: z.string() });
    const text = answer.ok ? answer.value : config.greeting + ", " + about.name;
    return [propose({ verb: "message.send", channelId: event.channelId, words: { text } }, { rule: "greeting", why: "says hello", confidence: 1 })];
  },
});
`;

test("a further agent costs one folder and its prompt", async () => {
  mkdirSync(join(folder, "agents", "greeter"), { recursive: true });
  mkdirSync(join(folder, "prompts", "greeter"), { recursive: true });
  writeFileSync(join(folder, "agents", "greeter", "index.ts"), GREETER);
  writeFileSync(join(folder, "prompts", "greeter", "greeting.md"), "---\ntier: small\n---\nGreet <%= it.name %>.\n");
  const agents = await scanAgents(join(folder, "agents"));
  expect(agents.map(({ name }) => name)).toEqual(["greeter"]);
  const house = await startRoad({ agents, config: { greeter: agents[0]!.config.parse({}) } });
  house.bring(message("hello"));
  await house.commitOf(({ event }) => event.kind === "action.done");
  expect(house.world.performed.map(({ action }) => action)).toMatchObject([
    { verb: "message.send", words: { text: "Welcome, member-50" } },
  ]);
  await house.stop();
});

test.each([
  ["no entry", undefined, "needs an index.ts"],
  ["no agent", "export default 1;", "the default export is no agent"],
  ["another name", GREETER.replace('name: "greeter"', 'name: "herald"'), 'calls itself "herald"'],
  ["an unknown event", GREETER.replace('"message.created"', '"message.dreamt"'), 'listens to "message.dreamt"'],
  ["broken code", "export default {", "cannot be loaded"],
])("a folder with %s is refused in one line", async (_what, code, words) => {
  mkdirSync(join(folder, "agents", "greeter"), { recursive: true });
  if (code !== undefined) writeFileSync(join(folder, "agents", "greeter", "index.ts"), code);
  await expect(scanAgents(join(folder, "agents"))).rejects.toMatchObject({
    code: "configuration",
    message: expect.stringContaining(words) as string,
  });
});

test("the directory is the registry: every folder in agents/ is found", async () => {
  const directory = join(import.meta.dirname, "..", "..", "agents");
  const folders = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const agents = await scanAgents(directory);
  expect(agents.map(({ name }) => name)).toEqual(folders.map(({ name }) => name).sort());
});
