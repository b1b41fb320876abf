/** Cases, alerts, rules and linked accounts from a terminal. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Office, startOffice } from "@pitboss/engine/testing/start-office";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { buildTools, type Cli, type CliTools, dataOf, signIn } from "./run-cli.fixture.ts";

let office: Office;
let tools: CliTools;
let compliance: Cli;
let support: Cli;
const folder = mkdtempSync(join(tmpdir(), "pitboss-rules-"));

beforeAll(async () => {
  [office, tools] = await Promise.all([startOffice(), buildTools()]);
  compliance = await tools.newMachine(office.casino.url());
  support = await tools.newMachine(office.casino.url());
  await signIn(office, compliance, office.people.compliance);
  await signIn(office, support, office.people.support);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  tools.remove();
  await office.close();
});

interface Rows {
  readonly rows: readonly Record<string, unknown>[];
}

test("a case is listed and shown to compliance, and support is told nothing but that it may not", async () => {
  const { playerId } = await office.casino.openPlayer({ EUR: "2100.00" });
  const found = await vi.waitFor(
    async () => {
      const { rows } = dataOf<Rows>(await compliance.run("aml", "cases", "--player", playerId, "--json"));
      expect(rows).toMatchObject([{ state: "OPEN", playerId }]);
      return rows[0];
    },
    { timeout: 60_000, interval: 500 },
  );
  const shown = await compliance.run("aml", "show", String(found?.["caseId"]));
  expect(shown.code).toBe(0);
  for (const text of ["accrued-deposits", "deposited 2100.00 EUR", "DEPOSIT"]) expect(shown.stdout).toContain(text);
  const refused = await support.run("aml", "show", String(found?.["caseId"]));
  expect(refused).toMatchObject({ code: 4, stdout: "" });
  const unknown = await support.run("aml", "show", "amc_zzz");
  expect(unknown.stderr.replace(/tr_[0-9a-f]+/, "")).toBe(refused.stderr.replace(/tr_[0-9a-f]+/, ""));
});

test("a case is decided from a terminal by its owner, as planned, and by nobody else", async () => {
  const { playerId } = await office.casino.openPlayer({ EUR: "2200.00" });
  const caseId = await vi.waitFor(
    async () => {
      const { rows } = dataOf<Rows>(await compliance.run("aml", "cases", "--player", playerId, "--json"));
      expect(rows).toMatchObject([{ state: "OPEN" }]);
      return String(rows[0]?.["caseId"]);
    },
    { timeout: 60_000, interval: 500 },
  );
  const stateNow = async () =>
    dataOf<{ state: string; steps: object[] }>(await compliance.run("aml", "show", caseId, "--json"));

  // Whoever has not taken it can't clear it: nothing is left of the plan, and nothing changes.
  await compliance.run("aml", "decide", "clear", caseId, "--reason", "Salary is known", "--yes");
  expect(await stateNow()).toMatchObject({ state: "OPEN" });
  const tried = await compliance.run("aml", "decide", "take", caseId, "--dry-run");
  expect(tried).toMatchObject({ code: 0 });
  expect(await stateNow()).toMatchObject({ state: "OPEN" });
  expect(await compliance.run("aml", "decide", "take", caseId, "--reason", "Mine to look at", "--yes")).toMatchObject({
    code: 0,
  });
  expect(await stateNow()).toMatchObject({ state: "IN_REVIEW" });
  const cleared = await compliance.run("aml", "decide", "clear", caseId, "--reason", "Salary is known", "--yes");
  expect(cleared).toMatchObject({ code: 0 });
  const closed = await stateNow();
  expect(closed).toMatchObject({ state: "CLEARED" });
  expect(JSON.stringify(closed.steps)).toContain("Salary is known");

  const refused = await support.run("aml", "decide", "reopen", caseId, "--reason", "I want to know", "--yes");
  expect(refused).toMatchObject({ code: 4, stdout: "" });
  expect(await compliance.run("aml", "decide", "burn", caseId, "--dry-run")).toMatchObject({ code: 2 });
});

test("a rule is shown, changed in a file and tried over history", async () => {
  const versions = dataOf<{ conditions: object }[]>(await compliance.run("aml", "rules", "accrued-deposits", "--json"));
  const file = join(folder, "rule.json");
  const stricter = { ...versions[0], conditions: { ...versions[0]?.conditions, amount: "5000.00" } };
  writeFileSync(file, JSON.stringify([stricter]));
  const now = dataOf<{ hits: object[] }>(await compliance.run("aml", "dry-run", "accrued-deposits", "--json"));
  expect(now.hits.length).toBeGreaterThan(0);
  const tried = await compliance.run("aml", "dry-run", "accrued-deposits", "--file", file);
  expect(tried).toMatchObject({ code: 0 });
  expect(tried.stdout).toContain("It would have found nobody.");
  writeFileSync(file, "{");
  expect(await compliance.run("aml", "dry-run", "accrued-deposits", "--file", file)).toMatchObject({ code: 2 });
});

test("an account that shares nothing says so, and risk's rules are listed", async () => {
  const { playerId } = await office.casino.openPlayer();
  const links = await compliance.run("risk", "links", playerId);
  expect(links).toMatchObject({ code: 0 });
  expect(links.stdout).toContain("This account shares nothing with any other.");
  const rules = await compliance.run("risk", "rules");
  expect(rules.stdout).toContain("bet-burst");
  expect(rules.stdout).not.toContain("accrued-deposits");
});
