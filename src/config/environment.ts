import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "dotenv";
import { ConfigurationError } from "#core";

export type Environment = Readonly<Record<string, string | undefined>>;

/** What is set, most particular first: the command line, the process, `.env`. A variable set to nothing is not set. */
export function environmentOf(process: Environment, overrides: Environment, directory: string): Environment {
  const merged: Record<string, string> = {};
  for (const source of [fileEnvironment(join(directory, ".env")), process, overrides]) {
    for (const [name, value] of Object.entries(source)) {
      if (value !== undefined && value.trim() !== "") merged[name] = value.trim();
    }
  }
  return merged;
}

function fileEnvironment(file: string): Environment {
  if (!existsSync(file)) return {};
  try {
    return parse(readFileSync(file));
  } catch (cause) {
    throw new ConfigurationError(`${file}: cannot be read; make it readable or remove it`, { cause });
  }
}

/** A secret may lie in a file, as container platforms hand them over: NAME_FILE names it. */
export function variable(environment: Environment, name: string): { value?: string; mistake?: string } {
  const direct = environment[name];
  const file = environment[`${name}_FILE`];
  if (file === undefined) return direct === undefined ? {} : { value: direct };
  if (direct !== undefined) return { mistake: `${name}: is set twice; remove ${name} or ${name}_FILE` };
  try {
    const value = readFileSync(file, "utf8").trim();
    return value === "" ? { mistake: `${name}_FILE: ${file} is empty; write the value into it` } : { value };
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "unknown";
    return { mistake: `${name}_FILE: ${file} cannot be read (${code}); correct the path or its permissions` };
  }
}
