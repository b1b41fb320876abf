/** The house's bank beside its providers: transfers, payouts of providers and statements that are pulled, all by themselves. */
import { formatMinor } from "@pitboss/domain/wallet/money";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { findLedgerFaults } from "../../testing/check-ledger.ts";
import { createTransferHouse, type TransferHouse } from "../bank/transfers.fixture.ts";
import { createPayoutHouse, type PayoutHouse } from "../payouts/payouts.fixture.ts";
import { type RunningBank, runBank } from "../simulators/run-bank.fixture.ts";
import { openSettledHouse, type SettledHouse, today } from "./settled-house.fixture.ts";

let house: SettledHouse;
let bank: RunningBank;
let transfers: TransferHouse;
let payouts: PayoutHouse;
const patience = { timeout: 30_000, interval: 40 };
const reason = "The day's reconciliation";

beforeAll(async () => {
  house = await openSettledHouse();
  bank = await runBank(house.office.casino);
  transfers = createTransferHouse(house.office);
  payouts = createPayoutHouse(house.office);
  await payouts.forgiveTurnover();
});
afterAll(async () => {
  expect(await findLedgerFaults(house.office.casino.db)).toEqual([]);
  await bank.stop();
  await house.close();
});

const run = () => house.finance.api.recon.runCashier.mutate({ day: today, reason });

async function atBank() {
  const { places } = await house.finance.api.treasury.show.query();
  return places.filter(({ kind }) => kind === "BANK");
}

test("what came and went by transfer, and what providers paid out, is all that the bank's statement has", async () => {
  const { iban } = bank.settings.account;
  const player = await transfers.fund(bank);
  const asked = await payouts.ask({ ...player, amount: "30.00" });
  await payouts.until(asked.body["payoutId"], "PAID");
  await house.deposit("stripe", "100.00");
  const [batch] = await house.settle("stripe");
  // Nobody's reference: it waits in the inbox, and is no break.
  const stray = await bank.pay({
    amount: "7.00",
    name: "Nobody Known",
    iban: player.iban,
    remittance: "for the table",
  });
  await vi.waitFor(async () => expect(await transfers.credit(stray)).toMatchObject({ state: "IN_INBOX" }), patience);

  await bank.control("/close-day", { day: today });
  await house.finance.api.settlement.pull.mutate({ reason });
  const done = await run();
  expect(done).toMatchObject({ state: "CLEAN", found: 0, open: 0 });
  const of = (side: string, what: string) =>
    done.totals.find((one) => one.side === side && one.what === what && one.scope === iban)?.amount;
  const settled = BigInt(batch?.sent ?? 0);
  expect(of("BANK", "CLOSING")).toBe(formatMinor(7_700n + settled, "EUR"));
  // What waits for people is at the bank, and not the house's yet.
  expect(of("LEDGER", "AT_BANK")).toBe(formatMinor(7_000n + settled, "EUR"));
  expect(await atBank()).toMatchObject([
    {
      place: iban,
      ledger: formatMinor(7_000n + settled, "EUR"),
      told: formatMinor(7_700n + settled, "EUR"),
      difference: "7.00",
    },
  ]);
});
