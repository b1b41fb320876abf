/** From where and how late a provider may call is its policy's, and holds within a second of a change. */
import { createHmac, randomUUID } from "node:crypto";
import { insertProviderPolicy, listPolicyVersions } from "@pitboss/db/gaming/provider-store";
import { defaultProviderPolicy, type ProviderPolicy } from "@pitboss/domain/gaming/provider-policy";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type DemoProvider, openDemoProviders } from "../../../demo/open-demo-providers.ts";
import type { TestPlayer } from "../../../testing/start-casino.ts";
import { type Office, startOffice } from "../../../testing/start-office.ts";

let office: Office;
let speaks: DemoProvider;
let player: TestPlayer;
const patience = { timeout: 20_000, interval: 100 };

beforeAll(async () => {
  office = await startOffice();
  const opened = await openDemoProviders(office.casino.db, office.deps.vault, { EUR: { min: "0.10", max: "100.00" } });
  const found = opened.find(({ dialect }) => dialect === "signed-json");
  if (found === undefined) throw new Error("the demo has a provider that dates its calls");
  speaks = found;
  player = await office.casino.openPlayer({ EUR: "50.00" });
});
afterAll(() => office.close());

async function hold(change: Partial<ProviderPolicy>): Promise<void> {
  const { db } = office.casino;
  const [current] = await listPolicyVersions(db, speaks.provider);
  if (current === undefined) throw new Error("it has a policy");
  const { providerId, dialect, version } = current;
  const policy = { ...defaultProviderPolicy, ...change };
  await insertProviderPolicy(db, { providerId, dialect, policy, reason: "For a test", actor: "job:test" }, version);
}

/** The status of a call that was signed this long ago. */
async function call(agoSeconds = 0): Promise<number> {
  const body = JSON.stringify({ playerId: player.playerId, currency: "EUR" });
  const [id, seconds] = [`msg_${randomUUID()}`, String(Math.floor(Date.now() / 1_000) - agoSeconds)];
  const key = Buffer.from(speaks.secret, "base64");
  const signature = createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("base64");
  const response = await fetch(`${office.casino.url()}/v1/providers/${speaks.provider}/balance`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": seconds,
      "webhook-signature": `v1,${signature}`,
    },
    body,
  });
  await response.arrayBuffer();
  return response.status;
}

const answers = (status: number, agoSeconds?: number) =>
  vi.waitFor(async () => expect(await call(agoSeconds)).toBe(status), patience);

test("calls are taken from the networks that the policy names, and from nowhere else", async () => {
  await answers(200);
  await hold({ networks: ["203.0.113.0/24", "2001:db8::/32"] });
  await answers(403);
  await hold({ networks: ["203.0.113.0/24", "127.0.0.0/8", "::1/128"] });
  await answers(200);
});

test("a call that was signed longer ago than the clocks may differ is not the provider's", async () => {
  await hold({ clockToleranceSeconds: 60 });
  await answers(401, 90);
  expect(await call(40)).toBe(200);
  expect(await call(-90)).toBe(401);
  await hold({ clockToleranceSeconds: 120 });
  await answers(200, 90);
});
