export { buildOf } from "./builds.ts";
export { type Environment } from "./environment.ts";
export { loadPolicies, type Policies, type RoadSettings } from "./policies.ts";
export { policyJsonSchema } from "./schema.ts";
export { type Secret } from "./secret.ts";
export { LOG_LEVELS, readSettings, type LogLevel, type Settings, type SettingsSources } from "./settings.ts";
export { chainsOf, checkFirst, VARIABLES, type ModelSettings } from "./model-settings.ts";
export type { ModelChoices } from "./models-schema.ts";
