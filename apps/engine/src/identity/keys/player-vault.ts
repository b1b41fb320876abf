/**
 * A player's personal data: each field sealed under the player's own key, which lies wrapped by the master key. Without
 * the key nothing opens any more, which is what an erasure does.
 */
import { randomBytes } from "node:crypto";
import { findPlayerKey, insertPlayerKey, type PlayerKeyRecord } from "@pitboss/db/identity/key-store";
import {
  deleteSearchTerm,
  findDetails,
  insertDetails,
  insertSearchTerms,
  type SealedDetails,
  writeProvenEmail,
} from "@pitboss/db/identity/player-detail-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import { type PersonalField, personalFields } from "@pitboss/domain/identity/personal-data";
import { nameWords, normaliseEmail, normalisePhone } from "@pitboss/domain/identity/search-terms";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import type { DataVault } from "./data-vault.ts";
import { type FieldKey, fieldKeyBytes, openField, sealField } from "./field-cipher.ts";
import type { KeyService } from "./key-service.ts";

export type PersonalData = { readonly [F in PersonalField]?: string | undefined };

export interface PlayerVault {
  /**
   * False where another player has the e-mail address. An `unproven` one is nobody's yet: staff find the player by it,
   * and several may wait with the same one.
   */
  store(tx: Executor, playerId: bigint, data: PersonalData, email?: "proven" | "unproven"): Promise<boolean>;
  /** Makes the stored address, or the new one, the player's own. False where another player proved it before. */
  proveEmail(tx: Executor, playerId: bigint, now: Date, newEmail?: string): Promise<boolean>;
  /** An address that waits in a link; undefined once the player is erased. */
  sealNewEmail(tx: Executor, playerId: bigint, email: string): Promise<Buffer | undefined>;
  openNewEmail(db: Executor, playerId: bigint, sealed: Buffer): Promise<string | undefined>;
  /** The player's fields in clear; those that are empty are left out. */
  open(db: Executor, playerId: bigint): Promise<Result<OpenedDetails, Failure<"PLAYER_ERASED" | "FIELD_EMPTY">>>;
  /** The key that seals for this player, made where there is none yet; undefined once the player is erased. */
  profileKey(tx: Executor, playerId: bigint): Promise<StoredKey | undefined>;
  newKey(tx: Executor, playerId: bigint, purpose: KeyPurposeOfPlayer, retainUntil: Date | null): Promise<StoredKey>;
  keyOf(record: PlayerKeyRecord): Promise<FieldKey>;
  emailIndex(email: string): Promise<Buffer>;
  /** What an address that is not proven yet is found by. */
  emailTerm(email: string): Promise<Buffer>;
  searchTerms(text: string): Promise<Buffer[]>;
  phoneTerm(phone: string): Promise<Buffer>;
}

type KeyPurposeOfPlayer = "PROFILE" | "RETENTION";

export interface OpenedDetails {
  readonly data: PersonalData;
  readonly record: SealedDetails;
}

export interface StoredKey {
  readonly rowId: bigint;
  readonly key: FieldKey;
}

/** 16 bytes tell 2^64 terms apart, and leave less to guess from than whole hashes would. */
const termBytes = 16;

export function playerKeyContext(playerId: bigint): string {
  return `player_keys:wrapped:${playerId}`;
}

const columns: { readonly [F in PersonalField]: string } = {
  email: "email",
  firstName: "first_name",
  lastName: "last_name",
  birthDate: "birth_date",
  address: "address",
  phone: "phone",
};

export function fieldPlace(
  table: "player_details" | "player_retained",
  field: PersonalField,
  playerId: bigint,
): string {
  return `${table}:${columns[field]}:${playerId}`;
}

