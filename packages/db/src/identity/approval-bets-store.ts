/** The frozen list of bets of a proposal that voids, and what became of each. */
import type { VoidListItem } from "@pitboss/domain/gaming/void-list";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { currencies, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";
import type { Statement } from "../kernel/session.ts";
import { approvalBets, type VoidOutcome } from "./approval-bets.schema.ts";

export interface ApprovalBet extends VoidListItem {
  /** Its place in the list, from 1. */
  readonly number: number;
  /** Null until it was tried. */
  readonly outcome: VoidOutcome | null;
  /** Why it was refused: a failure's code and detail. */
  readonly failure: JsonObject | null;
}

/** Written with the proposal itself, in its transaction. */
export async function insertApprovalBets(
  db: Executor,
  approvalId: bigint,
  items: readonly VoidListItem[],
): Promise<void> {
  const column = (values: readonly (bigint | number)[]): string => `{${values.join(",")}}`;
  await db.execute(sql`
    INSERT INTO approval_bets (approval_id, number, bet_id, player_id, currency, held)
    SELECT ${approvalId}, ordinality, bet_id, player_id, currency, held
      FROM unnest(${column(items.map(({ betId }) => betId))}::bigint[],
                  ${column(items.map(({ playerId }) => playerId))}::bigint[],
                  ${column(items.map(({ currency }) => currencies[currency].number))}::smallint[],
                  ${column(items.map(({ held }) => held))}::bigint[])
           WITH ORDINALITY AS item (bet_id, player_id, currency, held, ordinality)`);
}

/** In the order of the list. `open` leaves those out that were tried. */
export async function listApprovalBets(
  db: Executor,
  approvalId: bigint,
  page: { readonly after?: number; readonly open?: boolean; readonly limit: number },
): Promise<ApprovalBet[]> {
  const rows = await db
    .select()
    .from(approvalBets)
    .where(
      and(
        eq(approvalBets.approvalId, approvalId),
        gt(approvalBets.number, page.after ?? 0),
        page.open === true ? isNull(approvalBets.outcome) : undefined,
      ),
    )
    .orderBy(asc(approvalBets.number))
    .limit(page.limit);
  return rows.map(({ number, betId, playerId, currency, held, outcome, failure }) => ({
    number,
    betId,
    playerId,
    currency: currencyOfNumber(currency),
    held,
    outcome,
    failure,
  }));
}

export interface VoidCounts {
  readonly voided: number;
  readonly refused: number;
  readonly open: number;
}

export async function countApprovalBets(db: Executor, approvalId: bigint): Promise<VoidCounts> {
  const [row] = await queryRows<{ voided: string; refused: string; open: string }>(
    db,
    sql`SELECT count(*) FILTER (WHERE outcome = 'VOIDED') AS voided, count(*) FILTER (WHERE outcome = 'REFUSED') AS refused,
               count(*) FILTER (WHERE outcome IS NULL) AS open FROM approval_bets WHERE approval_id = ${approvalId}`,
  );
  return { voided: Number(row?.voided ?? 0), refused: Number(row?.refused ?? 0), open: Number(row?.open ?? 0) };
}

/** What the ledger's door writes along with a void. */
export const markVoidedStatement: Statement = {
  name: "mark-voided",
  text: `UPDATE approval_bets SET outcome = 'VOIDED', done_at = now()
          WHERE approval_id = $1::bigint AND number = $2::integer AND outcome IS NULL`,
};

export function markVoidedValues(approvalId: bigint, number: number): readonly string[] {
  return [approvalId.toString(), number.toString()];
}

export interface RefusedBet {
  readonly number: number;
  readonly failure: JsonObject;
}

export async function markRefused(db: Executor, approvalId: bigint, refused: readonly RefusedBet[]): Promise<void> {
  const items = JSON.stringify(refused);
  await db.execute(sql`
    UPDATE approval_bets b SET outcome = 'REFUSED', failure = r.failure, done_at = now()
      FROM jsonb_to_recordset(${items}::jsonb) AS r (number integer, failure jsonb)
     WHERE b.approval_id = ${approvalId} AND b.number = r.number AND b.outcome IS NULL`);
}

/** Which of these bets an open proposal is about already: bet to proposal. */
export async function findProposedBets(db: Executor, betIds: readonly bigint[]): Promise<Map<bigint, bigint>> {
  const rows = await queryRows<{ bet_id: string; approval_id: string }>(
    db,
    sql`SELECT b.bet_id, b.approval_id FROM approval_bets b JOIN approvals a ON a.id = b.approval_id
         WHERE b.bet_id = ANY(${`{${betIds.join(",")}}`}::bigint[]) AND b.outcome IS NULL
           AND a.status IN ('PROPOSED', 'APPROVED') AND a.expires_at > now()`,
  );
  return new Map(rows.map((row) => [BigInt(row.bet_id), BigInt(row.approval_id)]));
}
