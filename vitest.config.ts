import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // One for each core, where vitest would leave one free: most of the integration tests' time is waiting. On two cores
    // the whole suite took 592 s by two workers on a busy machine, and 743 s by one on a quiet one.
    maxWorkers: availableParallelism(),
    projects: [
      {
        test: {
          name: "unit",
          include: ["{packages,apps,scripts,bench}/**/*.test.ts", "{packages,apps}/**/*.test.tsx"],
          exclude: ["**/node_modules/**", "**/*.integration.test.ts"],
          // Properties and simulated rounds by the hundred thousand take their time on a busy machine.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "integration",
          include: ["{packages,apps,scripts,bench}/**/*.integration.test.ts"],
          exclude: ["**/node_modules/**"],
          globalSetup: ["packages/db/src/embedded/test-server.ts"],
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
