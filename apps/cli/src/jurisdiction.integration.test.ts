/** A jurisdiction's rules from a terminal: printed, edited in a file, compared and proposed. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Office, startOffice } from "@pitboss/engine/testing/start-office";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildTools, type Cli, type CliTools, signIn } from "./run-cli.fixture.ts";

let office: Office;
let tools: CliTools;
let compliance: Cli;
const folder = mkdtempSync(join(tmpdir(), "pitboss-packs-"));
const file = join(folder, "pack.json");

beforeAll(async () => {
  [office, tools] = await Promise.all([startOffice(), buildTools()]);
  compliance = await tools.newMachine(office.casino.url());
  await signIn(office, compliance, office.people.compliance);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  tools.remove();
  await office.close();
});

interface Version {
  readonly code: string;
  readonly standing: string;
  readonly rules: Record<string, unknown>;
}

async function shown(): Promise<Version[]> {
  return JSON.parse((await compliance.run("jurisdiction", "show", "UK", "--json")).stdout) as Version[];
}

test("all that are in force are listed", async () => {
  const listed = await compliance.run("jurisdiction", "list");
  expect(listed).toMatchObject({ code: 0 });
  for (const text of ["UK", "DEFAULT", "CURRENT", "all that no other names"]) expect(listed.stdout).toContain(text);
  const { stdout } = await compliance.run("jurisdiction", "list", "--json");
  expect((JSON.parse(stdout) as Version[]).map(({ standing }) => standing)).not.toContain("PAST");
});

test("what show prints is edited, compared and proposed as it is, or as its rules alone", async () => {
  const versions = await shown();
  const newest = versions.at(-1);
  const rules = { ...newest?.rules, increaseHours: 99 };
  for (const content of [[...versions.slice(0, -1), { ...newest, rules }], rules]) {
    writeFileSync(file, JSON.stringify(content));
    const diff = await compliance.run("jurisdiction", "diff", "UK", "--file", file, "--json");
    expect(JSON.parse(diff.stdout)).toMatchObject({ changes: [{ path: "increaseHours", after: "99" }] });
  }
  const reason = ["--reason", "The law changes", "--yes"];
  const proposed = await compliance.run("jurisdiction", "schedule", "UK", "--file", file, ...reason);
  expect(proposed).toMatchObject({ code: 0 });
  // Proposed is not yet in force.
  expect(await shown()).toEqual(versions);
});

test("a file with mistakes is refused with each of them by its path", async () => {
  const [version] = await shown();
  writeFileSync(file, JSON.stringify({ ...version?.rules, zone: "Nowhere/Town", increaseHours: -1 }));
  const refused = await compliance.run("jurisdiction", "diff", "UK", "--file", file);
  expect(refused).toMatchObject({ code: 2, stdout: "" });
  for (const path of ["zone", "increaseHours"]) expect(refused.stderr).toContain(path);
  expect(refused.stderr).not.toContain("is not JSON");
  writeFileSync(file, "{");
  expect((await compliance.run("jurisdiction", "diff", "UK", "--file", file)).stderr).toContain("is not JSON");
});
