interface Described {
  components?: { schemas?: Record<string, unknown> };
}

/** Every named schema is offered as input and as output; only those somebody refers to belong in the document. */
export function withoutUnused<T extends object>(document: T): T {
  const described: Described = document;
  const schemas = described.components?.schemas;
  if (schemas === undefined) return document;
  const used = reachable({ ...document, components: undefined }, schemas);
  const kept = Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name)));
  return { ...document, components: { ...described.components, schemas: kept } };
}

function reachable(start: unknown, schemas: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const used = new Set<string>();
  const waiting = [start];
  while (waiting.length > 0) {
    for (const [, name] of JSON.stringify(waiting.pop()).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (name === undefined || used.has(name)) continue;
      used.add(name);
      waiting.push(schemas[name]);
    }
  }
  return used;
}

/** Errors travel as application/problem+json, which the schemas by themselves cannot say. */
export function withProblemType<T extends object>(document: T): T {
  const text = JSON.stringify(document, (_key, value: unknown) => {
    const json = (value as { "application/json"?: { schema?: { $ref?: string } } } | null)?.["application/json"];
    return json?.schema?.$ref === "#/components/schemas/Problem" ? { "application/problem+json": json } : value;
  });
  return JSON.parse(text) as T;
}
