/** People who decide for each other from their own terminals, and the command line as a process: how it ends, and what it says. */
import { type Office, startOffice } from "@pitboss/engine/testing/start-office";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { because, buildTools, type Cli, type CliTools, dataOf, failureOf, signIn } from "./run-cli.fixture.ts";

let office: Office;
let tools: CliTools;
let risk: Cli;
let stranger: Cli;

beforeAll(async () => {
  [office, tools] = await Promise.all([startOffice(), buildTools()]);
  const url = office.casino.url();
  [risk, stranger] = await Promise.all([tools.newMachine(url), tools.newMachine(url)]);
  await signIn(office, risk, office.people.risk);
});
afterAll(async () => {
  tools.remove();
  await office.close();
});

describe("people", () => {
  test("a powerful role takes a second person, who approves exactly what was proposed", async () => {
    const [maker, checker] = await Promise.all([
      tools.newMachine(office.casino.url()),
      tools.newMachine(office.casino.url()),
    ]);
    await signIn(office, maker, office.people.admin2);
    await signIn(office, checker, office.people.compliance);
    const { nobody } = office.people;
    const proposed = dataOf(await maker.run("staff", "grant", "operations", nobody.id, ...because, "--json"));
    const [{ result }] = proposed["items"] as [{ result: { approvalId: string } }];
    const own = await maker.run("approval", "approve", result.approvalId, ...because, "--json");
    expect([own.code, failureOf(own)]).toEqual([3, "NOTHING_APPLIES"]);
    const inbox = dataOf(await checker.run("approval", "list", "--kind", "staff.role-grant", "--json"));
    expect(inbox["rows"]).toMatchObject([
      { approvalId: result.approvalId, summary: "Give nobody the role operations" },
    ]);
    const approved = await checker.run("approval", "approve", result.approvalId, ...because, "--json");
    expect(dataOf(approved)).toMatchObject({
      items: [{ done: true, result: { status: "APPLIED", notApplied: null } }],
    });
    const staff = dataOf(await maker.run("staff", "list", "--text", "nobody", "--json"));
    expect(staff["rows"]).toMatchObject([{ staffId: nobody.id, roles: ["operations"] }]);
    const invited = await maker.run(
      "staff",
      "invite",
      "new@house.test",
      "--name",
      "New",
      "--role",
      "support",
      ...because,
    );
    expect(invited.code).toBe(0);
    const purposes = ["STAFF", "PLAYER", "AUDIT", "SEAL", "MASTER"];
    const rotated = dataOf(await maker.run("keys", "rotate", ...purposes, ...because, "--json"));
    expect(rotated).toMatchObject({ done: 5, items: purposes.map((id) => ({ id, done: true })) });
    const keys = dataOf<{ signing: { purpose: string; state: string }[] }>(await maker.run("keys", "list", "--json"));
    const states = (purpose: string) => keys.signing.filter((key) => key.purpose === purpose).map(({ state }) => state);
    expect(states("STAFF")).toEqual(["SIGNS", "COMING"]);
    // The first key of a purpose signs at once, whatever made it.
    expect(states("PLAYER")).toContain("SIGNS");
    expect((await maker.run("staff", "suspend", office.people.admin2.id, ...because)).code).toBe(3);
  });
});

describe("the process", () => {
  test("a login that is interrupted ends with 130", async () => {
    const login = stranger.start(["login"]);
    await login.said(/Waiting for you/);
    login.interrupt();
    expect((await login.ended).code).toBe(130);
  });

  test.each([
    [["play"]],
    [["player"]],
    [["player", "show"]],
    [["player", "show", "p_1", "--colour"]],
    [["context", "use", "nowhere"]],
  ])("%j is a usage failure: 2, with nothing on stdout", async (words) => {
    expect(await stranger.run(...words)).toMatchObject({ code: 2, stdout: "" });
  });

  test("an engine that can't be reached ends with 1", async () => {
    const machine = await tools.newMachine("http://127.0.0.1:1");
    const ended = await machine.run("login", "--json");
    expect(ended.code).toBe(1);
    expect(failureOf(ended)).toBe("ENGINE_UNREACHABLE");
    const doctor = await machine.run("doctor", "--json");
    expect(doctor.code).toBe(1);
    expect(dataOf(doctor)).toMatchObject({ state: "fail", findings: [{ check: "engine", state: "fail" }] });
  });

  test("doctor looks outside without a sign-in, and inside with one", async () => {
    const outside = dataOf(await stranger.run("doctor", "--json"));
    expect(outside).toMatchObject({ state: "warn" });
    const inside = dataOf(await risk.run("doctor", "--json"));
    const checks = (inside["findings"] as { check: string }[]).map(({ check }) => check);
    expect(checks).toEqual(expect.arrayContaining(["versions", "seals of the ledger", "partitions ahead"]));
  });

  test("help comes, and how long it took is told", async () => {
    const took: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const began = performance.now();
      const { code, stdout } = await stranger.run("--help");
      took.push(performance.now() - began);
      expect(code).toBe(0);
      expect(stdout).toContain("Exit codes");
    }
    console.info(`pitboss --help: ${Math.round(Math.min(...took))} ms at best of ${took.length}`);
  });
});
