import { expect, it } from "vitest";
import { Outage } from "./outage.ts";

function watched() {
  const told: (readonly [string, object, string])[] = [];
  const at = (level: string) => (fields: object, text: string) => void told.push([level, fields, text]);
  const log = { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
  const clock = { moment: 0, now: () => clock.moment };
  return { outage: new Outage(clock, log), clock, told };
}

const refused = Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
const full = new Error("commit failed", { cause: Object.assign(new Error("no space"), { code: "53100" }) });

it("is told once, once more each minute, and when it is over", () => {
  const { outage, clock, told } = watched();
  for (clock.moment = 0; clock.moment <= 70_000; clock.moment += 5_000) outage.goesOn(refused);
  outage.over();
  outage.over();
  expect(told.map(([level, fields]) => [level, fields])).toEqual([
    ["warn", { seconds: 0, code: "ECONNREFUSED" }],
    ["warn", { seconds: 60, code: "ECONNREFUSED" }],
    ["info", { seconds: 75 }],
  ]);
});

it("says what it waits for, for as long as it waits", () => {
  const { outage, clock } = watched();
  expect(outage.finding()).toBeUndefined();
  outage.goesOn(refused);
  clock.moment = 12_000;
  expect(outage.finding()).toBe("the database is away; waiting for 12 s");
  outage.over();
  expect(outage.finding()).toBeUndefined();
});

it("names a full disk at once, however deep the cause lies", () => {
  const { outage, clock, told } = watched();
  outage.goesOn(refused);
  clock.moment = 1_000;
  outage.goesOn(full);
  expect(told.map(([, , text]) => text)).toEqual([
    "the database is away; nothing is lost, it is waited for",
    "the database's disk is full; nothing is lost, it is waited for",
  ]);
  expect(outage.finding()).toBe("the database's disk is full; waiting for 1 s");
});
