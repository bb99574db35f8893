export { loadOrCreateKeys } from "./keys.ts";
export { createSeal, type SealKeys } from "./seal.ts";
