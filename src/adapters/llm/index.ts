export { createGateway, type GatewayChoices, type GatewayParts, type ModelGateway } from "./gateway.ts";
export type { ProviderHealth } from "./ask/health.ts";
export type { FailureKind } from "./providers/failure.ts";
export { loadPrompts, TIERS, type Prompts, type Tier } from "./prompts/prompts.ts";
export { PROVIDERS, modelName, type Access, type Provider } from "./providers/names.ts";
export { createLedger, type Ledger } from "./spend/ledger.ts";
export { monthOf, UNLIMITED, type GuildBudget, type LimitName, type Plan } from "./spend/limits.ts";
export type { Price } from "./spend/prices.ts";
