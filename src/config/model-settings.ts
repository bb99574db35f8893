import { ConfigurationError, nearest } from "#core";
import { variable, type Environment } from "./environment.ts";
import { PROVIDERS, type ModelChoices, type Provider } from "./models-schema.ts";
import { secret, type Secret } from "./secret.ts";

/** What the environment says of one provider. */
export interface ProviderSettings {
  readonly key?: Secret;
  readonly model?: string;
  readonly baseUrl?: string;
}

export interface ModelSettings {
  /** Asked before all others. */
  readonly first?: Provider;
  readonly providers: Readonly<Partial<Record<Provider, ProviderSettings>>>;
}

interface Names {
  readonly keys: readonly string[];
  readonly model: string;
  readonly baseUrl: string;
}

export const VARIABLES: Readonly<Record<Provider, Names>> = {
  anthropic: { keys: ["ANTHROPIC_API_KEY"], model: "ANTHROPIC_MODEL", baseUrl: "ANTHROPIC_BASE_URL" },
  openai: { keys: ["OPENAI_API_KEY"], model: "OPENAI_MODEL", baseUrl: "OPENAI_BASE_URL" },
  "google-genai": { keys: ["GEMINI_API_KEY", "GOOGLE_API_KEY"], model: "GEMINI_MODEL", baseUrl: "GEMINI_BASE_URL" },
  ollama: { keys: [], model: "OLLAMA_MODEL", baseUrl: "OLLAMA_HOST" },
};
const ALIASES: Readonly<Record<string, Provider>> = {
  gemini: "google-genai",
  google: "google-genai",
  claude: "anthropic",
};
const NAMES = [...PROVIDERS, "gemini"];
const OLLAMA_HOST = "http://127.0.0.1:11434";

/** Reads what is said of models, and adds every mistake to the others. No key is ever part of one. */
export function readModelSettings(all: Environment, mistakes: string[]): ModelSettings {
  const first = readFirst(all, mistakes);
  const providers: Partial<Record<Provider, ProviderSettings>> = {};
  for (const provider of PROVIDERS) {
    const own = readProvider(all, provider, first === provider, mistakes);
    if (own !== undefined) providers[provider] = own;
  }
  if (first !== undefined && providers[first] === undefined)
    mistakes.push(
      `AI_PROVIDER: ${first} needs a key, and ${VARIABLES[first].keys[0]} is not set; set it, or leave AI_PROVIDER out`,
    );
  return { providers, ...(first === undefined ? {} : { first }) };
}

function readFirst(all: Environment, mistakes: string[]): Provider | undefined {
  const said = all.AI_PROVIDER?.toLowerCase();
  if (said === undefined) return undefined;
  const provider = ALIASES[said] ?? PROVIDERS.find((name) => name === said);
  if (provider !== undefined) return provider;
  const near = nearest(said, NAMES);
  const meant = near === undefined ? "" : ` (did you mean ${near}?)`;
  mistakes.push(
    `AI_PROVIDER: expected one of ${NAMES.join(", ")}, found ${JSON.stringify(said)}${meant}; correct it or leave it out`,
  );
  return undefined;
}

function readProvider(
  all: Environment,
  provider: Provider,
  isWanted: boolean,
  mistakes: string[],
): ProviderSettings | undefined {
  const names = VARIABLES[provider];
  const key = readKey(all, names.keys, mistakes);
  const model = all[names.model];
  const baseUrl = readAddress(all, names.baseUrl, mistakes);
  // A server of one's own needs no key; Ollama needs to be named, or every house would knock at its door.
  const isReachable = key !== undefined || (provider === "openai" && baseUrl !== undefined);
  const isNamed = provider === "ollama" && (isWanted || model !== undefined || baseUrl !== undefined);
  if (!isReachable && !isNamed) return undefined;
  const address = baseUrl ?? (provider === "ollama" ? OLLAMA_HOST : undefined);
  return {
    ...(key === undefined ? {} : { key }),
    ...(model === undefined ? {} : { model }),
    ...(address === undefined ? {} : { baseUrl: address }),
  };
}

function readKey(all: Environment, names: readonly string[], mistakes: string[]): Secret | undefined {
  for (const name of names) {
    const { value, mistake } = variable(all, name);
    if (mistake !== undefined) mistakes.push(mistake);
    if (value === undefined) continue;
    if (/\s/.test(value)) mistakes.push(`${name}: expected a key, found one with spaces in it; copy it again`);
    return secret(value);
  }
  return undefined;
}

function readAddress(all: Environment, name: string, mistakes: string[]): string | undefined {
  const said = all[name];
  if (said === undefined) return undefined;
  const text = /^https?:\/\//.test(said) ? said : `http://${said}`;
  if (URL.canParse(text)) return text.replace(/\/+$/, "");
  mistakes.push(`${name}: expected an http(s) address, found ${JSON.stringify(said)}; correct it or leave it out`);
  return undefined;
}

type Chosen = Pick<ModelChoices, "small" | "large" | "witnesses" | "embeddings">;

export interface Chains {
  readonly small: readonly string[];
  readonly large: readonly string[];
  readonly witnesses: readonly string[];
  /** One, or none: vectors of two models cannot be compared. */
  readonly embeddings: readonly string[];
}

/** The models that can be reached, in the order in which they are asked. */
export function chainsOf(choices: Chosen, { first, providers }: ModelSettings): Chains {
  const within = (wanted: readonly string[]) => wanted.filter((name) => providers[providerOf(name)] !== undefined);
  const embeddings = within(choices.embeddings);
  const preferred = embeddings.find((name) => providerOf(name) === first);
  return {
    ...{ small: chainOf(choices.small), large: chainOf(choices.large), witnesses: within(choices.witnesses) },
    embeddings: preferred === undefined ? embeddings.slice(0, 1) : [preferred],
  };

  function chainOf(wanted: readonly string[]): readonly string[] {
    const chosen = wanted.flatMap((name) => {
      const provider = providerOf(name);
      const own = providers[provider];
      return own === undefined ? [] : [own.model === undefined ? name : `${provider}:${own.model}`];
    });
    const named = first === undefined ? undefined : providers[first]?.model;
    const before = first === undefined ? [] : chosen.filter((name) => providerOf(name) === first);
    const missing = before.length === 0 && named !== undefined ? [`${first}:${named}`] : [];
    return [...new Set([...missing, ...before, ...chosen])];
  }
}

/** A provider that was asked for by name and is in no chain would silently never be asked. */
export function checkFirst(choices: Chosen, settings: ModelSettings): void {
  const { first } = settings;
  if (first === undefined || providers(chainsOf(choices, settings)).has(first)) return;
  throw new ConfigurationError(
    `AI_PROVIDER: no model of ${first} is named; set ${VARIABLES[first].model}, or name one under models in default.yaml`,
  );
}

function providers(chains: Chains): Set<Provider> {
  return new Set([...chains.small, ...chains.large].map(providerOf));
}

const providerOf = (name: string): Provider => name.slice(0, name.indexOf(":")) as Provider;
