/**
 * The provider's own call about free spins: how they stand, and what was won in all. That is paid once for an issue, in
 * the transaction that ends it here; an issue that the house knows nothing of is the provider's, and is paid as well.
 */
import {
  findFreeSpins,
  type FreeSpinsMove,
  type FreeSpinsRecord,
  moveFreeSpins,
  moveFreeSpinsStatement,
  moveFreeSpinsValues,
} from "@pitboss/db/gaming/free-spin-store";
import type { Database } from "@pitboss/db/kernel/pool";
import { decideTold, type ToldStatus } from "@pitboss/domain/gaming/free-spins/judge-free-spins";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import type { Logger } from "../../kernel/log.ts";
import type { Integration } from "../dialects/kit/integrations.ts";
import type { Moved, WinOrder } from "../dialects/kit/provider-wallet.ts";

export interface FreeSpinsWord {
  /** As the provider has it; the house's own id where the house issued them. */
  readonly issueId: string;
  readonly playerId: bigint;
  readonly currency: Currency;
  readonly status: ToldStatus;
  /** What was won in all, minor units. */
  readonly total: bigint;
}

export interface FreeSpinsPayer {
  readonly db: Database;
  readonly log: Logger;
  readonly provider: Pick<Integration, "providerId" | "code">;
  readonly keyOf: (id: string) => string;
  readonly win: (order: WinOrder) => Promise<Result<Moved>>;
}

/** How often it is looked at again where the worker moved it at the same moment. */
const mostTries = 4;

export async function tellFreeSpins(
  payer: FreeSpinsPayer,
  word: FreeSpinsWord,
): Promise<Result<{ readonly repeated: boolean }>> {
  const id = parseId("freeSpins", word.issueId);
  for (let tries = 0; tries < mostTries; tries += 1) {
    const issue = id === undefined ? undefined : await findFreeSpins(payer.db, id);
    if (issue === undefined) return payUnknown(payer, word);
    const told = await endIssue(payer, issue, word);
    if (told !== undefined) return told;
  }
  return err("OUTCOME_UNKNOWN");
}

async function payUnknown(payer: FreeSpinsPayer, word: FreeSpinsWord): Promise<Result<{ readonly repeated: boolean }>> {
  if (word.status === "active" || word.total === 0n) return ok({ repeated: false });
  return payer.win(payout(word));
}

/** Undefined where it was moved meanwhile. */
async function endIssue(
  payer: FreeSpinsPayer,
  issue: FreeSpinsRecord,
  word: FreeSpinsWord,
): Promise<Result<{ readonly repeated: boolean }> | undefined> {
  const { providerId, code } = payer.provider;
  const isOfIssue =
    issue.providerId === providerId && issue.playerId === word.playerId && issue.currency === word.currency;
  if (!isOfIssue) return err("FREE_SPINS_MISMATCH");
  const decided = decideTold(issue, word.status, word.total);
  if (!decided.ok) return decided;
  const { event, pays } = decided.value;
  if (event === null) return pays === 0n ? ok({ repeated: issue.won !== null }) : payer.win(payout(word));
  if (issue.state === "FAILED") {
    payer.log.warn({ issue: word.issueId, provider: code, status: word.status }, "refused free spins were played");
  }
  const ends = word.status !== "active";
  const move: FreeSpinsMove = {
    event,
    actor: `provider:${code}`,
    details: ends ? { won: formatMinor(word.total, word.currency), currency: word.currency } : {},
    // Until they end the worker looks whether they have run out.
    change: ends ? { won: word.total } : { workAt: issue.validUntil },
  };
  if (pays === 0n) return (await moveFreeSpins(payer.db, issue, move)) ? ok({ repeated: false }) : undefined;
  const key = payer.keyOf(payoutId(word));
  const alongside = [{ statement: moveFreeSpinsStatement, values: moveFreeSpinsValues(issue, move, key) }];
  const paid = await payer.win({ ...payout(word), alongside });
  if (paid.ok) return paid;
  // What was written beside the payout did not stand, so that neither did the payout.
  return paid.error.code === "OVERLOADED" && (await hasMoved(payer, issue)) ? undefined : paid;
}

async function hasMoved({ db }: FreeSpinsPayer, { id, state, won }: FreeSpinsRecord): Promise<boolean> {
  const now = await findFreeSpins(db, id);
  return now?.state !== state || now.won !== won;
}

function payoutId({ issueId }: FreeSpinsWord): string {
  return `freespins:${issueId}`;
}

function payout(word: FreeSpinsWord): WinOrder {
  return {
    id: payoutId(word),
    playerId: word.playerId,
    currency: word.currency,
    amount: word.total,
    close: false,
    source: "FREE_ROUND",
    withoutBet: "HOUSE",
    again: "PAY",
  };
}
