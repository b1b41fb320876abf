/** Documents at rest: sealed under their player's key in the object store, so that an erasure takes them as well. */
import type { KycDocument } from "@pitboss/db/compliance/kyc-store";
import { findPlayerKey } from "@pitboss/db/identity/key-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import { openField, sealField } from "../../identity/keys/field-cipher.ts";
import type { StoredKey } from "../../identity/keys/player-vault.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";

const placeOf = (documentId: bigint): string => `kyc_documents:object:${documentId}`;

/** Its name in the store. Written before the row that names it: an object without a row is nobody's. */
export async function storeDocument(
  { objects }: Pick<StaffDeps, "objects">,
  { rowId, key }: StoredKey,
  documentId: bigint,
  content: Uint8Array,
): Promise<string> {
  const object = `kyc/${rowId}/${documentId}`;
  await objects.put(object, sealField(key, placeOf(documentId), content), "application/octet-stream");
  return object;
}

/** Undefined once the player is erased. */
export async function openDocument(
  { objects, players }: Pick<StaffDeps, "objects" | "players">,
  db: Executor,
  playerId: bigint,
  document: KycDocument,
): Promise<Buffer | undefined> {
  const stored = await findPlayerKey(db, playerId, "PROFILE");
  if (stored === undefined || stored.id !== document.keyId) return undefined;
  const sealed = await objects.get(document.object);
  if (sealed === undefined) throw new Error(`the object ${document.object} is missing`);
  return openField(await players.keyOf(stored), placeOf(document.id), Buffer.from(sealed));
}
