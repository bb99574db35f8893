import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "agents/**/*.test.ts", "test/**/*.test.ts"],
    exclude: ["node_modules", "dist", ".tmp", "src/doors/dashboard/**"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: "forks",
    maxWorkers: 2,
    fileParallelism: true,
    passWithNoTests: true,
    globalSetup: ["test/kit/servers.ts"],
  },
});
