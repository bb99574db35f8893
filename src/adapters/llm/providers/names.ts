/** The providers the house can ask, as LangChain calls them. */
export const PROVIDERS = ["anthropic", "openai", "google-genai", "ollama"] as const;
export type Provider = (typeof PROVIDERS)[number];

/** How to reach a provider. A key is a secret; whoever holds this never prints it. */
export interface Access {
  readonly key?: string;
  readonly baseUrl?: string;
}

export interface ModelName {
  readonly provider: Provider;
  readonly model: string;
}

/** `provider:model`; a model's own name may hold colons (ollama's do). */
export function modelName(text: string): ModelName {
  const at = text.indexOf(":");
  return { provider: text.slice(0, at) as Provider, model: text.slice(at + 1) };
}
