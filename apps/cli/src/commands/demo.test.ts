import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { matchTotp } from "@pitboss/domain/identity/totp";
import { Command } from "commander";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestWorld, stopOf, type TestWorld } from "../kernel/world.fixture.ts";
import { addContext } from "../session/contexts.ts";
import { demoCommands } from "./demo.ts";

const secret = "3132333435363738393031323334353637383930";
const person = { email: "admin@demo.pitboss.example", password: "demo-1", totpSecret: secret };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pitboss-demo-"));
  mkdirSync(join(folder, "demo"));
  const people = ["admin", "finance-2"].map((role) => ({ role, ...person }));
  writeFileSync(join(folder, "demo", "staff.json"), JSON.stringify(people));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function give(world: TestWorld, ...words: string[]): Promise<void> {
  const program = new Command();
  demoCommands(program, (action) => async (...given) => {
    given.pop();
    await action(world, ...(given as never));
  });
  await program.parseAsync(["demo", "totp", ...words, "--data-dir", folder], { from: "user" });
}

test("the code is the one that the engine takes at this moment", async () => {
  const world = createTestWorld({ configDir: join(folder, "config"), json: true });
  await give(world, "admin");
  const { signIns, secondsLeft } = JSON.parse(world.stdout()) as { signIns: { code: string }[]; secondsLeft: number };
  expect(signIns).toMatchObject([{ role: "admin", email: person.email, password: person.password }]);
  expect(matchTotp(Buffer.from(secret, "hex"), signIns[0]?.code ?? "", world.now(), null)).toBeDefined();
  expect(secondsLeft).toBe(30);
  expect(world.stdout()).not.toContain(secret);
});

test("it is refused where NODE_ENV is production, and where the context is", async () => {
  const world = createTestWorld({ configDir: join(folder, "config") });
  const inProduction = { ...world, config: { ...world.config, production: true } };
  expect(await stopOf(give(inProduction))).toEqual({ code: "DEMO_ONLY", exit: 3 });
  addContext(world.config, "prod", "https://engine.example", true);
  const there = createTestWorld({ configDir: join(folder, "config"), context: "prod" });
  expect(await stopOf(give(there))).toEqual({ code: "DEMO_ONLY", exit: 3 });
  expect(there.stdout()).toBe("");
});

test("a role that the demo does not have is a usage failure", async () => {
  const world = createTestWorld({ configDir: join(folder, "config") });
  expect(await stopOf(give(world, "janitor"))).toEqual({ code: "USAGE", exit: 2 });
});
