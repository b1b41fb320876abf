/** Providers from a terminal: looked at, paused, taken back, tried. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type DemoProvider, openDemoProviders } from "@pitboss/engine/demo/open-demo-providers";
import { type Office, startOffice } from "@pitboss/engine/testing/start-office";
import { signedJson } from "@pitboss/wires/speakers/signed-json";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStage } from "./conformance/stage.ts";
import { buildTools, type Cli, type CliTools, signIn } from "./run-cli.fixture.ts";

let office: Office;
let tools: CliTools;
let operations: Cli;
let provider: DemoProvider;

beforeAll(async () => {
  [office, tools] = await Promise.all([startOffice(), buildTools()]);
  const bounds = { min: "0.10", max: "1000.00" };
  const opened = await openDemoProviders(office.casino.db, office.deps.vault, { EUR: bounds, USD: bounds });
  const found = opened.find(({ dialect }) => dialect === "signed-json");
  if (found === undefined) throw new Error("the demo has a provider for each dialect");
  provider = found;
  await office.casino.restart();
  operations = await tools.newMachine(office.casino.url());
  await signIn(office, operations, office.people.operations);
});
afterAll(async () => {
  tools.remove();
  await office.close();
});

const setupOf = () => ({ ...provider, currency: "EUR" as const, operatorKey: office.casino.operatorKey });

async function call(path: string, body: object): Promise<{ status: number; body: Record<string, unknown> }> {
  const signed = signedJson.sign({ path, body: JSON.stringify(body) }, provider.secret);
  const response = await fetch(`${office.casino.url()}/v1/providers/${provider.provider}/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...signed.headers },
    body: signed.body,
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test("they are listed and shown, and no secret with them", async () => {
  const listed = await operations.run("provider", "list", "--json");
  const { rows } = JSON.parse(listed.stdout) as { rows: { provider: string; state: string }[] };
  expect(rows.map((row) => row.provider)).toContain(provider.provider);
  const shown = await operations.run("provider", "show", provider.provider, "--json");
  expect(shown.stdout).toContain('"fingerprint"');
  expect(shown.stdout).not.toContain(provider.secret);
  expect((await operations.run("provider", "show", "nobody")).code).toBe(1);
});

test("a paused provider's bets are refused, its wins and rollbacks post, and it is taken back", async () => {
  const { signal } = new AbortController();
  const stage = openStage(office.casino.url(), setupOf(), signal);
  const player = await stage.openPlayer(10_000n);
  const { playerId, session } = player;
  const money = { playerId, roundId: "r", gameId: provider.game, currency: "EUR" };
  expect((await call("bet", { ...money, transactionId: "p-b1", session, amount: "10.00" })).status).toBe(200);
  expect((await call("bet", { ...money, transactionId: "p-b2", session, amount: "5.00" })).status).toBe(200);

  const paused = await operations.run("provider", "pause", provider.provider, "--reason", "late results", "--yes");
  expect(paused).toMatchObject({ code: 0 });
  await sleep(1_500);
  const refused = await call("bet", { ...money, transactionId: "p-b3", session, amount: "1.00" });
  expect(refused).toMatchObject({ status: 422, body: { code: "PROVIDER_PAUSED" } });
  // What was answered before the pause is answered so again.
  expect((await call("bet", { ...money, transactionId: "p-b1", session, amount: "10.00" })).status).toBe(200);
  const won = await call("win", { ...money, transactionId: "p-w1", betTransactionId: "p-b1", amount: "25.00" });
  expect(won.status).toBe(200);
  const back = await call("rollback", { playerId, transactionId: "p-x1", originalTransactionId: "p-b2" });
  expect(back.status).toBe(200);
  expect(await stage.balanceOf(player)).toBe(11_500n);

  const resumed = await operations.run(
    "provider",
    "resume",
    provider.provider,
    "--reason",
    "results are back",
    "--yes",
  );
  expect(resumed).toMatchObject({ code: 0 });
  await sleep(1_500);
  expect((await call("bet", { ...money, transactionId: "p-b3", session, amount: "1.00" })).status).toBe(200);
});

test("conformance prints and saves a report, and ends with 6 where something is wrong", {
  timeout: 60_000,
}, async () => {
  const setup = join(operations.configDir, "setup.json");
  const out = join(operations.configDir, "report.json");
  writeFileSync(setup, JSON.stringify(setupOf()));
  const words = ["provider", "conformance", "signed-json", "--target", office.casino.url(), "--out", out];
  const good = await operations.run(...words, "--setup", setup, "--keep");
  expect(good.code).toBe(0);
  expect(good.stdout).toContain("scenarios of signed-json are as they should be");
  expect(JSON.parse(readFileSync(out, "utf8"))).toMatchObject({ dialect: "signed-json", failed: 0 });
  const shown = await operations.run("provider", "show", provider.provider, "--json");
  expect(JSON.parse(shown.stdout)).toMatchObject({ reports: [{ dialect: "signed-json", failed: 0 }] });

  writeFileSync(setup, JSON.stringify({ ...setupOf(), secret: "c29tZWJvZHkgZWxzZSBhbHRvZ2V0aGVyIQ==" }));
  const wrong = await operations.run(...words, "--setup", setup, "--json");
  expect(wrong.code).toBe(6);
  expect((JSON.parse(wrong.stdout) as { failed: number }).failed).toBeGreaterThan(20);
});

test("a policy is shown as a file, planned field by field, and applied exactly as it was planned", async () => {
  const shown = await operations.run("provider", "policy", "show", provider.provider, "--json");
  const file = join(operations.configDir, "policy.json");
  const next = { ...(JSON.parse(shown.stdout) as object), clockToleranceSeconds: 120, networks: ["203.0.113.0/24"] };
  writeFileSync(file, JSON.stringify(next));
  const words = ["provider", "policy"];
  const planned = await operations.run(...words, "plan", provider.provider, "--file", file, "--json");
  const { plan, items } = JSON.parse(planned.stdout) as { plan: string; items: object[] };
  expect(items).toMatchObject([
    { before: { version: 1, networks: [] }, after: { version: 2, clockToleranceSeconds: 120 } },
  ]);
  const apply = [...words, "apply", provider.provider, "--file", file, "--reason", "They moved", "--yes"];
  expect((await operations.run(...apply, "--plan", "0000000000000000")).code).toBe(3);
  expect((await operations.run(...apply, "--plan", plan)).code).toBe(0);
  const after = await operations.run("provider", "show", provider.provider, "--json");
  expect(JSON.parse(after.stdout)).toMatchObject({ policyVersion: 2, policy: { networks: ["203.0.113.0/24"] } });
  // From here its calls come from elsewhere, and are nobody's.
  await sleep(1_500);
  expect((await call("balance", { playerId: "p_1", currency: "EUR" })).status).not.toBe(200);
  writeFileSync(file, JSON.stringify({ ...next, networks: ["anywhere"] }));
  expect((await operations.run(...words, "plan", provider.provider, "--file", file)).code).toBe(2);
});

test("what money depends on is proposed, and the policy stays until a second person has said yes", async () => {
  const shown = await operations.run("provider", "show", provider.provider, "--json");
  const before = JSON.parse(shown.stdout) as { policyVersion: number; policy: object };
  const file = join(operations.configDir, "money.json");
  writeFileSync(file, JSON.stringify({ ...before.policy, betMax: { EUR: "50.00" } }));
  const words = ["provider", "policy", "apply", provider.provider, "--file", file, "--yes", "--json"];
  const applied = await operations.run(...words, "--reason", "A new contract");
  expect(applied.code).toBe(0);
  expect(applied.stderr).toContain("Proposed as ");
  expect(JSON.parse(applied.stdout)).toMatchObject({
    items: [{ done: true, result: { version: null, approvalId: expect.stringMatching(/^ap/) as string } }],
  });
  const after = await operations.run("provider", "show", provider.provider, "--json");
  expect(JSON.parse(after.stdout)).toMatchObject({ policyVersion: before.policyVersion });
});

test("a credential is rotated with an overlap by an admin, and its secret is shown once", async () => {
  const admin = await tools.newMachine(office.casino.url());
  await signIn(office, admin, office.people.admin);
  const rotate = ["provider", "rotate", provider.provider, "--overlap", "5", "--reason", "It leaked", "--yes"];
  const rotated = await admin.run(...rotate, "--json");
  expect(rotated.code).toBe(0);
  const [item] = (JSON.parse(rotated.stdout) as { items: { result: { fingerprint: string; secret: string } }[] }).items;
  expect(Buffer.from(item?.result.secret ?? "", "base64")).toHaveLength(32);
  expect(rotated.stderr).not.toContain(item?.result.secret);
  const shown = await admin.run("provider", "show", provider.provider, "--json");
  expect(JSON.parse(shown.stdout)).toMatchObject({
    credentials: [{ state: "LIVE", fingerprint: item?.result.fingerprint }, { state: "ENDING" }],
  });
  expect(shown.stdout).not.toContain(item?.result.secret);
  expect((await operations.run(...rotate)).code).toBe(4);
  expect((await admin.run(...rotate.slice(0, 3), "--overlap", "99999", "--reason", "Too long", "--yes")).code).toBe(2);
});

test("transfers to game banks are listed, by provider and by what is open", async () => {
  const listed = await operations.run("provider", "transfers", provider.provider, "--open", "--json");
  expect(JSON.parse(listed.stdout)).toEqual({ rows: [], next: null });
  expect((await operations.run("provider", "transfers", "nobody")).code).toBe(1);
  const asked = await operations.run("provider", "ask-transfer", "bt_1", "--reason", "It is late", "--yes");
  expect(asked.code).not.toBe(0);
});
