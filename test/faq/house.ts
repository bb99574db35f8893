import {
  type ActionOf,
  type EventOf,
  type GuildEvent,
  type MessageFacts,
  type OptionValue,
  Permission,
  type Store,
  type Verb,
} from "#core";
import faq from "../../agents/faq/index.ts";
import { configSchema } from "../../agents/faq/config.ts";
import { manualClock } from "../../src/adapters/memory/clock.ts";
import { createMemoryStore } from "../../src/adapters/memory/store/index.ts";
import { BOT, directory, GUILD, member, message } from "../kit/guild.ts";
import { createWorld, startRoad, type TestRoad, type TestRoadOptions } from "../kit/road.ts";

export const START = 1_790_000_000_000;
export const FORUM = "30";
export const POST = "31";

const EVERYTHING = Permission.ADMINISTRATOR.toString();
const wide = {
  ...directory,
  roles: { ...directory.roles, "13": { ...directory.roles["13"]!, permissions: EVERYTHING } },
  channels: {
    ...directory.channels,
    [FORUM]: { id: FORUM, name: "help", type: 15, overwrites: [] },
    [POST]: {
      id: POST,
      name: "Key does not fit",
      type: 11,
      parentId: FORUM,
      overwrites: [],
      thread: { ownerId: "50" },
    },
  },
};

type Config = Parameters<typeof configSchema.parse>[0];

/** The FAQ in a house: what is brought, what was done, and waiting for both. */
export interface FaqHouse extends TestRoad {
  said<V extends Verb>(verb: V): readonly ActionOf<V>[];
  /** Brings an event and resolves once everything it leads to is done, answered and committed. */
  happens(event: GuildEvent): Promise<void>;
  command(
    name: string,
    options?: Readonly<Record<string, OptionValue>>,
    rest?: Partial<EventOf<"command.used">>,
  ): Promise<string>;
  press(customId: string, rest?: Partial<EventOf<"button.pressed">>): Promise<string>;
  submit(customId: string, fields: Readonly<Record<string, string>>): Promise<string>;
  choose(customId: string, value: string): Promise<string>;
  says(text: string, rest?: Partial<EventOf<"message.created">>): Promise<EventOf<"message.created">>;
  now(): number;
}

export interface FaqOptions {
  readonly config?: Config;
  readonly store?: Store;
  readonly mode?: "live" | "shadow";
  readonly llm?: TestRoadOptions["llm"];
  readonly files?: Readonly<Record<string, string>>;
  readonly guildId?: string;
  /** What is pinned, by channel; a channel that is missing cannot be read. */
  readonly pins?: Readonly<Record<string, readonly MessageFacts[]>>;
}

let ids = 0;

export async function openFaq(options: FaqOptions = {}): Promise<FaqHouse> {
  const clock = manualClock(START + ++ids * 1_000);
  const world = createWorld();
  world.answer = ({ action }) => {
    if (action.verb === "message.send")
      return { kind: "done", result: { channelId: action.channelId, messageId: `sent-${++ids}` } };
    const text = action.verb === "file.read" ? options.files?.[action.url] : "";
    if (text === undefined) return { kind: "failed", code: "file.gone", why: "gone" };
    return { kind: "done", result: action.verb === "file.read" ? { text } : {} };
  };
  const config = configSchema.parse(options.config ?? {});
  const agents = { faq: { mode: options.mode ?? "live", config, hash: "test" } } as const;
  const house = await startRoad({
    ...{ agents: [faq], clock, world, store: options.store ?? createMemoryStore() },
    policy: { agents },
    ...(options.llm === undefined ? {} : { llm: options.llm }),
    ...(options.pins !== undefined && { pins: () => ({ read: async (id) => options.pins![id] }) }),
  });
  house.bring({ id: `g:${++ids}`, guildId: GUILD, at: clock.now(), kind: "guild.available", directory: wide });
  const said = <V extends Verb>(verb: V) =>
    world.performed.flatMap(({ action }) => (action.verb === verb ? [action as ActionOf<V>] : []));

  async function happens(event: GuildEvent): Promise<void> {
    house.bring(event);
    await house.commitOf((entry) => entry.event.id === event.id && entry.considered === undefined);
    await settled(event.id);
  }

  /** Slow halves are committed, and every order they led to has its outcome. */
  async function settled(eventId: string): Promise<void> {
    for (;;) {
      const own = house.committed.filter(({ event }) => event.id === eventId);
      const waiting = own.flatMap(({ house: writes }) => writes);
      if (
        waiting.some(({ write }) => write === "pending.put") &&
        !own.some((entry) => entry.considered !== undefined)
      ) {
        await house.commitOf((entry) => entry.event.id === eventId && entry.considered !== undefined);
        continue;
      }
      const orders = waiting.flatMap((change) => (change.write === "order.put" ? [change.order.id] : []));
      for (const id of orders)
        await house.commitOf(
          ({ event }) => "orderId" in event && event.kind !== "message.echoed" && event.orderId === id,
        );
      // What an outcome itself leads to, such as a mended answer or a file's report.
      const later = house.committed.filter(({ event }) => "orderId" in event && orders.includes(event.orderId));
      const further = later.flatMap(({ house: writes }) =>
        writes.flatMap((change) => (change.write === "order.put" ? [change.order.id] : [])),
      );
      for (const id of further) await house.commitOf(({ event }) => "orderId" in event && event.orderId === id);
      return;
    }
  }

  const use = () => {
    clock.advance(5_000);
    const id = String(++ids);
    return {
      ...{
        id: `i:${id}`,
        guildId: GUILD,
        at: clock.now(),
        by: member("60"),
        byPermissions: EVERYTHING,
        channelId: "20",
      },
      interaction: { id, sealedToken: "sealed", locale: "en-US" },
    };
  };
  const answered = async (event: GuildEvent): Promise<string> => {
    await happens(event);
    const interaction = (event as EventOf<"command.used">).interaction.id;
    return said("interaction.reply").findLast((reply) => reply.interaction.id === interaction)?.words.text ?? "";
  };

  return {
    ...house,
    ...{ said, happens, now: clock.now },
    command: (command, given = {}, rest = {}) =>
      answered({ ...use(), kind: "command.used", command, options: given, ...rest }),
    press: (customId, rest = {}) => answered({ ...use(), kind: "button.pressed", customId, messageId: "900", ...rest }),
    submit: (customId, fields) => answered({ ...use(), kind: "modal.submitted", customId, fields }),
    choose: (customId, value) =>
      answered({ ...use(), kind: "select.chosen", customId, messageId: "900", values: [value] }),
    async says(text, rest = {}) {
      clock.advance(5_000);
      const event = message(text, { at: clock.now(), ...rest });
      const own = { ...event, id: `m:${event.messageId}` };
      await happens(own);
      return own;
    },
  };
}

export const FACTS: readonly (readonly [string, string])[] = [
  ["How do I reset my password?", "Open your account page and choose “forgotten”."],
  ["When is the weekly meeting?", "Every Tuesday at seven in the evening, in the big hall."],
  ["Where can I buy a ticket?", "At the desk, or online until noon."],
];

export async function taught(house: FaqHouse, facts: typeof FACTS = FACTS): Promise<void> {
  for (const [question, answer] of facts) await house.submit("v1:faq:entry", { question, answer });
}

export { BOT, GUILD, member, message };