export function createPlayerVault(keys: KeyService, vault: DataVault): PlayerVault {
  const keyOf = async (record: PlayerKeyRecord): Promise<FieldKey> => ({
    id: `player-${record.id}`,
    key: await keys.unwrap(record, playerKeyContext(record.playerId)),
  });
  const cut = async (what: string, text: string): Promise<Buffer> =>
    (await vault.blindIndex(what, text)).subarray(0, termBytes);
  const searchTerms = (text: string): Promise<Buffer[]> =>
    Promise.all(nameWords(text).map((word) => cut("name", word)));
  const phoneTerm = (phone: string): Promise<Buffer> => cut("phone", normalisePhone(phone));
  const emailIndex = (email: string): Promise<Buffer> => vault.blindIndex("email", normaliseEmail(email));

  async function newKey(
    tx: Executor,
    playerId: bigint,
    purpose: KeyPurposeOfPlayer,
    retainUntil: Date | null,
  ): Promise<StoredKey> {
    const key = randomBytes(fieldKeyBytes);
    const wrapped = await keys.wrap(key, playerKeyContext(playerId));
    const rowId = await insertPlayerKey(tx, playerId, purpose, wrapped, retainUntil);
    return { rowId, key: { id: `player-${rowId}`, key } };
  }

  const emailTerm = async (email: string): Promise<Buffer> => (await emailIndex(email)).subarray(0, termBytes);
  const newEmailPlace = (playerId: bigint): string => `player_links:new_email:${playerId}`;

  async function livingKey(db: Executor, playerId: bigint): Promise<FieldKey | undefined> {
    const stored = await findPlayerKey(db, playerId, "PROFILE");
    return stored && keyOf(stored);
  }

  async function termsOf(data: PersonalData): Promise<Buffer[]> {
    const names = await searchTerms(`${data.firstName ?? ""} ${data.lastName ?? ""}`);
    return data.phone === undefined ? names : [...names, await phoneTerm(data.phone)];
  }

  return {
    keyOf,
    newKey,
    emailIndex,
    emailTerm,
    searchTerms,
    phoneTerm,
    async store(tx, playerId, data, email = "proven") {
      const { rowId, key } = await newKey(tx, playerId, "PROFILE", null);
      const seal = (field: PersonalField): Buffer | null => {
        const value = data[field];
        return value === undefined
          ? null
          : sealField(key, fieldPlace("player_details", field, playerId), Buffer.from(value));
      };
      const stored = await insertDetails(tx, {
        playerId,
        keyId: rowId,
        email: seal("email"),
        firstName: seal("firstName"),
        lastName: seal("lastName"),
        birthDate: seal("birthDate"),
        address: seal("address"),
        phone: seal("phone"),
        emailIndex: data.email === undefined || email === "unproven" ? null : await emailIndex(data.email),
      });
      if (!stored) return false;
      const waiting = data.email !== undefined && email === "unproven" ? [await emailTerm(data.email)] : [];
      await insertSearchTerms(tx, playerId, [...(await termsOf(data)), ...waiting]);
      return true;
    },
    async proveEmail(tx, playerId, now, newEmail) {
      const record = await findDetails(tx, playerId);
      const key = await livingKey(tx, playerId);
      if (record?.email == null || key === undefined) return false;
      const place = fieldPlace("player_details", "email", playerId);
      const email = newEmail ?? openField(key, place, record.email).toString();
      const proven = { email: sealField(key, place, Buffer.from(email)), emailIndex: await emailIndex(email) };
      if (!(await writeProvenEmail(tx, playerId, proven, now))) return false;
      // The proven address is found by its index from here on.
      await deleteSearchTerm(tx, playerId, await emailTerm(email));
      return true;
    },
    async sealNewEmail(tx, playerId, email) {
      const key = await livingKey(tx, playerId);
      return key && sealField(key, newEmailPlace(playerId), Buffer.from(email));
    },
    async openNewEmail(db, playerId, sealed) {
      const key = await livingKey(db, playerId);
      return key && openField(key, newEmailPlace(playerId), sealed).toString();
    },
    async open(db, playerId) {
      const record = await findDetails(db, playerId);
      if (record === undefined) return err("FIELD_EMPTY", "This player was opened without personal data.");
      if (record.erasedAt !== null) return err("PLAYER_ERASED");
      const stored = await findPlayerKey(db, playerId, "PROFILE");
      if (stored === undefined) return err("PLAYER_ERASED");
      const key = await keyOf(stored);
      const data: Partial<Record<PersonalField, string>> = {};
      for (const field of personalFields) {
        const sealed = record[field];
        if (sealed !== null)
          data[field] = openField(key, fieldPlace("player_details", field, playerId), sealed).toString();
      }
      return ok({ data, record });
    },
    async profileKey(tx, playerId) {
      const stored = await findPlayerKey(tx, playerId, "PROFILE");
      if (stored !== undefined) return { rowId: stored.id, key: await keyOf(stored) };
      const details = await findDetails(tx, playerId);
      return details?.erasedAt == null ? newKey(tx, playerId, "PROFILE", null) : undefined;
    },
  };
}
