/**
 * The floors of the house: nothing imports upward, strangers on one floor don't import each other, no cycles.
 * 4 main · 3 doors · 2 agents, flow, adapters, insight, archive, simulator, config · 1 core · 0 prompts, prisma
 */
const strangers = ["agents", "src/flow", "src/adapters", "src/insight", "src/archive", "src/simulator", "src/config"];

const strangerRules = strangers.map((room) => ({
  name: `stranger-${room.replace("src/", "")}`,
  comment: `${room} knows core and itself only; main.ts introduces it to the others`,
  severity: "error",
  from: { path: `^${room}/`, pathNot: "\\.test\\.ts$" },
  to: { path: "^(src|agents)/", pathNot: [`^${room}/`, "^src/core/"] },
}));

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: { pathNot: "/generated/" }, to: { circular: true } },
    ...strangerRules,
    {
      name: "core-stands-alone",
      comment: "core imports zod and the pure libraries on its list, nothing else",
      severity: "error",
      from: { path: "^src/core/", pathNot: "\\.test\\.ts$" },
      to: {
        pathNot: [
          "^src/core/",
          "node_modules/(zod|linkify-it|tldts|uc\\.micro|eld|re2js|temporal-polyfill|rrule-temporal|chrono-node)",
        ],
      },
    },
    {
      name: "agents-import-core-only",
      comment: "never node:*, never a library: what an agent needs is in core",
      severity: "error",
      from: { path: "^agents/", pathNot: "\\.test\\.ts$" },
      to: { pathNot: ["^agents/", "^src/core/", "node_modules/zod"] },
    },
    {
      name: "agents-are-strangers",
      severity: "error",
      from: { path: "^agents/([^/]+)/" },
      to: { path: "^agents/([^/]+)/", pathNot: "^agents/$1/" },
    },
    {
      name: "adapters-are-strangers",
      comment: "one outsider a folder; adapters/sql is none: see its README",
      severity: "error",
      from: { path: "^src/adapters/([^/]+)/", pathNot: "\\.test\\.ts$" },
      to: { path: "^src/adapters/([^/]+)/", pathNot: "^src/adapters/$1/" },
    },
    {
      name: "nothing-imports-upward",
      severity: "error",
      from: { path: "^(src/(core|flow|adapters|insight|archive|simulator|config)|agents)/", pathNot: "\\.test\\.ts$" },
      to: { path: "^src/(doors|main)" },
    },
    {
      name: "dashboard-knows-only-the-api",
      severity: "error",
      from: { path: "^src/doors/dashboard/" },
      to: { path: "^(src|agents)/", pathNot: "^src/doors/(dashboard|api/schema)" },
    },
    {
      name: "clients-of-models-are-loaded-late",
      comment: "they are large: with the first question, and never where no model is configured",
      severity: "error",
      from: { path: "^(src|agents)/", pathNot: "\\.test\\.ts$" },
      to: {
        path: "node_modules/(langchain|@langchain|openai|gpt-tokenizer)/",
        dynamic: false,
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "the-queue-in-redis-is-loaded-late",
      comment:
        "its library and Redis' client are a fifth of what a house reads at its start, and most houses have no Redis",
      severity: "error",
      from: { path: "^src/main" },
      to: { path: "^src/adapters/redis/", dynamic: false, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "shipped-code-needs-no-development-tools",
      severity: "error",
      from: { path: "^(src|agents)/", pathNot: ["\\.test\\.tsx?$", "^src/doors/dashboard/"] },
      to: { dependencyTypes: ["npm-dev"] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
  },
};
