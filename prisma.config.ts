import { defineConfig } from "prisma/config";

/** For `prisma generate` and `prisma format`: neither needs a database. Migrations are applied by `guildhall migrate`. */
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
});
