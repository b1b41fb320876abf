/** The same life of a deposit with every provider that is not Stripe, each a process that speaks its own dialect. */
import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { findLedgerFaults } from "../../testing/check-ledger.ts";
import { type Office, startOffice } from "../../testing/start-office.ts";
import { type RunningPsps, runPsps } from "../simulators/run-psps.fixture.ts";
import { signAdyen } from "./adyen/adyen-signature.ts";
import { signCheckout } from "./checkout/checkout-signature.ts";

let office: Office;
let psps: RunningPsps;
const patience = { timeout: 30_000, interval: 40 };

beforeAll(async () => {
  office = await startOffice();
  psps = await runPsps(office.casino);
});
afterEach(async () => {
  for (const code of ["adyen", "checkout"]) await psps.misbehave({}, code);
});
afterAll(async () => {
  await psps.stop();
  await office.close();
});

async function ask(prefix: string, playerId: string, kind: string) {
  const { body } = await office.casino.call("POST", "/v1/deposits", {
    token: office.casino.operatorKey,
    body: {
      requestId: randomUUID(),
      playerId,
      amount: { amount: "50.00", currency: "EUR" },
      method: "card",
      token: `${prefix}_${kind}_${playerId}`,
    },
  });
  return body;
}

async function untilStatus(depositId: unknown, status: string): Promise<Record<string, unknown>> {
  return vi.waitFor(async () => {
    const { body } = await office.casino.call("GET", `/v1/deposits/${String(depositId)}`, {
      token: office.casino.operatorKey,
    });
    expect(body["status"]).toBe(status);
    return body;
  }, patience);
}

async function cashOf(playerId: string): Promise<string | undefined> {
  const { body } = await office.casino.call("GET", `/v1/wallet?playerId=${playerId}`, {
    token: office.casino.operatorKey,
  });
  const wallets = body["wallets"] as { kind: string; currency: string; available: string }[];
  return wallets.find(({ kind, currency }) => kind === "CASH" && currency === "EUR")?.available;
}

describe.each([
  ["adyen", "rec"],
  ["checkout", "src"],
])("%s", (code, prefix) => {
  test("money that is taken is credited once, however often and in whatever order it is told", async () => {
    await psps.misbehave({ repeat: 1, reorder: 0.5 }, code);
    const { playerId } = await office.casino.openPlayer();
    const { depositId } = await ask(prefix, playerId, "visa");
    expect(await untilStatus(depositId, "CREDITED")).toMatchObject({
      credited: { amount: "50.00", currency: "EUR" },
      card: { brand: "visa", last4: "4242" },
    });
    await vi.waitFor(async () => {
      const { api } = await office.signIn(office.people.finance);
      const { webhooks, psp } = await api.deposit.show.query({ depositId: String(depositId) });
      expect(psp).toBe(code);
      expect(webhooks.every(({ state }) => state === "DONE")).toBe(true);
      expect(Math.max(...webhooks.map(({ deliveries }) => deliveries))).toBeGreaterThan(1);
    }, patience);
    expect(await cashOf(playerId)).toBe("50.00");
  });

  test("a decline is told in the provider's words", async () => {
    const { playerId } = await office.casino.openPlayer();
    const { depositId } = await ask(prefix, playerId, "declined");
    const declined = await untilStatus(depositId, "DECLINED");
    expect(declined["failure"]).toMatchObject({ code: code === "adyen" ? "12" : "20051" });
  });

  test("a part that is taken is the part that is credited", async () => {
    const { playerId } = await office.casino.openPlayer();
    const { depositId } = await ask(prefix, playerId, "partial");
    expect(await untilStatus(depositId, "CREDITED")).toMatchObject({ credited: { amount: "25.00" } });
    expect(await cashOf(playerId)).toBe("25.00");
  });

  test("the player confirms at the bank, or does not", async () => {
    const { playerId } = await office.casino.openPlayer();
    const asked = [await ask(prefix, playerId, "action"), await ask(prefix, playerId, "action")];
    for (const [index, confirm] of ["yes", "no"].entries()) {
      const { nextAction } = asked[index] as { nextAction: { url: string } };
      await fetch(nextAction.url, { method: "POST", body: new URLSearchParams({ confirm }), redirect: "manual" });
    }
    await untilStatus(asked[0]?.["depositId"], "CREDITED");
    await untilStatus(asked[1]?.["depositId"], "DECLINED");
    expect(await cashOf(playerId)).toBe("50.00");
  });

  test("an answer that is lost after the money was taken leaves one payment, credited once", async () => {
    await psps.misbehave({ lostAnswer: 1 }, code);
    const { playerId } = await office.casino.openPlayer();
    const { depositId } = await ask(prefix, playerId, "mastercard");
    await untilStatus(depositId, "CREDITED");
    expect(await cashOf(playerId)).toBe("50.00");
  });

  test("a provider that is in trouble leaves the deposit open, and it is followed until it is paid", async () => {
    const { playerId } = await office.casino.openPlayer();
    const { depositId } = await ask(prefix, playerId, "slow");
    await untilStatus(depositId, "PENDING");
    await untilStatus(depositId, "CREDITED");
  });
});

test("what somebody else makes of a provider's webhook is refused, whole", async () => {
  const item = {
    pspReference: "9999999999999999",
    merchantAccountCode: psps.settings.get("adyen")?.merchant ?? "",
    merchantReference: "dep_1",
    amount: { value: 5_000, currency: "EUR" },
    eventCode: "CAPTURE",
    success: "true",
  };
  const notice = (hmacSignature: string, change: object = {}) =>
    JSON.stringify({
      live: "false",
      notificationItems: [
        {
          NotificationRequestItem: {
            ...item,
            ...change,
            eventDate: new Date().toISOString(),
            additionalData: { hmacSignature },
          },
        },
      ],
    });
  const post = async (code: string, body: string, headers: Record<string, string> = {}) => {
    const url = `${office.casino.url()}/v1/webhooks/${code}`;
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
    });
    return { status: answer.status, text: await answer.text() };
  };
  const key = psps.settings.get("adyen")?.webhookSecrets[0] ?? "";
  const good = signAdyen(item, key);
  expect(await post("adyen", notice(good))).toEqual({ status: 200, text: "[accepted]" });
  expect((await post("adyen", notice(good, { amount: { value: 500_000, currency: "EUR" } }))).status).toBe(401);
  expect((await post("adyen", notice(signAdyen(item, "00".repeat(32))))).status).toBe(401);
  expect((await post("adyen", '{"notificationItems":[]}')).status).toBe(401);
  const foreign = { ...item, merchantAccountCode: "SomebodyElse" };
  expect((await post("adyen", notice(signAdyen(foreign, key), foreign))).status).toBe(401);

  const event = JSON.stringify({ id: "evt_forged", type: "payment_captured", data: {} });
  const cko = psps.settings.get("checkout")?.webhookSecrets[0] ?? "";
  const signed = signCheckout(Buffer.from(event), cko);
  expect((await post("checkout", event, { "cko-signature": signed })).status).toBe(200);
  expect((await post("checkout", `${event} `, { "cko-signature": signed })).status).toBe(401);
  expect((await post("checkout", event)).status).toBe(401);
  const { api } = await office.signIn(office.people.finance);
  await vi.waitFor(async () => {
    const { rows } = await api.webhook.list.query({ state: "DEAD" });
    expect(rows.map(({ eventId }) => eventId)).toEqual(["evt_forged", "9999999999999999:CAPTURE:true"]);
  }, patience);
});

test("the ledger holds after all of it", async () => {
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
});
