import type { Gathering, Records, Rsvps, Write } from "#core";
import type { TestHouse } from "./house.ts";
import { CHANNELS, GUILD } from "./road.ts";

const HOUR = 3_600_000;

/** An event in the lounge with room for two: one comes and was there early, one may come. */
export async function planned(house: TestHouse, startsAt: number): Promise<void> {
  const gathering: Gathering = {
    ...{ number: 1, status: "planned", title: "Owl night", startsAt, endsAt: startsAt + 2 * HOUR, zone: "UTC" },
    ...{ place: { kind: "voice", channelId: CHANNELS.lounge }, capacity: 2, hostId: "900000000000000101" },
    ...{ hostName: "Mia", cohostIds: [], channelId: CHANNELS.kitchen, createdAt: startsAt - HOUR, sequence: 0 },
  };
  const rsvps: Rsvps = {
    ...{ going: ["900000000000000102"], waiting: [], maybe: ["900000000000000103"], no: [], reminders: {} },
  };
  const put = <N extends keyof Records>(record: N, key: string, value: Records[N]) => ({
    owner: "events",
    change: { write: "record.put", record, key, value } as Write,
  });
  const at = startsAt - HOUR;
  const event = { id: `g:${at}`, guildId: GUILD, at, kind: "clock.struck", timer: "", owner: "", payload: 0 } as const;
  await house.road.commit({
    event,
    writes: [
      put("gatherings", "all", { open: [1], past: [] }),
      put("gathering", "1", gathering),
      put("rsvps", "1", rsvps),
      put("turnout", "1", { seconds: { "900000000000000102": 720 } }),
    ],
  });
}
