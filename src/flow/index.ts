export { createRoad, type RoadParts, type RunningRoad } from "./road.ts";
export { rehearse, type Rehearsed } from "./rehearse/rehearse.ts";
export { replay, type Replayed } from "./replay/replay.ts";
export { judge } from "./judge/judge.ts";
export { brief } from "./approvals/card.ts";
export { CARD_FORMS } from "./approvals/forms.ts";
export { optionsFor, readModification } from "./approvals/modify.ts";
