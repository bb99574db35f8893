export { createRoad, type RoadParts, type RunningRoad } from "./road.ts";
export { rehearse, type Rehearsed } from "./rehearse/rehearse.ts";
export { replay, type Replayed } from "./replay/replay.ts";
export { judge } from "./judge/judge.ts";
