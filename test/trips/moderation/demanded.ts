import { z } from "zod";
import { configSchema } from "../../../agents/moderation/config.ts";
import moderation from "../../../agents/moderation/index.ts";
import casework from "../../../agents/casework/index.ts";
import { VERBS, type Verb } from "#core";

type Schema = Readonly<Record<string, unknown>> & { readonly properties?: Readonly<Record<string, Schema>> };

/** How harsh at most: the same six words everywhere, compared by one function. One trip for each setting will do. */
const LIMITS: ReadonlySet<string> = new Set(["atMost", "firstOffenceAtMost"]);
/** What spares somebody is told in the words of what meets them: the same conditions, read the other way round. */
const AS_A_WHOLE: ReadonlySet<string> = new Set(["unless"]);

/** Every setting of the rules by its path; where it chooses among words, each of them. */
export function settingsOf(): readonly string[] {
  const root = z.toJSONSchema(configSchema, { io: "input" }) as Schema;
  const definitions = (root["$defs"] ?? {}) as Readonly<Record<string, Schema>>;

  function below(schema: Schema, path: string, within: readonly string[]): readonly string[] {
    const name = path.split(".").at(-1)!;
    const ref = typeof schema["$ref"] === "string" ? schema["$ref"].split("/").at(-1)! : undefined;
    if (ref !== undefined)
      return within.includes(ref) || AS_A_WHOLE.has(name) ? [path] : below(definitions[ref]!, path, [...within, ref]);
    if (LIMITS.has(name)) return [path];
    if (Array.isArray(schema["enum"])) return schema["enum"].map((word) => `${path}=${word}`);
    if (Array.isArray(schema["anyOf"]))
      return schema["anyOf"].flatMap((one: Schema) => `${path}=${String(one["const"])}`);
    if (schema["type"] === "array") return below(schema["items"] as Schema, path, within);
    const { properties } = schema;
    const parts = Object.entries(properties ?? {}).flatMap(([key, one]) =>
      below(one, path === "" ? key : `${path}.${key}`, within),
    );
    // Rules are told by their settings: what they are called is the guild's.
    const named = schema["additionalProperties"];
    const others = typeof named === "object" && named !== null ? below(named as Schema, "", within) : [];
    return parts.length + others.length === 0 ? [path] : [...parts, ...others];
  }
  return below(root, "", []);
}

const deeds = [moderation, casework].flatMap(({ name, commands = [], buttons = [], modals = [] }) => [
  ...commands.map((command) => `/${command.name}`),
  ...buttons.map((button) => `${name} button ${button.name}`),
  ...modals.map((modal) => `${name} form ${modal.name}`),
]);

/** No rule, command or agent of the house silences or disconnects somebody in voice. */
const BY_NOBODY: ReadonlySet<Verb> = new Set(["voice.mute", "voice.deafen", "voice.disconnect"]);

/** What the two agents may do. */
const DONE = new Set([moderation, casework].flatMap(({ verbs = [] }) => verbs.filter((verb) => !BY_NOBODY.has(verb))));

const measures = (Object.keys(VERBS) as Verb[]).filter((verb) => VERBS[verb].measure && !BY_NOBODY.has(verb));

/** Everything that moderation can do or be told, as the settings and the words of the house name it. */
export const DEMANDED: readonly string[] = [
  ...settingsOf(),
  ...deeds,
  ...[...DONE].map((verb) => `does ${verb}`),
  ...measures.map((verb) => `undo of ${verb}`),
  ...["by command", "by the API", "by the terminal", "by an appeal"].map((way) => `undo ${way}`),
  ...["by button", "by link", "by command", "upheld", "overturned", "of one's own case"].map((way) => `appeal ${way}`),
];
