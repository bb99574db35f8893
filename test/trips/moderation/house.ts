import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { propose, type Agent, type Store } from "#core";
import { createMemoryStore } from "../../../src/adapters/memory/store/index.ts";
import { type HouseCommands, runCli } from "../../../src/doors/cli/index.ts";
import { type Control, startSimulator } from "../../../src/simulator/index.ts";
import { BOT, MODERATOR } from "../../../src/simulator/world/presets.ts";
import { fakeProvider, says } from "../../llm/kit.ts";
import { assembleOn, openOver } from "../../kit/whole-house.ts";
import { aviary, EVERYWHERE, owlery, rookery } from "./policies.ts";
import { type Place, placeOn } from "./place.ts";

const FORUM = 15;

/** Everything the trips of moderation need: one house on the simulator with three guilds, and a model that answers as it is told. */
export interface ModeratedHouse {
  readonly control: Control;
  readonly owlery: Place;
  readonly rookery: Place;
  readonly aviary: Place;
  /** A guild that chooses on the page, and has no file. */
  readonly loft: Place;
  /** An invitation from before the house came. */
  readonly olderInvite: string;
  /** What the model says next, and what it was asked last. */
  readonly model: { verdict: object; asked: number; question: string };
  /** As the page and the terminal would: with the house's own token where nothing else is said. */
  readonly post: (path: string, body: object | URLSearchParams, method?: "PUT") => Promise<Response>;
  /** A line at the terminal, beside the running house: how it ended, and what it printed. */
  readonly guildhall: (line: readonly string[]) => Promise<{ readonly code: number; readonly out: string }>;
  readonly close: () => Promise<void>;
}

/** Bans whomever the owner names, all at once: crowds are the raids', and no trip here wants a raid. */
const crowds: Agent = {
  ...{ name: "crowds", description: "Bans a crowd.", listens: ["message.created"], config: z.unknown() },
  verbs: ["members.bulk-ban"],
  decide(event) {
    if (event.kind !== "message.created" || !event.text.startsWith("out with ")) return [];
    const members = [...event.text.matchAll(/\d{15,}/g)].map(([userId]) => ({ userId, name: userId, roleIds: [] }));
    const action = { verb: "members.bulk-ban", members, deleteSeconds: 0 } as const;
    return [propose(action, { rule: "crowd", why: "came as one", confidence: 1 })];
  },
};

export async function openModerated(knownPicture: string): Promise<ModeratedHouse> {
  const folder = mkdtempSync(join(tmpdir(), "guildhall-moderation-"));
  const store: Store = { ...createMemoryStore(), close: () => Promise.resolve() };
  const simulator = await startSimulator({ rateLimits: "off" });
  const { control } = simulator;
  const model: ModeratedHouse["model"] = { verdict: {}, asked: 0, question: "" };
  const provider = await fakeProvider((request) => {
    model.asked += 1;
    model.question = JSON.stringify(request.messages);
    return says(request, model.verdict);
  });
  const found = (name: string, vanity?: string): Place => {
    const { id } = control.createGuild({
      name,
      roles: [{ name: "regular" }, { name: "guest of honour" }, { name: "helper", permissions: MODERATOR }],
      botRole: { permissions: BOT },
      channels: [
        ...["general", "market", "jokes", "attic", "library", "workshop", "gallery", "staff"].map((one) => ({
          name: one,
        })),
        { name: "questions", type: FORUM },
      ],
      members: [
        { name: "mia" },
        { name: "hugo", roles: ["helper"] },
        { name: "otto", roles: ["helper"] },
        { name: "rita", memberForMs: 86_400_000 },
      ],
    });
    if (vanity !== undefined) control.setVanity(id, vanity);
    return placeOn(control, store, id);
  };
  const places = { owlery: found("Owlery", "hoot"), rookery: found("Rookery"), aviary: found("Aviary") };
  const loft = found("Loft");
  const olderInvite = control.createInvite(places.owlery.guildId, places.owlery.channel("general"));
  const guilds = join(folder, "config", "guilds");
  mkdirSync(guilds, { recursive: true });
  const chosen = [owlery(places.owlery, knownPicture), rookery(places.rookery), aviary(places.aviary)];
  for (const [index, { guildId }] of Object.values(places).entries())
    writeFileSync(join(guilds, `${guildId}.yaml`), JSON.stringify(chosen[index]));
  writeFileSync(join(folder, "config", "phishing.txt"), "# published daily\n0.0.0.0 free-skins.example.net\n");
  const assembled = await assembleOn(simulator, folder, JSON.stringify(EVERYWHERE), {
    ...{ OPENAI_API_KEY: "sk-trips", OPENAI_BASE_URL: `${provider.url}/v1` },
  });
  const policyFor: typeof assembled.policies.policyFor = (...args) => {
    const policy = assembled.policies.policyFor(...args);
    return { ...policy, agents: { ...policy.agents, crowds: { mode: "live", config: {}, hash: "crowds" } } };
  };
  const withCrowds = {
    ...{ ...assembled, agents: [...assembled.agents, crowds] },
    policies: { ...assembled.policies, policyFor },
  };
  const house = await openOver(store, withCrowds, folder);
  const token = readFileSync(join(folder, "access-token"), "utf8").trim();
  return {
    ...{ control, ...places, loft, olderInvite, model },
    post: (path, body, method) =>
      fetch(new URL(path, house.url), {
        method: method ?? "POST",
        ...(body instanceof URLSearchParams
          ? { body }
          : {
              body: JSON.stringify(body),
              headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
            }),
      }),
    async guildhall(line) {
      let out = "";
      const print = (text: string) => void (out += text);
      // Of all that commands can ask for, those of cases take a store and a clock.
      const commands = { version: "0", clock: { now: () => Date.now() }, openStore: () => Promise.resolve(store) };
      const code = await runCli(line, commands as unknown as HouseCommands, {
        ...{ out: print, err: print, columns: 80, colour: false, progress: false, user: "root" },
      });
      return { code, out };
    },
    close: async () => {
      await house.close();
      await simulator.close();
      provider.close();
      rmSync(folder, { recursive: true });
    },
  };
}
