/** What tests of settlement have in common: a casino with its simulated providers, card payments, batches and statements. */
import { randomUUID } from "node:crypto";
import { listHouseBalances } from "@pitboss/db/wallet/read-wallets";
import { formatMinor } from "@pitboss/domain/wallet/money";
import pg from "pg";
import { expect, vi } from "vitest";
import { type Office, type SignedIn, startOffice } from "../../testing/start-office.ts";
import { renderCamt053, type SimulatedEntry } from "../simulators/bank/render-camt053.ts";
import type { FaultSettings } from "../simulators/faults.ts";
import { type RunningPsps, runPsps } from "../simulators/run-psps.fixture.ts";
import type { Batch } from "../simulators/settlement.ts";

const patience = { timeout: 30_000, interval: 40 };
export const iban = "MT84MALT011000012345MTLCAST001S";
export const today = new Date().toISOString().slice(0, 10);
const prefixes: Readonly<Record<string, string>> = { stripe: "pm_card", adyen: "rec", checkout: "src" };

export interface SettledHouse {
  readonly office: Office;
  readonly psps: RunningPsps;
  readonly finance: SignedIn;
  readonly finance2: SignedIn;
  /** A deposit by card that was credited. */
  readonly deposit: (
    psp: string,
    amount: string,
    wish?: { readonly card?: string; readonly state?: string },
  ) => Promise<string>;
  readonly stateOf: (depositId: string) => Promise<string>;
  readonly balance: (kind: string, qualifier: string, currency?: string) => Promise<string>;
  /** Has a provider close its books, with these faults. */
  readonly settle: (psp: string, faults?: Partial<FaultSettings>) => Promise<Batch[]>;
  /** A statement of the day with these entries; each call goes on where the one before ended. */
  readonly statement: (entries: readonly Partial<SimulatedEntry>[], opening?: number) => string;
  /** A statement as the database's owner. */
  readonly owner: (text: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function openSettledHouse(): Promise<SettledHouse> {
  const office = await startOffice();
  const psps = await runPsps(office.casino);
  const finance = await office.signIn(office.people.finance);
  const finance2 = await office.signIn(office.people.finance2);
  let statements = 0;
  let closing = 0;
  const stateOf: SettledHouse["stateOf"] = async (depositId) =>
    (await finance.api.deposit.show.query({ depositId })).state;
  return {
    office,
    psps,
    finance,
    finance2,
    stateOf,
    async deposit(psp, amount, { card = "visa", state = "CREDITED" } = {}) {
      const { playerId } = await office.casino.openPlayer();
      const answer = await office.casino.call("POST", "/v1/deposits", {
        token: office.casino.operatorKey,
        body: {
          requestId: randomUUID(),
          playerId,
          amount: { amount, currency: "EUR" },
          method: "card",
          token: `${prefixes[psp] ?? ""}_${card}_${playerId}`,
        },
      });
      const depositId = String(answer.body["depositId"]);
      await vi.waitFor(async () => expect(await stateOf(depositId)).toBe(state), patience);
      return depositId;
    },
    async balance(kind, qualifier, currency = "EUR") {
      const found = (await listHouseBalances(office.casino.db)).find(
        (one) => one.kind === kind && one.qualifier === qualifier && one.currency === currency,
      );
      return formatMinor(found?.available ?? 0n, "EUR");
    },
    async settle(psp, faults = {}) {
      await psps.misbehave(faults, psp);
      const answer = await fetch(`${psps.settings.get(psp)?.url}/_simulator/settle`, { method: "POST" });
      await psps.misbehave({}, psp);
      return (await answer.json()) as Batch[];
    },
    statement(entries, opening = closing) {
      statements += 1;
      const written = entries.map((entry, index) => ({
        id: `E-${statements}-${index}`,
        amount: 0,
        bookedOn: today,
        endToEndId: "NOTPROVIDED",
        remittance: "",
        counterparty: "Provider",
        ...entry,
      }));
      closing = opening + written.reduce((sum, { amount }) => sum + amount, 0);
      const id = `S-${statements}`;
      return renderCamt053({ id, sequence: statements, iban, currency: "EUR", day: today, opening, entries: written });
    },
    async owner(text) {
      const client = new pg.Client({ connectionString: office.casino.databaseUrl });
      await client.connect();
      await client.query(text).finally(() => client.end());
    },
    async close() {
      await psps.stop();
      await office.close();
    },
  };
}
