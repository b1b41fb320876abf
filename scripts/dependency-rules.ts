import { builtinModules } from "node:module";
import type { IConfiguration } from "dependency-cruiser";

/**
 * The floors of the house (ARCHITECTURE.md): domain knows nobody, db and wires know domain, engine knows domain and db,
 * console and cli know domain and the engine's types. check-dependencies.ts runs these rules and makes sure that they saw something.
 */
const tests = "[.](test|spec|fixture)[.]tsx?$";

export const dependencyRules = {
  forbidden: [
    {
      name: "domain-knows-nobody",
      comment: "The rules import nothing of the house but themselves.",
      severity: "error",
      from: { path: "^packages/domain/" },
      to: { path: "^(packages/(?!domain/)|apps/|bench/|e2e/|scripts/)" },
    },
    {
      name: "domain-needs-only-zod",
      comment:
        "The rules do no I/O; of npm they may use zod and four libraries of pure functions on words and numbers and one of hash functions, of Node its hash functions.",
      severity: "error",
      from: { path: "^packages/domain/src/", pathNot: tests },
      to: {
        dependencyTypes: ["core", "npm", "npm-dev", "npm-optional", "npm-peer", "npm-no-pkg", "npm-unknown"],
        pathNot: [
          "^node_modules/(zod|any-ascii|double-metaphone|fastest-levenshtein|ibantools|@noble/hashes)/",
          "^(node:)?crypto$",
        ],
      },
    },
    {
      name: "db-knows-domain",
      comment: "Where state lives, nothing is known of who asks for it.",
      severity: "error",
      from: { path: "^packages/db/" },
      to: { path: "^(packages/wires/|(apps|bench|e2e|scripts)/)" },
    },
    {
      name: "wires-know-domain",
      comment: "What providers send is written without a look at the house that answers it.",
      severity: "error",
      from: { path: "^packages/wires/" },
      to: { path: "^(packages/db/|(apps|bench|e2e|scripts)/)" },
    },
    {
      name: "the-house-is-not-its-own-provider",
      comment:
        "What speaks for providers is for the demo's play, for simulators and for tests; what serves calls reads them by itself.",
      severity: "error",
      from: { path: "^apps/(engine|console)/", pathNot: [tests, "^apps/engine/src/demo/", "/simulate-provider[.]ts$"] },
      to: { path: "^packages/wires/" },
    },
    {
      name: "engine-knows-no-client",
      comment: "The engine serves console and CLI; it does not know them.",
      severity: "error",
      from: { path: "^apps/engine/" },
      to: { path: "^(apps/(?!engine/)|bench/|e2e/|scripts/)" },
    },
    {
      name: "clients-never-see-the-database",
      comment: "Console and CLI ask the engine; rights and rules are applied there. Their tests may put up a real one.",
      severity: "error",
      from: { path: "^apps/(console|cli)/", pathNot: tests },
      to: { path: "^(packages/db/|node_modules/(pg|drizzle-orm)/|bench/|e2e/|scripts/)" },
    },
    {
      name: "clients-know-types-of-the-engine",
      comment: "Console and CLI import the engine's router as a type; its code stays out of their bundles.",
      severity: "error",
      from: { path: "^apps/(console|cli)/", pathNot: tests },
      to: { path: "^apps/engine/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "clients-are-apart",
      severity: "error",
      from: { path: "^apps/(console|cli)/" },
      to: { path: "^apps/(console|cli)/", pathNot: "^apps/$1/" },
    },
    {
      name: "no-circle",
      comment: "A circle of imports can't be read from any end. Types alone may refer to each other.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "nothing-runs-on-tests",
      comment: "What only tests need stays out of what runs.",
      severity: "error",
      from: { pathNot: [tests, "/(test|testing)/", "/test-[^/]+[.]ts$", "^e2e/"] },
      to: { path: [tests, "^node_modules/(vitest|fast-check|@playwright)/"] },
    },
    {
      name: "resolvable",
      comment: "An import that leads nowhere would also be one that no other rule sees.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)([.]next|dist|coverage)/|next-env[.]d[.]ts$" },
    tsPreCompilationDeps: true,
    // The cruiser's own list of what Node brings is older than the pinned Node.
    builtInModules: { override: [...builtinModules], add: [] },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["types", "import", "node", "default"],
      mainFields: ["module", "main", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json", ".d.ts"],
    },
  },
} satisfies IConfiguration;
