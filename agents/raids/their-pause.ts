import type { Effect, EventOf, Raid } from "#core";
import { kept, noted } from "./raid.ts";

/** Two clocks never agree, and Discord rounds. */
const TOLERANCE = 10_000;

/**
 * How long the pause lasts as Discord tells it. A longer one that was asked for is the house's to end when all is calm; what a
 * human has done unasked is theirs, and stays as they left it.
 */
export function onPauseTold(raid: Raid, { change, at }: EventOf<"directory.changed">): readonly Effect[] {
  const { pausedUntil, pauseSeen, askedUntil, pauseIsTheirs } = raid;
  if (change.change !== "guild.facts" || pausedUntil === undefined) return [];
  const told = change.incidents?.invitesOffUntil ?? 0;
  if (Math.abs(told - pausedUntil) <= TOLERANCE) return pauseSeen === true ? [] : [kept({ ...raid, pauseSeen: true })];
  // Before the pause was seen to hold, one that does not is merely on its way.
  if (pauseSeen !== true && told < pausedUntil) return [];
  const isOver = told <= at;
  if (isOver && pausedUntil <= at + TOLERANCE) return [];
  if (told > pausedUntil && askedUntil !== undefined && pauseIsTheirs !== true)
    return [kept(prolonged(raid, at, told, "a human allowed a longer pause"))];
  const why = isOver ? "a human ended the pause" : "a human changed how long the pause lasts";
  return [kept({ ...prolonged(raid, at, told, why), pauseIsTheirs: true })];
}

function prolonged(raid: Raid, at: number, told: number, why: string): Raid {
  return { ...noted(raid, { at, what: "by-hand", why }), pausedUntil: Math.max(told, at), pauseSeen: true };
}
