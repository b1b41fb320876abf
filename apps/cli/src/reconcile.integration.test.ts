/** The cashier's reconciliation from a terminal: run, breaks, resolve, and how it ends for scripts. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  openSettledHouse,
  type SettledHouse,
  today,
} from "@pitboss/engine/cashier/reconciliation/settled-house.fixture";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildTools, type Cli, type CliTools, dataOf, signIn } from "./run-cli.fixture.ts";

let house: SettledHouse;
let tools: CliTools;
let finance: Cli;
let finance2: Cli;
const folder = mkdtempSync(join(tmpdir(), "pitboss-reconcile-"));
const reason = ["--reason", "The day's books", "--yes", "--json"];

beforeAll(async () => {
  [house, tools] = await Promise.all([openSettledHouse(), buildTools()]);
  const { office } = house;
  finance = await tools.newMachine(office.casino.url());
  finance2 = await tools.newMachine(office.casino.url());
  await signIn(office, finance, office.people.finance);
  await signIn(office, finance2, office.people.finance2);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  tools.remove();
  await house.close();
});

test("a fee of the bank is found in its statement, posted by two people, and the day is clean", {
  timeout: 90_000,
}, async () => {
  await house.deposit("stripe", "100.00");
  const [batch] = await house.settle("stripe");
  const pulled = await finance.run("reconcile", "pull", "--reason", "The day's books", "--json");
  expect(dataOf(pulled)).toEqual({ files: 1 });
  const file = join(folder, "statement.xml");
  const entries = [
    { amount: batch?.sent ?? 0, endToEndId: batch?.reference ?? "" },
    { amount: -190, remittance: "Account fee" },
  ];
  writeFileSync(file, house.statement(entries));
  const dry = await finance.run("reconcile", "statement", "--file", file, "--dry-run", "--json");
  expect(dataOf<{ count: number }>(dry).count).toBe(1);
  expect((await finance.run("reconcile", "statement", "--file", file, ...reason)).code).toBe(0);
  const reports = await finance.run("reconcile", "reports", "--json");
  expect(dataOf<{ rows: object[] }>(reports).rows).toMatchObject([{ psp: "stripe", reference: batch?.reference }]);

  const ran = await finance.run("reconcile", "run", "--day", today, ...reason);
  expect(ran.code).toBe(6);
  const open = dataOf<{ rows: { breakId: string }[] }>(await finance.run("reconcile", "breaks", "--json")).rows;
  expect(open).toMatchObject([{ type: "BANK_UNEXPLAINED", got: { amount: "-1.90", currency: "EUR" } }]);
  const breakId = open[0]?.breakId ?? "";
  expect((await finance.run("reconcile", "show", breakId)).stdout).toContain("Account fee");
  expect((await finance.run("reconcile")).code).toBe(6);

  expect((await finance.run("reconcile", "take", breakId)).code).toBe(0);
  const proposed = await finance.run("reconcile", "resolve", breakId, "--method", "POST", "--fee", ...reason);
  expect(proposed.code).toBe(0);
  // Whoever proposed it can't be the second person.
  const { approvalId } = await house.finance.api.recon.show.query({ breakId });
  expect((await finance.run("approval", "approve", String(approvalId), ...reason)).code).toBe(3);
  expect((await finance2.run("approval", "approve", String(approvalId), ...reason)).code).toBe(0);
  expect((await finance.run("reconcile", "run", "--day", today, ...reason)).code).toBe(0);
  const standing = await finance.run("reconcile", "--json");
  expect(standing.code).toBe(0);
  expect(dataOf(standing)).toMatchObject({ run: { state: "CLEAN" }, open: [] });
});

test("what is not a report or not a day is refused before anything is changed", async () => {
  const file = join(folder, "wrong.csv");
  writeFileSync(file, "a,b\n1,2\n");
  const wrong = await finance.run("reconcile", "import", "stripe", "--file", file, ...reason);
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain("REPORT_UNREADABLE");
  expect((await finance.run("reconcile", "import", "stripe", "--file", join(folder, "none"), ...reason)).code).toBe(2);
  expect((await finance.run("reconcile", "run", "--day", "yesterday", ...reason)).code).toBe(2);
});
