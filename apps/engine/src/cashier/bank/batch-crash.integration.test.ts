/** A payout in a file is never paid twice and never forgotten, wherever the process that works on the file is killed. */
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findLedgerFaults } from "../../testing/check-ledger.ts";
import { type Office, startOffice } from "../../testing/start-office.ts";
import { createPayoutHouse, type PayoutHouse } from "../payouts/payouts.fixture.ts";
import { type RunningBank, runBank } from "../simulators/run-bank.fixture.ts";
import { createTransferHouse, type Transferrer } from "./transfers.fixture.ts";

const run = promisify(execFile);
const script = fileURLToPath(new URL("../payouts/crash-at.fixture.ts", import.meta.url));

let office: Office;
let bank: RunningBank;
let payouts: PayoutHouse;

beforeAll(async () => {
  office = await startOffice();
  bank = await runBank(office.casino);
  payouts = createPayoutHouse(office);
  await payouts.forgiveTurnover();
});
afterAll(async () => {
  await bank.stop();
  await office.close();
});

type Funded = Transferrer & { readonly instrumentId: string };

/** How many points it passed, or undefined where it was killed. */
async function work({ playerId, instrumentId }: Funded, request: string, at: number): Promise<number | undefined> {
  const { databaseUrl: database, dataDir: data } = office.casino;
  const given = { database, data, player: playerId, instrument: instrumentId, request, at: String(at) };
  const words = Object.entries(given).map(([name, value]) => `--${name}=${value}`);
  try {
    const { stdout } = await run(process.execPath, [script, ...words], { timeout: 60_000 });
    return Number(stdout);
  } catch (error) {
    if (error instanceof Error && "signal" in error && error.signal === "SIGKILL") return undefined;
    throw error;
  }
}

/** As if the time had passed after which another worker takes over, and the bank's no is believed. */
async function letTimePass(): Promise<void> {
  await payouts.owner(`
    UPDATE payout_batches SET work_at = now(), last_sent_at = last_sent_at - interval '2 minutes' WHERE work_at IS NOT NULL`);
  await payouts.owner(`
    UPDATE payouts SET work_at = now(), last_sent_at = last_sent_at - interval '2 minutes'
     WHERE work_at IS NOT NULL AND state NOT IN ('PAID', 'REJECTED', 'RETURNED', 'CANCELLED')`);
}

test("killed before and after every statement and every call that changes something", async () => {
  const house = createTransferHouse(office);
  const whole = await house.fund(bank);
  const players: Funded[] = [];
  for (let count = 0; count < 50; count += 1) players.push(await house.fund(bank));
  await office.casino.stopEngine();
  // The worker alone has to learn that it was paid, as no message comes.
  const points = (await work(whole, randomUUID(), 0)) ?? 0;
  expect(points).toBeGreaterThan(25);
  let killed = 0;
  for (let at = 1; at <= points; at += 1) {
    const player = players[at % players.length];
    if (player === undefined) throw new Error("there is a player for each point");
    const request = randomUUID();
    if ((await work(player, request, at)) === undefined) killed += 1;
    for (let tries = 0; tries < 4; tries += 1) {
      await letTimePass();
      if ((await work(player, request, 0)) !== undefined) break;
    }
    const { rows } = await payouts.owner(
      "SELECT public_id('pay', id) AS id, state FROM payouts WHERE request_id = $1",
      [request],
    );
    const [payout] = rows as { id: string; state: string }[];
    expect({ at, rows: rows.length, state: payout?.state }).toEqual({ at, rows: 1, state: "PAID" });
    expect(bank.ordered(payout?.id), `killed at point ${at}`).toHaveLength(1);
  }
  expect(killed).toBeGreaterThan(25);
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
}, 600_000);
