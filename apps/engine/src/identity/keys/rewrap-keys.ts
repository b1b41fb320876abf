/** Wraps everything that older master keys wrapped by the current one, a slice at a time. */
import {
  listDataKeysNotUnder,
  listPlayerKeysNotUnder,
  listSigningKeys,
  rewrapDataKey,
  rewrapPlayerKey,
  rewrapSigningKey,
} from "@pitboss/db/identity/key-store";
import { ok } from "@pitboss/domain/kernel/result";
import { jobActing } from "../../audit/acting.ts";
import { withAudit } from "../../audit/with-audit.ts";
import type { StaffDeps } from "../staff-deps.ts";
import { dataKeyContext } from "./data-vault.ts";
import { playerKeyContext } from "./player-vault.ts";
import { signingKeyContext } from "./signing-ring.ts";

const slice = 500;

/** True where there is more to do at once. */
export async function rewrapKeys(deps: StaffDeps): Promise<boolean> {
  const { db, keys, clock } = deps;
  const current = await keys.currentKeyId();
  const [dataKeys, signing, players] = await Promise.all([
    listDataKeysNotUnder(db, current),
    listSigningKeys(db),
    listPlayerKeysNotUnder(db, current, 0n, slice),
  ]);
  const stale = signing.filter(({ masterKeyId }) => masterKeyId !== null && masterKeyId !== current);
  const count = dataKeys.length + stale.length + players.length;
  if (count === 0) return false;
  await withAudit(db, jobActing("rewrap-keys"), async (tx, note) => {
    for (const { name, ...key } of dataKeys) {
      const plain = await keys.unwrap(key, dataKeyContext(name));
      await rewrapDataKey(tx, name, await keys.wrap(plain, dataKeyContext(name)), new Date(clock.now()));
    }
    for (const { kid, privateSealed, masterKeyId } of stale) {
      if (privateSealed === null || masterKeyId === null) continue;
      const plain = await keys.unwrap({ wrapped: privateSealed, masterKeyId }, signingKeyContext(kid));
      await rewrapSigningKey(tx, kid, await keys.wrap(plain, signingKeyContext(kid)));
    }
    for (const key of players) {
      const plain = await keys.unwrap(key, playerKeyContext(key.playerId));
      await rewrapPlayerKey(tx, key, await keys.wrap(plain, playerKeyContext(key.playerId)));
    }
    note({ action: "key.rewrap", subject: { kind: "key", id: current }, after: { count } });
    return ok(count);
  });
  return players.length === slice;
}
