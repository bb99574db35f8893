import { readdirSync } from "node:fs";
import { defineConfig } from "tsdown";

/** One file for the house and its core, one per agent: the directory is the registry, built or not. */
const agents = readdirSync("agents", { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => [`agents/${name}/index`, `agents/${name}/index.ts`]);

export default defineConfig({
  entry: {
    main: "src/main.ts",
    core: "src/core/index.ts",
    simulator: "src/simulator/index.ts",
    ...Object.fromEntries(agents),
  },
  outDir: "dist",
  format: "esm",
  platform: "node",
  target: "node20.19",
  fixedExtension: false,
  clean: ["dist/*.js", "dist/agents"],
  dts: false,
  sourcemap: true,
});
