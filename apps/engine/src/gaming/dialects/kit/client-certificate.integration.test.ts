/**
 * A provider that must show a certificate of its own is let in on the word of a proxy that the engine trusts, and on no one
 * else's: whoever reaches the engine by another way can write any header.
 */
import { createHmac, randomUUID } from "node:crypto";
import { request } from "node:http";
import { findProviderId, insertProviderPolicy } from "@pitboss/db/gaming/provider-store";
import { defaultProviderPolicy } from "@pitboss/domain/gaming/provider-policy";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type DemoProvider, openDemoProviders } from "../../../demo/open-demo-providers.ts";
import type { TestPlayer } from "../../../testing/start-casino.ts";
import { type Office, startOffice } from "../../../testing/start-office.ts";

/** Where all calls of this test come from, and for most of it the proxy that the engine trusts. */
const proxy = "127.0.0.1";
const otherProxy = "192.0.2.1";
const provider = "203.0.113.9";

let office: Office;
let strict: DemoProvider;
let player: TestPlayer;

beforeAll(async () => {
  office = await startOffice({ TRUSTED_PROXIES: proxy });
  const { db } = office.casino;
  const opened = await openDemoProviders(db, office.deps.vault, { EUR: { min: "0.10", max: "100.00" } });
  const found = opened.find(({ dialect }) => dialect === "softswiss");
  const providerId = found === undefined ? undefined : await findProviderId(db, found.provider);
  if (found === undefined || providerId === undefined) throw new Error("the demo has a provider that speaks SOFTSWISS");
  strict = found;
  const policy = { ...defaultProviderPolicy, mutualTls: true };
  const next = { providerId, dialect: "softswiss", paused: false, policy, reason: "Its contract.", actor: "job:demo" };
  expect(await insertProviderPolicy(db, next, 1)).toBe(true);
  player = await office.casino.openPlayer({ EUR: "10.00" });
  await vi.waitFor(async () => expect(await call(throughProxy)).toBe(200), { timeout: 20_000, interval: 250 });
});
afterAll(() => office.close());

type Headers = Readonly<Record<string, string | string[]>>;

const throughProxy: Headers = { "x-forwarded-for": provider, "x-client-verify": "SUCCESS" };

/** The status of a call whose signature is right, and that asks for nothing but a balance. */
function call(headers: Headers): Promise<number | undefined> {
  const body = JSON.stringify({ user_id: player.playerId, currency: "EUR", game: strict.game, game_id: randomUUID() });
  const sign = createHmac("sha256", strict.secret).update(body).digest("hex");
  const url = new URL(`/v1/providers/${strict.provider}/play`, office.casino.url());
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: "POST",
        headers: { "content-type": "application/json", "x-request-sign": sign, ...headers },
      },
      (answer) => {
        answer.resume();
        answer.on("end", () => resolve(answer.statusCode));
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

describe("a provider that must show its certificate", () => {
  test("is let in where the trusted proxy says that it was checked", async () => {
    expect(await call(throughProxy)).toBe(200);
  });

  test.each<[string, Headers]>([
    ["says nothing of a certificate", { "x-forwarded-for": provider }],
    ["says that none was shown", { ...throughProxy, "x-client-verify": "NONE" }],
    ["says that it failed", { ...throughProxy, "x-client-verify": "FAILED:certificate has expired" }],
    ["adds its own word to one that the caller sent", { ...throughProxy, "x-client-verify": ["SUCCESS", "NONE"] }],
    ["lets a caller's word stand beside its own", { ...throughProxy, "x-client-verify": ["NONE", "SUCCESS"] }],
  ])("is refused where the proxy %s", async (_what, headers) => {
    expect(await call(headers)).toBe(403);
  });

  test("is refused where the proxy's own machine calls for itself", async () => {
    expect(await call({ "x-client-verify": "SUCCESS" })).toBe(403);
  });

  test("is refused where it comes past the trusted proxy, whatever headers it writes", async () => {
    await office.casino.restart({ TRUSTED_PROXIES: otherProxy });
    expect(await call(throughProxy)).toBe(403);
    expect(await call({ ...throughProxy, "x-forwarded-for": `${provider}, ${otherProxy}` })).toBe(403);
  });

  test("is refused by a house that trusts no proxy", async () => {
    await office.casino.restart();
    expect(await call(throughProxy)).toBe(403);
  });
});
