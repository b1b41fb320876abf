/** Tries the running system in a browser: a casino of its own, on free ports, with data that are made anew. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { findFreePort } from "@pitboss/db/embedded/free-port";
import { defineConfig } from "@playwright/test";

const root = join(import.meta.dirname, "..");

// Each of Playwright's processes reads this file; the first one chooses, the others inherit. Whoever sets the console's
// port and the folder of a casino that runs already has the specs run against that one.
process.env["E2E_DATA_DIR"] ??= join(root, ".pitboss", "test-e2e");
process.env["E2E_ENGINE_PORT"] ??= String(await findFreePort());
process.env["E2E_CONSOLE_PORT"] ??= String(await findFreePort());
const vendors = [
  "PSP_SIMULATOR_PORT",
  "BANK_SIMULATOR_PORT",
  "GAME_BANK_PORT",
  "COMPLIANCE_SIMULATOR_PORT",
  "FREE_SPINS_PORT",
] as const;
for (const variable of vendors) process.env[`E2E_${variable}`] ??= String(await findFreePort());
const { E2E_ENGINE_PORT: enginePort, E2E_CONSOLE_PORT: consolePort, E2E_DATA_DIR: dataDir } = process.env;

export const casino = {
  dataDir,
  engineUrl: `http://127.0.0.1:${enginePort}`,
  // By its name, not its number: passkeys are bound to a name.
  consoleUrl: `http://localhost:${consolePort}`,
} as const;

// The system's Chromium, where there is one; otherwise the one that Playwright may have installed.
const systemChromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
// Chromium has no sandbox for root.
const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

export default defineConfig({
  testDir: ".",
  outputDir: join(root, ".pitboss", "test-e2e-results"),
  forbidOnly: process.env["CI"] === "true",
  fullyParallel: true,
  workers: 2,
  // What is waited for comes within a second; the limits are for a machine on which much else runs.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  use: {
    baseURL: casino.consoleUrl,
    trace: "retain-on-failure",
    launchOptions: {
      ...(systemChromium === undefined ? {} : { executablePath: systemChromium }),
      args: asRoot,
    },
  },
  projects: [
    { name: "set-up", testMatch: "support/*.setup.ts" },
    { name: "chromium", testMatch: "**/*.spec.ts", dependencies: ["set-up"] },
  ],
  webServer: {
    name: "casino",
    command: "node scripts/start/main.ts --fresh --no-play",
    cwd: root,
    // The console is the last to come up.
    url: casino.consoleUrl,
    reuseExistingServer: process.env["CI"] !== "true",
    env: {
      PITBOSS_DATA_DIR: casino.dataDir,
      ENGINE_PORT: enginePort,
      CONSOLE_PORT: consolePort,
      ...Object.fromEntries(vendors.map((variable) => [variable, process.env[`E2E_${variable}`] ?? ""])),
      DATABASE_URL: "",
      // Spins that a spec has given to somebody wait until it is done with them.
      FREE_SPINS_PLAY_EVERY_MS: "0",
    },
    timeout: 5 * 60_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 60_000 },
    stdout: "pipe",
  },
});
