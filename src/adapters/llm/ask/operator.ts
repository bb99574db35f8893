import type { Log } from "#core";
import type { FailureKind } from "../providers/failure.ts";
import { modelName, type Provider } from "../providers/names.ts";

/** What only the operator can mend is said in the log, with the setting that mends it: once, until the provider answers. */
export function operatorLog(log: Log, settingOf: (model: string) => string | undefined) {
  const said = new Set<string>();
  return (model: string, outcome: FailureKind | "answered", status: number | undefined): void => {
    if (outcome === "answered") for (const kind of Object.keys(SETTINGS)) said.delete(`${model} ${kind}`);
    const { provider } = modelName(model);
    const setting = SETTINGS[outcome as FailureKind]?.(provider, settingOf(model));
    if (setting === undefined || said.has(`${model} ${outcome}`)) return;
    said.add(`${model} ${outcome}`);
    log.warn({ model, status, setting }, "a provider refuses what the settings say");
  };
}

const ENVIRONMENT_PREFIX: Readonly<Record<Provider, string>> = {
  anthropic: "ANTHROPIC",
  openai: "OPENAI",
  "google-genai": "GEMINI",
  ollama: "OLLAMA",
};

const SETTINGS: Readonly<Partial<Record<FailureKind, (provider: Provider, setting?: string) => string>>> = {
  "refused-key": (provider) => (provider === "ollama" ? "OLLAMA_HOST" : `${ENVIRONMENT_PREFIX[provider]}_API_KEY`),
  "no-model": (provider, setting = `${ENVIRONMENT_PREFIX[provider]}_MODEL, or models`) => `${setting} in default.yaml`,
};
