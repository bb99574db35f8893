export { openStore, type StoreOptions } from "./engine/index.ts";
export type { CommitStage } from "./commit/index.ts";
