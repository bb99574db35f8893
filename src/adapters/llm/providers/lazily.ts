import { failureOf } from "./failure.ts";

/** LangChain's and the clients' own switches, each of which sends members' words elsewhere or prints them. */
const TALKATIVE = /^(LANGSMITH|LANGCHAIN)_/;

/**
 * The clients are large: they are loaded with the first request that needs one, and never where no model is configured. A
 * load that failed is tried again. What is asked goes to the provider the operator chose and nowhere else: tracing and its
 * detours, which the libraries read from the environment, are taken out of it before they are loaded.
 */
export function lazily<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () =>
    (opened ??= begin(open).catch((error: unknown) => {
      opened = undefined;
      throw failureOf(error);
    }));
}

async function begin<T>(open: () => Promise<T>): Promise<T> {
  for (const name of Object.keys(process.env)) if (TALKATIVE.test(name)) delete process.env[name];
  return open();
}
