/** A payout as a line of a list, for console and terminal. */
import type { PayoutRecord } from "@pitboss/db/cashier/payout-store";
import { listStaffNames } from "@pitboss/db/identity/staff-directory";
import type { PayoutState } from "@pitboss/domain/cashier/payout-machine";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import type { StaffDeps } from "../../../identity/staff-deps.ts";

export interface PayoutRow {
  readonly payoutId: string;
  readonly playerId: string;
  readonly nickname: string;
  readonly state: PayoutState;
  readonly currency: Currency;
  readonly amount: string;
  /** From 0 to 100. */
  readonly score: number;
  /** How many different people have to say yes; null until it was judged. */
  readonly people: number | null;
  readonly psp: string;
  readonly pspReference: string | null;
  readonly card: { readonly brand: string; readonly last4: string };
  readonly createdAt: string;
  /** Since when it is where it is, and by when it should have left there; null where nothing more is expected. */
  readonly stageAt: string;
  readonly dueAt: string | null;
  /** Who looks at it at the moment. */
  readonly claimedBy: { readonly staffId: string; readonly name: string } | null;
  readonly snoozedUntil: string | null;
}

export async function presentPayoutRows(
  { db, clock }: Pick<StaffDeps, "db" | "clock">,
  payouts: readonly PayoutRecord[],
): Promise<PayoutRow[]> {
  const now = clock.now();
  const names = await listStaffNames(
    db,
    payouts.flatMap(({ claimedBy }) => (claimedBy === null ? [] : [claimedBy])),
  );
  return payouts.map((payout) => {
    const { claimedBy, claimedUntil, snoozedUntil, instrument } = payout;
    const claimed = claimedBy !== null && (claimedUntil?.getTime() ?? 0) > now;
    return {
      payoutId: formatId("payout", payout.id),
      playerId: formatId("player", payout.playerId),
      nickname: payout.nickname,
      state: payout.state,
      currency: payout.currency,
      amount: formatMinor(payout.amount, payout.currency),
      score: payout.score,
      people: payout.people,
      psp: payout.psp,
      pspReference: payout.pspReference,
      card: { brand: instrument.brand, last4: instrument.last4 },
      createdAt: payout.createdAt.toISOString(),
      stageAt: payout.stageAt.toISOString(),
      dueAt: payout.dueAt?.toISOString() ?? null,
      claimedBy: claimed ? { staffId: formatId("staff", claimedBy), name: names.get(claimedBy) ?? "" } : null,
      snoozedUntil: snoozedUntil !== null && snoozedUntil.getTime() > now ? snoozedUntil.toISOString() : null,
    };
  });
}
