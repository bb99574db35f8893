import { asList, asObject, type Raw } from "./raw.ts";
import { cleanText } from "./text.ts";

const DEEPEST = 3;

type Fields = Readonly<Record<string, string | readonly string[]>>;

/** What was filled into a form: fields lie in labels (or in rows, as they used to), each under the name it was given. */
export function fieldsIn(components: unknown): Fields {
  const fields: Record<string, string | readonly string[]> = {};
  collect(components, fields, 0);
  return fields;
}

function collect(components: unknown, fields: Record<string, string | readonly string[]>, depth: number): void {
  if (depth > DEEPEST) return;
  for (const entry of asList(components)) {
    const component = asObject(entry);
    if (component === undefined) continue;
    const name = cleanText(component["custom_id"]);
    const value = name === "" ? undefined : valueOf(component);
    if (value !== undefined) Object.defineProperty(fields, name, { value, enumerable: true });
    collect(component["components"], fields, depth + 1);
    collect([component["component"]], fields, depth + 1);
  }
}

function valueOf({ value, values }: Raw): string | readonly string[] | undefined {
  if (Array.isArray(values)) return valuesIn(values);
  return typeof value === "string" ? cleanText(value) : undefined;
}

export function valuesIn(values: unknown): readonly string[] {
  return asList(values).flatMap((value) => (typeof value === "string" ? [cleanText(value)] : []));
}
