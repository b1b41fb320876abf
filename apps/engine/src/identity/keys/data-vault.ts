/** Keys that encrypt what is not a player's: each has a name, is made when it is first needed, and lies wrapped. */
import { createHmac, randomBytes } from "node:crypto";
import { findDataKey, insertDataKey } from "@pitboss/db/identity/key-store";
import type { Database } from "@pitboss/db/kernel/pool";
import { fieldKeyBytes, openField, sealField } from "./field-cipher.ts";
import type { KeyService } from "./key-service.ts";

export interface DataVault {
  seal(keyName: DataKeyName, place: string, plain: Uint8Array): Promise<Buffer>;
  open(keyName: DataKeyName, place: string, sealed: Buffer): Promise<Buffer>;
  /** HMAC-SHA-256 under a key that never changes: what is searched by must hash the same for ever. */
  blindIndex(what: string, text: string): Promise<Buffer>;
}

export type DataKeyName = "staff-secrets" | "provider-secrets" | "aml-records" | "bank-records" | "blind-index";

export function createDataVault(db: Database, keys: KeyService): DataVault {
  // A data key stays the same under every master key, so it may be remembered for the life of the process.
  const opened = new Map<DataKeyName, Promise<Buffer>>();

  function keyOf(name: DataKeyName): Promise<Buffer> {
    let key = opened.get(name);
    if (key === undefined) {
      key = loadKey(db, keys, name);
      key.catch(() => opened.delete(name));
      opened.set(name, key);
    }
    return key;
  }

  return {
    seal: async (name, place, plain) => sealField({ id: name, key: await keyOf(name) }, place, plain),
    open: async (name, place, sealed) => openField({ id: name, key: await keyOf(name) }, place, sealed),
    blindIndex: async (what, text) =>
      createHmac("sha256", await keyOf("blind-index"))
        .update(`${what}\n${text}`)
        .digest(),
  };
}

export function dataKeyContext(name: string): string {
  return `data_keys:wrapped:${name}`;
}

async function loadKey(db: Database, keys: KeyService, name: DataKeyName): Promise<Buffer> {
  const context = dataKeyContext(name);
  const found = await findDataKey(db, name);
  if (found !== undefined) return keys.unwrap(found, context);
  await insertDataKey(db, name, await keys.wrap(randomBytes(fieldKeyBytes), context));
  const stored = await findDataKey(db, name);
  if (stored === undefined) throw new Error(`the data key ${name} was not stored`);
  return keys.unwrap(stored, context);
}
