/** Tries the running system in a browser: a casino of its own, on free ports, with data that are made anew. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { findFreePort } from "@pitboss/db/embedded/free-port";
import { defineConfig } from "@playwright/test";

const root = join(import.meta.dirname, "..");

// Each of Playwright's processes reads this file; the first one chooses, the others inherit.
process.env["E2E_ENGINE_PORT"] ??= String(await findFreePort());
process.env["E2E_CONSOLE_PORT"] ??= String(await findFreePort());
const { E2E_ENGINE_PORT: enginePort, E2E_CONSOLE_PORT: consolePort } = process.env;

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
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: {
    baseURL: `http://localhost:${consolePort}`,
    trace: "retain-on-failure",
    launchOptions: {
      ...(systemChromium === undefined ? {} : { executablePath: systemChromium }),
      args: asRoot,
    },
  },
  webServer: {
    name: "casino",
    command: "node scripts/start/main.ts --fresh --no-play",
    cwd: root,
    // The console is the last to come up.
    url: `http://localhost:${consolePort}`,
    env: {
      PITBOSS_DATA_DIR: join(root, ".pitboss", "test-e2e"),
      ENGINE_PORT: enginePort,
      CONSOLE_PORT: consolePort,
      DATABASE_URL: "",
    },
    timeout: 5 * 60_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 60_000 },
    stdout: "pipe",
  },
});
