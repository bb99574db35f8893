import type { CommitEntry, KillSwitch, Store } from "#core";
import { assembleHouse } from "../../../src/main/assemble.ts";
import { openHouse } from "../../../src/main/house.ts";
import { answerQuestions, Finish, settledMemory } from "./answering.ts";

/** The house as it ships. The named place where a frame is received starts the clock, a durable commit stops it. */
const finish = new Finish();
let guilds = 0;
let greeted: () => void = () => undefined;

const killSwitch: KillSwitch = {
  pass(point) {
    if (point === "received") finish.began();
  },
};

const parts = await assembleHouse(process.env, {}, killSwitch);
let store: Store | undefined;
const house = await openHouse({ ...parts, openStore: openCountingStore });
void house.ended.then((error) => {
  process.stderr.write(`the house ended by itself: ${error.code}\n`);
  process.exit(1);
});

answerQuestions(
  {
    ready,
    watch: ({ count }: { count: number }) => finish.watch(count),
    reached: () => finish.reached(),
    memory: settledMemory,
    describe: () => store!.describe(),
  },
  () => house.close(),
);

async function openCountingStore() {
  const opened = await parts.openStore();
  store = opened.store;
  const { commit } = opened.store;
  const counting: Store = {
    ...opened.store,
    async commit(group) {
      const result = await commit(group);
      if (result.refusal === undefined) counted(group.entries);
      return result;
    },
  };
  return { ...opened, store: counting };
}

function counted(entries: readonly CommitEntry[]): void {
  let messages = 0;
  for (const { event } of entries) {
    if (event.kind === "message.created") messages++;
    if (event.kind === "guild.available") guilds++;
  }
  finish.passed(messages);
  greeted();
}

/** All guilds have come and are stored. */
async function ready({ guilds: expected }: { guilds: number }): Promise<void> {
  while (guilds < expected) await new Promise<void>((resolve) => (greeted = resolve));
}
