/**
 * Chains what the audit log got since the last time, and signs where the chain stands. It runs beside the writes, so
 * that none of them waits for another one's hash; of several engines one seals at a time.
 */
import {
  appendLinks,
  findChainEnd,
  findLastCheckpoint,
  insertCheckpoint,
  lockSealer,
  type NewLink,
  takeUnsealed,
} from "@pitboss/db/audit/chain-audit";
import { entryOf, listAuditByIds } from "@pitboss/db/audit/search-audit";
import { chainStart, checkpointText, hashAuditEntry, nextChainHash } from "@pitboss/domain/audit/audit-chain";
import type { SigningRing } from "../identity/keys/signing-ring.ts";
import { signText } from "../identity/keys/signing-ring.ts";
import type { Context } from "../kernel/context.ts";

export interface SealContext extends Pick<Context, "db" | "clock"> {
  readonly ring: SigningRing;
}

const mostAtOnce = 1_000;

/** How many entries were chained; as many as it takes at once where there may be more. */
export async function sealAudit({ db, clock, ring }: SealContext): Promise<number> {
  const signer = await ring.signer("AUDIT");
  return db.transaction(async (tx) => {
    if (!(await lockSealer(tx))) return 0;
    const ids = await takeUnsealed(tx, mostAtOnce);
    if (ids.length === 0) return 0;
    const records = await listAuditByIds(tx, ids);
    if (records.length !== ids.length) throw new Error("a row of the audit log is gone before it was sealed");
    let { position, chainHash } = (await findChainEnd(tx)) ?? { position: 0n, chainHash: chainStart };
    const links = records.map((record): NewLink => {
      const entryHash = hashAuditEntry(entryOf(record));
      position += 1n;
      chainHash = nextChainHash(chainHash, position, entryHash);
      return { position, auditId: record.number, entryHash, chainHash };
    });
    await appendLinks(tx, links);
    const number = ((await findLastCheckpoint(tx))?.number ?? 0n) + 1n;
    const sealedAt = new Date(clock.now()).toISOString();
    const checkpoint = { number, position, chainHash, sealedAt, kid: signer.kid };
    await insertCheckpoint(tx, { ...checkpoint, signature: signText(signer, checkpointText(checkpoint)) });
    return links.length;
  });
}

export const sealBatchSize = mostAtOnce;
