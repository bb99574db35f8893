import type { Share } from "#core";
import { arrayOf } from "./arrays.ts";

/** The rule of `shardOf`, for a statement whose parameters from this one on are `shareValues`. */
export function ownGuild(parameter: number, column = "guild_id"): string {
  const shard = `case when ${column} ~ '^[0-9]{1,19}$' then (${column}::numeric / 4194304)::bigint % $${parameter}::int else 0 end`;
  return `${shard} = any($${parameter + 1}::int[])`;
}

export function shareValues({ count, ids }: Share): readonly [number, string] {
  return [count, arrayOf(ids)];
}
