/** Deposits at the gate: limits of the player, caps of the jurisdiction, exclusions; exact with many at once. */
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { setKycLevel } from "@pitboss/db/compliance/standing-store";
import { type Casino, numberOf, startCasino, type TestPlayer } from "../../testing/start-casino.ts";
import { type RunningPsps, runPsps } from "../simulators/run-psps.fixture.ts";

let casino: Casino;
let psps: RunningPsps;

beforeAll(async () => {
  casino = await startCasino();
  psps = await runPsps(casino);
});
afterAll(async () => {
  await psps.stop();
  await casino.close();
});

async function deposit({ playerId }: TestPlayer, amount: string, currency = "EUR"): Promise<string> {
  const { status, body } = await casino.call("POST", "/v1/deposits", {
    token: casino.operatorKey,
    body: {
      requestId: randomUUID(),
      playerId,
      amount: { amount, currency },
      method: "card",
      token: `pm_card_visa_${playerId}`,
    },
  });
  return status === 200 ? String(body["status"]) : String(body["code"]);
}

const limit = (amount: string, period = "WEEK") => ({ kind: "DEPOSIT", period, currency: "EUR", amount });

test("a deposit limit counts what is open and what came, and eight at once come to it and no further", async () => {
  const player = await casino.openPlayer();
  await casino.call("PUT", "/v1/limits", { token: player.token, body: limit("100.00") });
  const said = await Promise.all(Array.from({ length: 8 }, () => deposit(player, "30.00")));
  expect(said.filter((code) => code === "CREDITED").length).toBe(3);
  expect(said.filter((code) => code === "DEPOSIT_LIMIT_REACHED").length).toBe(5);
  expect(await deposit(player, "10.01")).toBe("DEPOSIT_LIMIT_REACHED");
  expect(await deposit(player, "10.00")).toBe("CREDITED");
  const shown = await casino.call("GET", "/v1/limits", { token: player.token });
  expect(shown.body).toMatchObject({ limits: [{ kind: "DEPOSIT", used: "100.00", remaining: "0.00" }] });
  expect(await deposit(player, "5.00", "USD")).toBe("LIMIT_OTHER_CURRENCY");
});

test("who is not verified deposits up to the jurisdiction's cap, over all currencies, and more once they are", async () => {
  const player = await casino.openPlayer();
  expect(await deposit(player, "1500.00")).toBe("CREDITED");
  expect(await deposit(player, "700.00", "USD")).toBe("KYC_DEPOSIT_CAP");
  await setKycLevel(casino.db, numberOf(player.playerId), 2);
  expect(await deposit(player, "700.00", "USD")).toBe("CREDITED");
});

test("who is excluded deposits nothing, and the refusal keeps what every check looked at", async () => {
  const player = await casino.openPlayer();
  await casino.call("POST", "/v1/panic", { token: player.token });
  expect(await deposit(player, "10.00")).toBe("TIME_OUT_RUNNING");
  const { rows } = await casino.db.execute<{ rule: string; inputs: Record<string, unknown> }>(
    sql`SELECT rule, inputs FROM denials WHERE player_id = ${numberOf(player.playerId)}`,
  );
  expect(rows[0]).toMatchObject({
    rule: "deposit.not-excluded",
    inputs: { exclusion: "PANIC", jurisdiction: "MT", packVersion: 2, kycLevel: 0, cap: "2000.00" },
  });
});

test("a German deposits once verified, in euro, and a thousand a month", async () => {
  const player = await casino.openPlayer();
  await casino.db.execute(sql`UPDATE players SET country = 'DE' WHERE id = ${numberOf(player.playerId)}`);
  expect(await deposit(player, "10.00")).toBe("KYC_LEVEL_TOO_LOW");
  await setKycLevel(casino.db, numberOf(player.playerId), 1);
  expect(await deposit(player, "10.00", "USD")).toBe("LIMIT_OTHER_CURRENCY");
  expect(await deposit(player, "1000.01")).toBe("DEPOSIT_LIMIT_REACHED");
  const above = await casino.call("PUT", "/v1/limits", { token: player.token, body: limit("1000.01", "MONTH") });
  expect(above.body["code"]).toBe("LIMIT_ABOVE_LAW");
  expect(await deposit(player, "1000.00")).toBe("CREDITED");
});
