import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { schemaDiff } from "../../prisma/schema-diff.mjs";

const prisma = fileURLToPath(new URL("../../prisma", import.meta.url));

test("the migrations lead to what schema.prisma says", async () => {
  expect(await schemaDiff()).toBe("");
}, 60_000);

test("a table that only schema.prisma knows is a drift", async () => {
  const folder = await mkdtemp(join(tmpdir(), "guildhall-schema-"));
  try {
    await cp(prisma, folder, { recursive: true });
    const schema = await readFile(join(folder, "schema.prisma"), "utf8");
    await writeFile(join(folder, "schema.prisma"), `${schema}\nmodel Novelty {\n  id String @id\n}\n`);
    expect(await schemaDiff(`${folder}/`)).toContain('CREATE TABLE "Novelty"');
  } finally {
    await rm(folder, { recursive: true });
  }
}, 60_000);
