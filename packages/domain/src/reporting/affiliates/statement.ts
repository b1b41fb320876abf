/**
 * A month of an affiliate as a statement: a pure function of the month's figures, the plan that was in force and what the
 * month before left. The same inputs give the same statement to the last cent. When days of the month are restated the
 * statement is made again as another version, and what was approved before is taken off what is due.
 */
import type { JsonObject } from "../../kernel/json.ts";
import { type Currency } from "../../wallet/currency.ts";
import { formatMinor } from "../../wallet/money.ts";
import { type AffiliatePlan, planAmount, shareOf, takeRate } from "./plan.ts";

/** OPEN waits for two people; NIL has nothing due; another version takes the place of either. */
export const statementMachine = {
  OPEN: { approve: "APPROVED", replace: "REPLACED" },
  NIL: { replace: "REPLACED" },
  APPROVED: {},
  REPLACED: {},
} as const satisfies Record<string, Readonly<Record<string, string>>>;
export type StatementState = keyof typeof statementMachine;
export const statementStates = Object.keys(statementMachine) as readonly StatementState[];

/** Of a month, in minor units of the currency that reports are in. */
export interface MonthFigures {
  /** Players who are the affiliate's in this month, and those who came in it. */
  readonly players: number;
  readonly newPlayers: number;
  /** Players with a settled bet. */
  readonly activePlayers: number;
  readonly firstDeposits: number;
  readonly deposits: bigint;
  readonly turnover: bigint;
  readonly ggr: bigint;
  readonly bonusCost: bigint;
  readonly jackpots: bigint;
  readonly chargebacks: bigint;
  readonly paymentFees: bigint;
  readonly providerFees: bigint;
  readonly tax: bigint;
  /** Gross revenue less what the plan takes off, without the part that is kept for fees. */
  readonly netBeforeFees: bigint;
  /** Players who qualified in this month, with their day, by their id. */
  readonly qualified: readonly {
    readonly playerId: string;
    readonly firstDeposit: string;
    readonly day: string;
    readonly amount: bigint;
  }[];
}

export interface StatementInput {
  readonly affiliateId: string;
  /** `2026-10`. */
  readonly month: string;
  readonly currency: Currency;
  readonly plan: AffiliatePlan;
  readonly planVersion: number;
  readonly figures: MonthFigures;
  readonly carriedIn: bigint;
}

export interface Statement {
  /** What is hashed, shown and approved. Amounts are decimal strings of its currency. */
  readonly body: JsonObject;
  readonly total: bigint;
  readonly carriedOut: bigint;
}

export function buildStatement(input: StatementInput): Statement {
  const { currency, plan, figures, carriedIn } = input;
  const money = (minor: bigint): string => formatMinor(minor, currency);
  const adminFee = plan.share === null ? 0n : takeRate(figures.ggr, plan.share.adminRate);
  const net = figures.netBeforeFees - adminFee;
  const share = plan.share === null ? undefined : shareOf(plan.share, currency, net, carriedIn);
  const cpa = figures.qualified.reduce((sum, { amount }) => sum + amount, 0n);
  const fee = plan.monthlyFee === null ? 0n : planAmount(plan.monthlyFee, currency);
  const total = fee + cpa + (share?.commission ?? 0n);
  return {
    total,
    carriedOut: share?.carriedOut ?? 0n,
    body: {
      affiliateId: input.affiliateId,
      month: input.month,
      currency,
      plan: { version: input.planVersion, ...structuredClone(plan) },
      figures: {
        players: figures.players,
        newPlayers: figures.newPlayers,
        activePlayers: figures.activePlayers,
        firstDeposits: figures.firstDeposits,
        deposits: money(figures.deposits),
        turnover: money(figures.turnover),
        ggr: money(figures.ggr),
        bonusCost: money(figures.bonusCost),
        jackpots: money(figures.jackpots),
        chargebacks: money(figures.chargebacks),
        ...takenFees(plan, figures, money),
        adminFee: money(adminFee),
        ngr: money(net),
      },
      share:
        share === undefined
          ? null
          : {
              carriedIn: money(plan.share?.carryOver === true ? carriedIn : 0n),
              base: money(share.base),
              tiers: share.lines.map(({ from, rate, of }) => ({ from, rate, of: money(of) })),
              commission: money(share.commission),
              carriedOut: money(share.carriedOut),
            },
      cpa: {
        commission: money(cpa),
        players: figures.qualified.map(({ playerId, firstDeposit, day, amount }) => ({
          playerId,
          firstDeposit,
          qualifiedOn: day,
          amount: money(amount),
        })),
      },
      monthlyFee: money(fee),
      total: money(total),
    },
  };
}

/** Fees and taxes stand on a statement only where its plan takes them off: they are the house's own business otherwise. */
function takenFees(
  { share }: AffiliatePlan,
  { paymentFees, providerFees, tax }: MonthFigures,
  money: (minor: bigint) => string,
): JsonObject {
  const taken = new Set(share?.deductions);
  return {
    ...(taken.has("payment") ? { paymentFees: money(paymentFees) } : {}),
    ...(taken.has("provider") ? { providerFees: money(providerFees) } : {}),
    ...(taken.has("tax") ? { tax: money(tax) } : {}),
  };
}

/** What an approval moves: the total, less what was approved of this month before. Below zero it is taken back. */
export function dueOf(total: bigint, approvedBefore: readonly bigint[]): bigint {
  return approvedBefore.reduce((due, approved) => due - approved, total);
}

/** The month after, `2026-10` to `2026-11`. */
export function nextMonth(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
}

export function previousMonth(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, "0")}`;
}
