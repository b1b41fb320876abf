/** The house's simulated bank, as somebody outside uses it. */
import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { makeIban } from "@pitboss/domain/cashier/bank/iban";
import { expect, type Page } from "@playwright/test";
import { z } from "zod";
import { casino } from "../playwright.config.ts";
import { callEngine } from "./casino.ts";
import { sayYes } from "./decide.ts";
import { askForPayout, openPlayer, verify } from "./seed-play.ts";
import { askStaffApi } from "./staff-api.ts";

const bankFile = z.object({ banks: z.array(z.object({ url: z.string() })).min(1) });

/** An account that nobody else has. */
export function newIban(): string {
  return makeIban("DE", `37040044${String(randomInt(10 ** 9)).padStart(9, "0")}1`) ?? "";
}

/** Somebody pays the house. */
export async function payHouse(credit: {
  readonly amount: string;
  readonly name: string;
  readonly iban: string;
  readonly reference?: string;
  readonly remittance?: string;
}): Promise<void> {
  const { banks } = bankFile.parse(JSON.parse(readFileSync(join(casino.dataDir, "banks.json"), "utf8")));
  const response = await fetch(`${banks[0]?.url ?? ""}/_simulator/credits`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(credit),
  });
  expect(response.ok).toBe(true);
}

/** What came without a reference, once it waits for people. */
export async function findWaiting(page: Page, amount: string): Promise<string> {
  let found: string | undefined;
  await expect(async () => {
    const { rows } = await askStaffApi<{ rows: { creditId: string; amount: string }[] }>(page, "bankCredit.list", {
      state: "IN_INBOX",
    });
    found = rows.find((row) => row.amount === amount)?.creditId;
    expect(found).toBeDefined();
  }).toPass();
  return found ?? "";
}

/** Pays a player out to the account that their money came from; the file that it leaves in. */
export async function payOutByBank(page: Page): Promise<string> {
  const playerId = await openPlayer("banker");
  await verify(playerId);
  const { reference } = await callEngine("/v1/deposits/bank-references", { playerId });
  await payHouse({ amount: "60.00", name: "Banker", iban: newIban(), reference: String(reference) });
  const status = async () => {
    const { deposits } = await callEngine(`/v1/deposits?playerId=${playerId}`);
    return (deposits as { status: string }[])[0]?.status;
  };
  await expect.poll(status).toBe("CREDITED");
  const payoutId = await askForPayout(playerId, "20.00");
  await sayYes(page, payoutId, "The account is the player's");
  const file = async () => (await askStaffApi<{ batchId: string | null }>(page, "payout.show", { payoutId })).batchId;
  await expect.poll(file, { timeout: 60_000 }).toMatch(/^pb_/);
  return (await file()) ?? "";
}
