import { describe, expect, it } from "vitest";
import { chainsOf, checkFirst, readModelSettings } from "./model-settings.ts";

const CANARY = "sk-canary-5b1e";
const choices = {
  small: ["anthropic:haiku", "openai:mini", "google-genai:flash", "ollama:llama3.2"],
  large: ["anthropic:sonnet", "openai:big"],
  witnesses: ["openai:omni"],
  embeddings: ["openai:vectors", "google-genai:vectors", "ollama:vectors"],
};

function read(environment: Record<string, string>) {
  const mistakes: string[] = [];
  const settings = readModelSettings(environment, mistakes);
  return { settings, mistakes, ...chainsOf(choices, settings) };
}

describe("models in the environment", () => {
  it.each<readonly [string, Record<string, string>, readonly string[], readonly string[]]>([
    ["no key, no models", {}, [], []],
    ["a key names a provider", { OPENAI_API_KEY: "k" }, ["openai:mini"], ["openai:big"]],
    [
      "in the order of the file",
      { OPENAI_API_KEY: "k", ANTHROPIC_API_KEY: "k", GEMINI_API_KEY: "k" },
      ["anthropic:haiku", "openai:mini", "google-genai:flash"],
      ["anthropic:sonnet", "openai:big"],
    ],
    [
      "AI_PROVIDER goes first",
      { AI_PROVIDER: "openai", OPENAI_API_KEY: "k", ANTHROPIC_API_KEY: "k" },
      ["openai:mini", "anthropic:haiku"],
      ["openai:big", "anthropic:sonnet"],
    ],
    [
      "a model of one's own stands for all of its provider",
      { ANTHROPIC_API_KEY: "k", ANTHROPIC_MODEL: "claude-3-haiku-20240307" },
      ["anthropic:claude-3-haiku-20240307"],
      ["anthropic:claude-3-haiku-20240307"],
    ],
    ["Google's other name for its key", { GOOGLE_API_KEY: "k" }, ["google-genai:flash"], []],
    [
      "a provider named first with its model, in no chain",
      { AI_PROVIDER: "gemini", GEMINI_API_KEY: "k", GEMINI_MODEL: "gemini-pro" },
      ["google-genai:gemini-pro"],
      ["google-genai:gemini-pro"],
    ],
    [
      "a server of one's own needs no key",
      { OPENAI_BASE_URL: "http://10.0.0.5:8000/v1" },
      ["openai:mini"],
      ["openai:big"],
    ],
    ["Ollama where it is named", { OLLAMA_HOST: "10.0.0.6:11434" }, ["ollama:llama3.2"], []],
  ])("%s", (_name, environment, small, large) => {
    expect(read(environment)).toMatchObject({ small, large, mistakes: [] });
  });

  it.each<readonly [string, Record<string, string>, readonly string[], readonly string[]]>([
    ["nobody", {}, [], []],
    ["OpenAI bears witness and gives vectors", { OPENAI_API_KEY: "k" }, ["openai:omni"], ["openai:vectors"]],
    [
      "the first in the file gives vectors, alone",
      { OPENAI_API_KEY: "k", GEMINI_API_KEY: "k" },
      ["openai:omni"],
      ["openai:vectors"],
    ],
    [
      "or the one that goes first",
      { AI_PROVIDER: "gemini", OPENAI_API_KEY: "k", GEMINI_API_KEY: "k" },
      ["openai:omni"],
      ["google-genai:vectors"],
    ],
    ["its model for answers is none for vectors", { OLLAMA_MODEL: "qwen" }, [], ["ollama:vectors"]],
  ])("beside answers: %s", (_name, environment, witnesses, embeddings) => {
    expect(read(environment)).toMatchObject({ witnesses, embeddings, mistakes: [] });
  });

  it("an address is one, whatever is left out of it", () => {
    expect(read({ OLLAMA_HOST: "10.0.0.6:11434" }).settings.providers.ollama?.baseUrl).toBe("http://10.0.0.6:11434");
    expect(read({ AI_PROVIDER: "ollama" }).settings.providers.ollama?.baseUrl).toBe("http://127.0.0.1:11434");
  });

  it.each([
    [
      { AI_PROVIDER: "antropic" },
      'AI_PROVIDER: expected one of anthropic, openai, google-genai, ollama, gemini, found "antropic" (did you mean anthropic?)',
    ],
    [{ AI_PROVIDER: "anthropic" }, "AI_PROVIDER: anthropic needs a key, and ANTHROPIC_API_KEY is not set"],
    [{ OPENAI_API_KEY: `${CANARY} x` }, "OPENAI_API_KEY: expected a key, found one with spaces in it"],
    [{ OPENAI_BASE_URL: "http://" }, "OPENAI_BASE_URL: expected an http(s) address"],
    [{ OPENAI_API_KEY: CANARY, OPENAI_API_KEY_FILE: "/x" }, "OPENAI_API_KEY: is set twice"],
  ])("%j is refused in one line", (environment, says) => {
    const { mistakes } = read(environment as Record<string, string>);
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toContain(says);
    expect(mistakes[0]).not.toContain(CANARY);
  });

  it("a key can be had, and not seen", () => {
    const { settings } = read({ ANTHROPIC_API_KEY: CANARY });
    expect(settings.providers.anthropic?.key?.reveal()).toBe(CANARY);
    expect(JSON.stringify(settings)).not.toContain(CANARY);
  });

  it("a provider that goes first and has no model is a mistake", () => {
    const { settings } = read({ AI_PROVIDER: "ollama" });
    expect(() => checkFirst({ ...choices, small: [], large: [] }, settings)).toThrow(
      "no model of ollama is named; set OLLAMA_MODEL",
    );
    expect(() => checkFirst(choices, settings)).not.toThrow();
  });
});
