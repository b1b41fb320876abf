/** A payout over a chain is never sent twice and never forgotten, wherever the process that works on it is killed. */
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findLedgerFaults } from "../../testing/check-ledger.ts";
import { type Office, startOffice } from "../../testing/start-office.ts";
import { createPayoutHouse, type PayoutHouse } from "../payouts/payouts.fixture.ts";
import { randomAddress } from "../simulators/fireblocks/random-address.ts";
import { type RunningPsps, runPsps } from "../simulators/run-psps.fixture.ts";
import { relaxPayoutRule } from "../staff/rules/relax-payout-rule.fixture.ts";
import { type ChainHouse, createChainHouse } from "./crypto.fixture.ts";

const run = promisify(execFile);
const script = fileURLToPath(new URL("../payouts/crash-at.fixture.ts", import.meta.url));

let office: Office;
let psps: RunningPsps;
let house: ChainHouse;
let payouts: PayoutHouse;

beforeAll(async () => {
  office = await startOffice();
  psps = await runPsps(office.casino);
  house = createChainHouse(office, psps);
  payouts = createPayoutHouse(office);
  await relaxPayoutRule(office.casino.databaseUrl, "USDT", { dayAmountTimes: 1_000, mostADay: 1_000, freshHours: 0 });
});
afterAll(async () => {
  await psps.stop();
  await office.close();
});

interface Funded {
  readonly playerId: string;
  readonly instrumentId: string;
}

async function fund(): Promise<Funded> {
  const playerId = await house.openPlayer();
  await house.send(await house.address(playerId, "USDT"), "USDT_ERC20", "3000");
  const { body } = await house.bringWallet(playerId, "USDT", randomAddress("ETH"), "Some Exchange");
  await house.untilDeposit(playerId, "CREDITED");
  return { playerId, instrumentId: String(body["instrumentId"]) };
}

/** How many points it passed, or undefined where it was killed. */
async function work({ playerId, instrumentId }: Funded, request: string, at: number): Promise<number | undefined> {
  const { databaseUrl: database, dataDir: data } = office.casino;
  const given = { database, data, player: playerId, instrument: instrumentId, request, at: String(at) };
  const words = Object.entries({ ...given, currency: "USDT", amount: "40000000" }).map(
    ([name, value]) => `--${name}=${value}`,
  );
  try {
    const { stdout } = await run(process.execPath, [script, ...words], { timeout: 60_000 });
    return Number(stdout);
  } catch (error) {
    if (error instanceof Error && "signal" in error && error.signal === "SIGKILL") return undefined;
    throw error;
  }
}

/** As if the time had passed after which another worker takes over, and the custodian's no is believed. */
async function letTimePass(): Promise<void> {
  await payouts.owner(`
    UPDATE payouts SET work_at = now(), last_sent_at = last_sent_at - interval '2 minutes'
     WHERE state NOT IN ('PAID', 'REJECTED', 'RETURNED', 'CANCELLED')`);
}

/** What the custodian has of it, by its id of ours. */
function sentFor(payoutId: string | undefined): number {
  const journal = join(office.casino.dataDir, "simulators", "fireblocks.jsonl");
  if (!existsSync(journal)) return 0;
  const ids = new Set<string>();
  for (const line of readFileSync(journal, "utf8").split("\n")) {
    if (line === "") continue;
    const one = JSON.parse(line) as { id: string; externalTxId: string | null };
    if (one.externalTxId === payoutId) ids.add(one.id);
  }
  return ids.size;
}

test("killed before and after every statement and every call that changes something", async () => {
  const players: Funded[] = [];
  for (let count = 0; count < 8; count += 1) players.push(await fund());
  await office.casino.stopEngine();
  const [whole] = players;
  if (whole === undefined) throw new Error("there is a player");
  const points = (await work(whole, randomUUID(), 0)) ?? 0;
  expect(points).toBeGreaterThan(20);
  let killed = 0;
  // Beyond this the process only asks how it stands, as often as the chain takes to confirm.
  for (let at = 1; at <= Math.min(points, 60); at += 1) {
    const player = players[at % players.length];
    if (player === undefined) throw new Error("there is a player for each point");
    const request = randomUUID();
    if ((await work(player, request, at)) === undefined) killed += 1;
    for (let tries = 0; tries < 3; tries += 1) {
      await letTimePass();
      if ((await work(player, request, 0)) !== undefined) break;
    }
    const { rows } = await payouts.owner(
      "SELECT public_id('pay', id) AS id, state FROM payouts WHERE request_id = $1",
      [request],
    );
    const [payout] = rows as { id: string; state: string }[];
    expect({ at, rows: rows.length, state: payout?.state }).toEqual({ at, rows: 1, state: "PAID" });
    expect(sentFor(payout?.id), `killed at point ${at}`).toBe(1);
  }
  expect(killed).toBeGreaterThan(20);
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
}, 900_000);
