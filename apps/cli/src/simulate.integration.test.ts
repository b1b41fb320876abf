/** Traffic from a terminal: played against a running house, and against one that does not tell the truth. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openDemoProviders } from "@pitboss/engine/demo/open-demo-providers";
import { findLedgerFaults } from "@pitboss/engine/testing/check-ledger";
import { type Office, startOffice } from "@pitboss/engine/testing/start-office";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildTools, type Cli, type CliTools, dataOf, failureOf } from "./run-cli.fixture.ts";

interface Summary {
  readonly right: boolean;
  readonly rounds: number;
  readonly calls: number;
  readonly repeats: number;
  readonly wrong: number;
  readonly purses: { readonly counted: number; readonly wrong: readonly object[] };
  readonly sources: readonly { readonly source: string; readonly calls: number }[];
  readonly answers: readonly { readonly call: string; readonly judged: string; readonly verdict: string }[];
  readonly wrongAnswers: readonly { readonly source: string; readonly call: string; readonly expected: string }[];
}

let office: Office;
let tools: CliTools;
let machine: Cli;
const dataDir = mkdtempSync(join(tmpdir(), "pitboss-simulate-"));
const openServers: Server[] = [];

beforeAll(async () => {
  const free = { RATE_LIMIT_ADDRESS: "1000000", RATE_LIMIT_PLAYER: "1000000" };
  [office, tools] = await Promise.all([startOffice(free), buildTools()]);
  const { casino, deps } = office;
  const bounds = { min: "0.10", max: "1000.00" };
  const providers = await openDemoProviders(casino.db, deps.vault, { EUR: bounds, JPY: { min: "10", max: "100000" } });
  const setups = providers.map((one) => ({ ...one, currency: "EUR", operatorKey: casino.operatorKey }));
  mkdirSync(join(dataDir, "demo"));
  writeFileSync(join(dataDir, "demo", "providers.json"), JSON.stringify(setups));
  await casino.restart(free);
  machine = await tools.newMachine(casino.url());
});
afterAll(async () => {
  for (const server of openServers) server.close();
  tools.remove();
  rmSync(dataDir, { recursive: true });
  await office.close();
});

const simulate = (...words: string[]) =>
  machine.start(["simulate", "--json", ...words], { env: { PITBOSS_DATA_DIR: dataDir } });

test("every dialect and the house's own games are played, and every answer and purse is right", async () => {
  const ended = await simulate("--rate", "40", "--minutes", "0.1").ended;
  const summary = dataOf<Summary>(ended);
  expect(summary).toMatchObject({ right: true, wrong: 0, wrongAnswers: [], purses: { wrong: [] } });
  expect(ended.code).toBe(0);
  expect(summary.rounds).toBeGreaterThan(50);
  expect(summary.repeats).toBeGreaterThan(0);
  expect(summary.purses.counted).toBeGreaterThan(1);
  const names = ["built-in", "evolution", "hub88", "signed-json", "softswiss"];
  expect(summary.sources.map(({ source }) => source).toSorted()).toEqual(names);
  const calls = new Set(summary.answers.map(({ call }) => call));
  expect([...calls].toSorted()).toEqual(["balance", "bet", "play", "rollback", "session", "win"]);
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
});

test("Ctrl-C ends it with the summary, and leaves no bet behind", async () => {
  const running = simulate("--rate", "20", "--providers", "hub88,evolution_demo", "--currency", "JPY");
  await sleep(4_000);
  running.interrupt();
  const ended = await running.ended;
  const summary = dataOf<Summary>(ended);
  expect(ended.code).toBe(0);
  expect(summary).toMatchObject({ right: true, purses: { wrong: [] } });
  expect(summary.calls).toBeGreaterThan(10);
  expect(summary.sources.map(({ source }) => source).toSorted()).toEqual(["evolution", "hub88"]);
});

test("a house that tells another balance than it has is found out, and the way it ends says so", async () => {
  const url = await standBefore((path, text) =>
    path.includes("/v1/providers/softswiss_demo/play")
      ? text.replace(/"balance":(\d+)/, (_all, minor) => `"balance":${Number(minor) + 1}`)
      : text,
  );
  const ended = await simulate("--rate", "10", "--minutes", "0.05", "--target", url, "--providers", "softswiss").ended;
  expect(ended.code).toBe(6);
  const summary = dataOf<Summary>(ended);
  expect(summary.right).toBe(false);
  expect(summary.wrong).toBeGreaterThan(0);
  expect(summary.wrongAnswers[0]).toMatchObject({ source: "softswiss" });
});

test("what can't be played says why", async () => {
  const inProduction = machine.start(["simulate", "--json"], {
    env: { PITBOSS_DATA_DIR: dataDir, NODE_ENV: "production" },
  });
  const refused = await inProduction.ended;
  expect([refused.code, failureOf(refused)]).toEqual([3, "DEMO_ONLY"]);
  const none = await standBefore((_path, text) => text, 404);
  const noDemo = await simulate("--target", none).ended;
  expect([noDemo.code, failureOf(noDemo)]).toEqual([3, "DEMO_ONLY"]);
  const latin = await simulate("--providers", "latin").ended;
  expect([latin.code, failureOf(latin)]).toEqual([2, "USAGE"]);
  const crowns = await simulate("--currency", "SEK", "--providers", "hub88").ended;
  expect([crowns.code, failureOf(crowns)]).toEqual([3, "NOTHING_APPLIES"]);
});

/** Something between us and the house that changes what it says. */
async function standBefore(change: (path: string, text: string) => string, status?: number): Promise<string> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const { method = "GET", url = "/", headers } = request;
      const sent = Object.entries(headers).filter(([name]) => !["host", "connection", "content-length"].includes(name));
      void fetch(office.casino.url() + url, {
        method,
        headers: sent.map(([name, value]) => [name, String(value)] as [string, string]),
        ...(parts.length === 0 ? {} : { body: Buffer.concat(parts) }),
      }).then(async (answer) => {
        response.writeHead(status ?? answer.status, { "content-type": "application/json" });
        response.end(change(url, await answer.text()));
      });
    });
  });
  openServers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
}
