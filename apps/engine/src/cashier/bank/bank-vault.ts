/**
 * What is personal about bank transfers, sealed: who sent what came, under a key of the house for as long as it is nobody's;
 * accounts of players under the player's own key, so that an erasure closes them too; and files of payments.
 */
import { findBankAccount, keepBankAccount, keepBankInstrument } from "@pitboss/db/cashier/bank-account-store";
import { findPlayerKey } from "@pitboss/db/identity/key-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import type { NameMatch, PlayerName } from "@pitboss/domain/cashier/bank/compare-names";
import type { DataVault } from "../../identity/keys/data-vault.ts";
import { openField, sealField } from "../../identity/keys/field-cipher.ts";
import type { PlayerVault } from "../../identity/keys/player-vault.ts";
import { z } from "zod";

export interface PayerDetails {
  readonly name: string | null;
  readonly iban: string | null;
  readonly remittance: string | null;
}

export interface AccountDetails {
  readonly iban: string;
  readonly holder: string;
}

export interface BankVault {
  sealPayer(entry: EntryName, payer: PayerDetails): Promise<Buffer>;
  openPayer(entry: EntryName & { readonly sealed: Buffer }): Promise<PayerDetails>;
  /** The same for the same account, and nothing to be read from. */
  indexIban(iban: string): Promise<Buffer>;
  /** Undefined where the house does not know it, or not any more. */
  nameOf(db: Executor, playerId: bigint): Promise<PlayerName | undefined>;
  /** Makes the account an instrument of the player; its id. */
  keepAccount(tx: Executor, account: NewAccount): Promise<bigint>;
  /** Undefined where it never was known, or the player was erased. */
  openAccount(db: Executor, instrumentId: bigint): Promise<AccountDetails | undefined>;
  sealFile(messageId: string, file: Buffer): Promise<Buffer>;
  openFile(messageId: string, sealed: Buffer): Promise<Buffer>;
}

export interface EntryName {
  readonly bank: string;
  readonly entryReference: string;
}

export interface NewAccount {
  readonly playerId: bigint;
  readonly bank: string;
  readonly iban: string;
  readonly holder: string;
  readonly nameMatch: NameMatch;
}

/** 16 bytes tell 2^64 accounts apart. */
const indexBytes = 16;
const payerDetails = z.object({
  name: z.string().nullable(),
  iban: z.string().nullable(),
  remittance: z.string().nullable(),
});
const accountDetails = z.object({ iban: z.string(), holder: z.string() });

export function fingerprintOf(index: Buffer): string {
  return `iban:${index.toString("hex")}`;
}

export function createBankVault(vault: DataVault, players: PlayerVault): BankVault {
  const payerPlace = ({ bank, entryReference }: EntryName): string => `bank_credits:sealed:${bank}:${entryReference}`;
  const accountPlace = (instrumentId: bigint): string => `bank_instruments:sealed:${instrumentId}`;
  const filePlace = (messageId: string): string => `payout_batches:sealed:${messageId}`;
  const indexIban = async (iban: string): Promise<Buffer> =>
    (await vault.blindIndex("iban", iban)).subarray(0, indexBytes);
  return {
    sealPayer: (entry, { name, iban, remittance }) =>
      vault.seal("bank-records", payerPlace(entry), Buffer.from(JSON.stringify({ name, iban, remittance }))),
    openPayer: async (entry) =>
      payerDetails.parse(JSON.parse((await vault.open("bank-records", payerPlace(entry), entry.sealed)).toString())),
    indexIban,
    async nameOf(db, playerId) {
      const opened = await players.open(db, playerId);
      if (!opened.ok) return undefined;
      const { firstName, lastName } = opened.value.data;
      return firstName === undefined || lastName === undefined ? undefined : { firstName, lastName };
    },
    async keepAccount(tx, { playerId, bank, iban, holder, nameMatch }) {
      const instrumentId = await keepBankInstrument(tx, {
        playerId,
        bank,
        fingerprint: fingerprintOf(await indexIban(iban)),
        last4: iban.slice(-4),
        country: iban.slice(0, 2),
      });
      const key = await players.profileKey(tx, playerId);
      if (key !== undefined) {
        const sealed = sealField(key.key, accountPlace(instrumentId), Buffer.from(JSON.stringify({ iban, holder })));
        await keepBankAccount(tx, { instrumentId, playerId, keyId: key.rowId, sealed, nameMatch });
      }
      return instrumentId;
    },
    async openAccount(db, instrumentId) {
      const account = await findBankAccount(db, instrumentId);
      const stored = account && (await findPlayerKey(db, account.playerId, "PROFILE"));
      if (account === undefined || stored === undefined || stored.id !== account.keyId) return undefined;
      const plain = openField(await players.keyOf(stored), accountPlace(instrumentId), account.sealed);
      return accountDetails.parse(JSON.parse(plain.toString()));
    },
    sealFile: (messageId, file) => vault.seal("bank-records", filePlace(messageId), file),
    openFile: (messageId, sealed) => vault.open("bank-records", filePlace(messageId), sealed),
  };
}
