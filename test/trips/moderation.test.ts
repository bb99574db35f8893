import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pictureHash } from "#core/files/index";
import { greyGrid } from "../../src/adapters/discord/drawing/grey-grid.ts";
import { caseworkTrips } from "./moderation/casework.ts";
import { complaintTrips } from "./moderation/complaints.ts";
import { DEMANDED } from "./moderation/demanded.ts";
import { type ModeratedHouse, openModerated } from "./moderation/house.ts";
import { judgementTrips } from "./moderation/judgement.ts";
import { measureTrips } from "./moderation/measures.ts";
import { nativeTrips } from "./moderation/native.ts";
import { shown, shows } from "./moderation/shown.ts";
import { drawing, triggerTrips } from "./moderation/triggers.ts";

/** The house as it ships, on the simulator: every trigger, measure, step, exception, undo and appeal there is, and a list that says so. */
let house: ModeratedHouse;
beforeAll(async () => {
  house = await openModerated(pictureHash((await greyGrid(drawing("magpie")))!)!);
});
afterAll(() => house.close());

triggerTrips(() => house);
measureTrips(() => house);
nativeTrips(() => house);
judgementTrips(() => house);
caseworkTrips(() => house);
complaintTrips(() => house);

describe("the list of what moderation can do", () => {
  it("has a trip for each deed of the two agents that was ordered here", async () => {
    for (const { store } of [house.owlery, house.rookery, house.aviary, house.loft]) {
      for await (const { agent, verdicts } of store.decisions({ from: 0, to: Number.MAX_SAFE_INTEGER })) {
        if (agent !== "moderation" && agent !== "casework") continue;
        const run = verdicts.filter(({ ruling }) => ruling === "run");
        shows(...run.map(({ proposal }) => `does ${proposal.action.verb}`));
      }
    }
    expect(house.control.failures()).toEqual([]);
  });

  it("has a trip for everything the settings and the words of the house name, and names nothing else", () => {
    const missing = DEMANDED.filter((one) => !shown().has(one));
    const unknown = [...shown()].filter((one) => !DEMANDED.includes(one) && !one.startsWith("does "));
    expect({ missing, unknown }).toEqual({ missing: [], unknown: [] });
  });
});
