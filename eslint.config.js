import tseslint from "typescript-eslint";

const clockAndChance = [
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", what: "the clock" },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", what: "the clock" },
  { selector: "MemberExpression[object.name='performance'][property.name='now']", what: "the clock" },
  { selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']", what: "chance" },
  { selector: "CallExpression[callee.name=/^random(Bytes|Int|UUID)$/]", what: "chance" },
  { selector: "CallExpression[callee.property.name=/^(random(Bytes|Int|UUID)|getRandomValues)$/]", what: "chance" },
  { selector: "CallExpression[callee.name='fetch']", what: "the network" },
];

export default tseslint.config(
  {
    ignores: [
      "**/node_modules/**",
      "**/.next/**",
      "**/.turbo/**",
      "**/dist/**",
      "**/coverage/**",
      "**/next-env.d.ts",
      "**/playwright-report/**",
      "**/test-results/**",
      ".pitboss/**",
    ],
  },
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
  },
  {
    files: ["**/*.{ts,tsx,mts}"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-deprecated": "error",
      // An interface that only extends another gives it a name of its own.
      "@typescript-eslint/no-empty-object-type": ["error", { allowInterfaces: "with-single-extends" }],
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
      "@typescript-eslint/no-unnecessary-condition": "error",
      "@typescript-eslint/only-throw-error": "error",
      // A number or a bigint in a template reads as one expects; an object or undefined does not.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/return-await": ["error", "in-try-catch"],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
      ],
      // An async function without await is how a synchronous adapter fits an asynchronous port.
      "@typescript-eslint/require-await": "off",
    },
  },
  {
    files: ["**/*.{ts,tsx,mts,js,mjs}"],
    rules: {
      // `== null` is the one loose comparison that says what it means: null or undefined.
      eqeqeq: ["error", "always", { null: "ignore" }],
      "max-lines": ["error", { max: 450, skipBlankLines: false, skipComments: false }],
      // The aim is 70; a factory counts the functions that it returns as its own lines, so the limit is twice that.
      "max-lines-per-function": ["error", { max: 140, skipBlankLines: true, skipComments: true }],
      "no-console": "error",
      "no-restricted-imports": [
        "error",
        {
          paths: [{ name: "node:process", message: "process is a global; its env is read in config.ts alone." }],
          patterns: [
            {
              regex: "(^|/)(packages|apps)/[^/]+/",
              message: "Another workspace is imported by its name, @pitboss/<workspace>/<path>.",
            },
          ],
        },
      ],
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "The environment is read once, in the app's config.ts." },
      ],
      "no-warning-comments": ["error", { terms: ["todo", "fixme", "xxx", "hack"], location: "anywhere" }],
    },
  },
  {
    files: ["packages/domain/src/**/*.ts"],
    ignores: ["**/*.test.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        ...clockAndChance.map(({ selector, what }) => ({
          selector,
          message: `The rules don't ask for ${what}: it is handed in, so that a decision can be replayed.`,
        })),
      ],
    },
  },
  {
    files: ["**/config.ts", "scripts/**", "e2e/**", "*.config.{ts,js}", "**/*.config.{ts,js,mjs}"],
    rules: { "no-restricted-properties": "off" },
  },
  {
    files: ["apps/cli/**", "scripts/**", "bench/**", "docs/**"],
    rules: { "no-console": "off" },
  },
  {
    files: ["**/*.test.{ts,tsx}", "**/*.spec.ts"],
    rules: {
      "max-lines": ["error", { max: 700 }],
      // A describe block is one function with all of its tests in it.
      "max-lines-per-function": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
);
