/** Whether the ledger is still what was sealed: every seal is computed again from all rows that there are now. */
import { createPublicKey } from "node:crypto";
import type { Database } from "@pitboss/db/kernel/pool";
import { findUnsealable, readSealedWhole, type SealedSlice, summarizePostings } from "@pitboss/db/wallet/read-sealed";
import { findLastSeal, listSealKeys, listSeals } from "@pitboss/db/wallet/seal-store";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { checkSealChain, type PublicKeys } from "@pitboss/domain/wallet/seal";
import { type ReceiptContext, rangeOf, rootOf } from "./bet-receipt.ts";

export interface SealsChecked {
  readonly seals: number;
  readonly transactions: number;
  /** The last seal that was looked at; give it back as `after`. */
  readonly upTo: bigint;
  /** True where there is no seal after it. */
  readonly done: boolean;
  /** The first seal that does not hold, and why; absent where all do. */
  readonly broken?: { readonly number: string; readonly step: string };
}

/** So many seals are read at a time: 16 full ones are 65,000 transactions, some seconds of work. */
const pageSize = 16;

/** Checks the seals after that number: their chain and signatures, and each one's tree against the rows of the ledger. */
export async function verifySeals({ db, session }: ReceiptContext, after: bigint): Promise<SealsChecked> {
  const [before] = after === 0n ? [] : await listSeals(db, after - 1n, 1);
  const page = await listSeals(db, after, pageSize);
  const counts = { seals: 0, transactions: 0, upTo: after, done: false };
  if (page.length === 0) return { ...counts, done: true };
  const chain = checkSealChain(before === undefined ? page : [before, ...page], await readPublicKeys(db));
  if (!chain.ok) return { ...counts, broken: { number: chain.number, step: chain.step } };
  await session.use(summarizePostings);
  let last =
    before === undefined ? 0n : newestOf(await session.use((open) => readSealedWhole(open, rangeOf(before))), 0n);
  for (const seal of page) {
    const slice = await session.use((open) => readSealedWhole(open, rangeOf(seal)));
    const broken = (step: string) => ({ ...counts, broken: { number: seal.number, step } });
    if (slice.transactions.length !== seal.leafCount || rootOf(slice) !== seal.root) return broken("root");
    const newest = newestOf(slice, last);
    const stray = await session.use((open) => findUnsealable(open, last, newest));
    if (stray !== undefined) return broken(`no seal can cover ${formatId("transaction", stray)}`);
    last = newest;
    counts.seals += 1;
    counts.transactions += seal.leafCount;
    counts.upTo = BigInt(seal.number);
  }
  const newest = await findLastSeal(db);
  return { ...counts, done: newest === undefined || counts.upTo >= BigInt(newest.number) };
}

function newestOf({ ids }: SealedSlice, atLeast: bigint): bigint {
  return ids.reduce((most, id) => (id > most ? id : most), atLeast);
}

async function readPublicKeys(db: Database): Promise<PublicKeys> {
  const jwks = await listSealKeys(db);
  return new Map(jwks.map((jwk) => [jwk["kid"] ?? "", createPublicKey({ key: jwk, format: "jwk" })]));
}
