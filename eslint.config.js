import tseslint from "typescript-eslint";

const clocksAndChance = [
  { object: "Date", property: "now", message: "event.at is the only clock here" },
  { object: "Math", property: "random", message: "no randomness here" },
  { object: "Temporal", property: "Now", message: "event.at is the only clock here" },
  { object: "performance", property: "now", message: "event.at is the only clock here" },
];

export default tseslint.config(
  {
    ignores: [
      "dist/",
      "node_modules/",
      "data/",
      ".tmp/",
      "**/generated/",
      "src/doors/dashboard/src/api-types.ts",
      "src/core/scorer/weights.ts",
      "test/eval/baseline/weights.ts",
    ],
  },
  {
    files: ["src/**/*.{ts,tsx}", "agents/**/*.ts", "test/**/*.ts"],
    extends: [tseslint.configs.base],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/only-throw-error": "error",
      "no-console": "error",
      "max-lines": ["error", { max: 320, skipBlankLines: true, skipComments: true }],
      eqeqeq: "error",
    },
  },
  {
    files: ["agents/**/*.ts", "src/core/**/*.ts"],
    ignores: ["**/*.test.ts"],
    rules: {
      "no-restricted-properties": ["error", ...clocksAndChance],
      "no-restricted-syntax": [
        "error",
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: "event.at is the only clock here",
        },
      ],
      "no-restricted-globals": ["error", "process", "setTimeout", "setInterval", "fetch", "crypto"],
    },
  },
  { files: ["**/*.test.ts", "test/**/*.ts"], rules: { "max-lines": "off", "no-console": "off" } },
);
