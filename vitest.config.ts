import { defineConfig } from "vitest/config";

const shared = {
  testTimeout: 30_000,
  hookTimeout: 60_000,
  pool: "forks" as const,
  globalSetup: ["test/kit/servers.ts"],
};

/** Beside the code lie tests of pure functions: they share a process, because reading the house in anew for each took longer. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    fileParallelism: true,
    passWithNoTests: true,
    projects: [
      {
        test: {
          ...shared,
          name: "rooms",
          include: ["src/**/*.test.ts", "agents/**/*.test.ts"],
          exclude: ["src/doors/dashboard/**"],
          isolate: false,
        },
      },
      { test: { ...shared, name: "house", include: ["test/**/*.test.ts"] } },
    ],
  },
});
