/** What tests of bank transfers have in common: players with names, accounts and references, and what the house kept. */
import { randomInt } from "node:crypto";
import { join } from "node:path";
import { setKycLevel, setScreening } from "@pitboss/db/compliance/standing-store";
import { makeIban } from "@pitboss/domain/cashier/bank/iban";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { createDataVault } from "../../identity/keys/data-vault.ts";
import { openLocalKeyService } from "../../identity/keys/local-key-service.ts";
import { createPlayerVault } from "../../identity/keys/player-vault.ts";
import { type Answer, numberOf } from "../../testing/start-casino.ts";
import type { Office, SignedIn } from "../../testing/start-office.ts";
import pg from "pg";
import { expect, vi } from "vitest";
import type { RunningBank } from "../simulators/run-bank.fixture.ts";

const patience = { timeout: 30_000, interval: 40 };

export interface Transferrer {
  readonly playerId: string;
  /** An account of their own. */
  readonly iban: string;
  readonly reference: string;
}

export interface TransferHouse {
  /** A player who is verified and screened, and has an account and a reference. */
  open(firstName: string, lastName: string, accountEnd?: string): Promise<Transferrer>;
  /** One whose money came from that account, which is not new any more. */
  fund(bank: RunningBank, accountEnd?: string): Promise<Transferrer & { readonly instrumentId: string }>;
  askReference(playerId: string): Promise<Answer>;
  instruments(playerId: string): Promise<unknown>;
  cash(playerId: string): Promise<string>;
  /** What the house kept of the bank's entry. */
  credit(entryReference: string): Promise<Record<string, unknown> | undefined>;
  people(): Promise<{ readonly maker: SignedIn["api"]; readonly checker: SignedIn["api"] }>;
  numberOf(playerId: string): bigint;
  /** A statement as the database's owner. */
  owner(text: string, values?: readonly unknown[]): Promise<pg.QueryResult>;
}

export function createTransferHouse(office: Office): TransferHouse {
  const { casino } = office;
  let signedIn: Promise<{ maker: SignedIn["api"]; checker: SignedIn["api"] }> | undefined;
  const call = (method: string, path: string, body?: unknown): Promise<Answer> =>
    casino.call(method, path, { token: casino.operatorKey, ...(body === undefined ? {} : { body }) });
  const owner: TransferHouse["owner"] = async (text, values = []) => {
    const client = new pg.Client({ connectionString: casino.databaseUrl });
    await client.connect();
    try {
      return await client.query(text, [...values]);
    } finally {
      await client.end();
    }
  };
  const askReference = (playerId: string) => call("POST", "/v1/deposits/bank-references", { playerId });
  const house: TransferHouse = {
    owner,
    numberOf,
    askReference,
    async open(firstName, lastName, accountEnd = "1") {
      const { playerId } = await casino.openPlayer();
      const number = numberOf(playerId);
      await setKycLevel(casino.db, number, 2);
      await setScreening(casino.db, number, "CLEAR", new Date());
      const path = join(casino.dataDir, "keys", "master-keys.json");
      const keys = await openLocalKeyService({ path, production: false });
      const players = createPlayerVault(keys, createDataVault(casino.db, keys));
      await casino.db.transaction((tx) => players.store(tx, number, { firstName, lastName }));
      const { body } = await askReference(playerId);
      const digits = String(randomInt(10 ** 9)).padStart(9, "0") + accountEnd;
      return {
        playerId,
        iban: makeIban("DE", `37040044${digits.slice(-10)}`) ?? "",
        reference: String(body["reference"]),
      };
    },
    async fund(bank, accountEnd) {
      const one = await house.open("Ada", "Byron", accountEnd);
      const { iban, reference, playerId } = one;
      await bank.pay({ amount: "100.00", name: "Ada Byron", iban, reference });
      await vi.waitFor(async () => expect(await house.cash(playerId)).toBe("100.00"), patience);
      await owner("ALTER TABLE instruments DISABLE TRIGGER append_only");
      await owner("UPDATE instruments SET created_at = now() - interval '90 days' WHERE player_id = $1", [
        numberOf(playerId),
      ]);
      await owner("ALTER TABLE instruments ENABLE TRIGGER append_only");
      const [instrument] = (await house.instruments(playerId)) as { instrumentId: string }[];
      return { ...one, instrumentId: instrument?.instrumentId ?? "" };
    },
    instruments: async (playerId) => (await call("GET", `/v1/instruments?playerId=${playerId}`)).body["instruments"],
    async cash(playerId) {
      const { body } = await call("GET", `/v1/wallet?playerId=${playerId}`);
      const wallets = body["wallets"] as { kind: string; currency: string; available: string }[];
      return wallets.find(({ kind, currency }) => kind === "CASH" && currency === "EUR")?.available ?? "none";
    },
    async credit(entryReference) {
      const { rows } = await owner("SELECT * FROM bank_credits WHERE entry_reference = $1", [entryReference]);
      const [row] = rows as Record<string, unknown>[];
      return row && { ...row, public: formatId("bankCredit", BigInt(String(row["id"]))) };
    },
    people: () =>
      (signedIn ??= (async () => ({
        maker: (await office.signIn(office.people.finance)).api,
        checker: (await office.signIn(office.people.compliance)).api,
      }))()),
  };
  return house;
}
