import { parseArgs } from "node:util";
import { allowBan, bannedOf, putBack, restOf, unharmed, until } from "./aftermath.ts";
import { raid } from "./raid.ts";
import { openScene, standOf } from "./scene.ts";

/** `npm run raid`: the whole form. Exit 0 where everything held, 1 with what did not. */
const { values } = parseArgs({
  options: {
    joins: { type: "string", default: "1000" },
    seconds: { type: "string", default: "60" },
    innocents: { type: "string", default: "50" },
    guilds: { type: "string", default: "31" },
    traffic: { type: "string", default: "20" },
    kill: { type: "boolean", default: false },
  },
});
const [joins, seconds, innocents, guilds, traffic] = [values.joins, values.seconds, values.innocents, values.guilds, values.traffic].map(Number) as [number, number, number, number, number]; // prettier-ignore

const scene = await openScene(guilds);
const before = standOf(scene);
const outcome = await raid(scene, { joins, seconds, innocents, kill: values.kill, traffic: values.kill ? 0 : traffic });
const endedAt = Date.now();
await putBack(scene, before, 240);
const backAfter = (Date.now() - endedAt) / 1_000;
await allowBan(scene, 30);
const wanted = Math.floor(outcome.raiders.length * 0.9);
await until("the raiders to be banned", 60, () =>
  Promise.resolve(bannedOf(scene, outcome.raiders) >= wanted || undefined),
);
const figures = {
  joins: outcome.raiders.length + outcome.innocents.length,
  joinsBeforeAction: outcome.joinsBeforeAction,
  spamSaid: outcome.spamSaid,
  spamRefused: outcome.spamRefused,
  raidersBanned: `${bannedOf(scene, outcome.raiders)} of ${outcome.raiders.length}`,
  innocentsBanned: bannedOf(scene, outcome.innocents),
  innocentsFree: `${unharmed(scene, outcome).length} of ${outcome.innocents.length}`,
  putBackSecondsAfterTheEnd: backAfter,
  othersQuietP99Ms: outcome.quietP99,
  othersBusyP99Ms: outcome.busyP99,
  rest: restOf(scene),
};
process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
await scene.close();
const isGood =
  figures.innocentsBanned === 0 &&
  figures.innocentsFree === `${outcome.innocents.length} of ${outcome.innocents.length}` &&
  figures.rest.busiest <= 50 &&
  !(outcome.busyP99 > 2 * outcome.quietP99);
process.exitCode = isGood ? 0 : 1;
