/**
 * What the gate goes by for a deposit: exclusions, level, limits and bounds, with what was deposited so far. Under the lock
 * of the player's deposits, so that two at once can't both fit under one limit; and under the lock of the player's own row,
 * so that an exclusion or a stricter limit comes wholly before it or wholly after.
 */
import { sumDepositsSince } from "@pitboss/db/compliance/deposit-sums";
import { listOpenLimits } from "@pitboss/db/compliance/limit-store";
import type { Transaction } from "@pitboss/db/kernel/executor";
import { lockGatedPlayer } from "@pitboss/db/risk/gate-store";
import { type LimitPeriod, windowStart } from "@pitboss/domain/compliance/limit-window";
import type { Bound, DepositGate } from "@pitboss/domain/risk/deposit-gate";
import { limitWindowOf, minorOf, type Pack } from "@pitboss/domain/risk/jurisdiction-pack";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { readPacks } from "../../risk/gate-rules.ts";
import { judgePlace, type Place } from "../../risk/geo/judge-place.ts";
import { readProfileBounds } from "../../risk/read-profile-bounds.ts";
import type { Cashier } from "../cashier.ts";

interface Asked {
  readonly playerId: bigint;
  readonly currency: Currency;
  readonly amount: bigint;
  /** Null where nobody told where the player is. */
  readonly place: Place | null;
}

type Sums = ReadonlyMap<Currency, bigint>;

const dayMs = 24 * 3_600_000;

export async function readDepositGate(
  { rates }: Pick<Cashier, "rates">,
  tx: Transaction,
  asked: Asked,
  atMs: number,
): Promise<{ readonly gate?: DepositGate & { readonly atMs: number } }> {
  const player = await lockGatedPlayer(tx, asked.playerId);
  if (player === undefined) return {};
  const pack = (await readPacks(tx)).of(player.country, atMs);
  const sumSince = async (sinceMs: number): Promise<Sums> =>
    (await sumDepositsSince(tx, asked.playerId, [sinceMs]))[0] ?? new Map();
  const caps: (Bound & { days: number })[] = [];
  for (const cap of pack.rules.kyc.caps) {
    if (player.kycLevel > cap.upToLevel) continue;
    const sums = await sumSince(atMs - cap.days * dayMs);
    const counted = convertAll(rates, sums, cap.currency);
    const amount = counted === undefined ? undefined : convertOne(rates, asked.amount, asked.currency, cap.currency);
    const limit = minorOf(cap.amount, cap.currency);
    caps.push({ limit, counted: counted ?? 0n, amount, currency: cap.currency, days: cap.days });
  }
  const limits = await readLimits(tx, asked, pack, atMs, sumSince);
  const { currency, amount } = asked;
  const sumHere = async (sinceMs: number): Promise<bigint> => (await sumSince(sinceMs)).get(currency) ?? 0n;
  const bounds = await readProfileBounds(tx, "deposit", { player, pack, currency, atMs, sumSince: sumHere });
  const judged = asked.place === null ? null : await judgePlace(tx, { ...player, pack }, asked.place, "DEPOSIT");
  return {
    gate: {
      atMs,
      jurisdiction: pack.code,
      packVersion: pack.version,
      block: player.state.block,
      geo: judged?.refusal ?? null,
      kycLevel: player.kycLevel,
      neededLevel: pack.rules.kyc.deposit,
      caps,
      limits,
      bounds: bounds.map((bound) => ({ ...bound, amount, currency })),
    },
  };
}

async function readLimits(
  tx: Transaction,
  { playerId, currency, amount }: Asked,
  pack: Pack,
  atMs: number,
  sumSince: (sinceMs: number) => Promise<Sums>,
): Promise<DepositGate["limits"]> {
  const own = (await listOpenLimits(tx, playerId)).flatMap((limit) =>
    limit.kind === "DEPOSIT" && limit.state === "CONFIRMED" && limit.amount !== null && limit.currency !== null
      ? [{ period: limit.period, currency: limit.currency, limit: limit.amount, byLaw: false }]
      : [],
  );
  const lawful = pack.rules.limits.map((law) => ({
    period: law.period,
    currency: law.currency,
    limit: minorOf(law.amount, law.currency),
    byLaw: true,
  }));
  const limits: (Bound & { period: LimitPeriod; byLaw: boolean })[] = [];
  for (const one of [...lawful, ...own]) {
    const sums = await sumSince(windowStart(limitWindowOf(pack, one.period), atMs));
    const counted = sums.get(one.currency) ?? 0n;
    limits.push({ ...one, counted, amount: one.currency === currency ? amount : undefined });
  }
  return limits;
}

function convertOne(rates: Cashier["rates"], amount: bigint, from: Currency, to: Currency): bigint | undefined {
  if (from === to) return amount;
  const quote = rates.quote(amount, from, to);
  return quote.ok ? quote.value.converted : undefined;
}

function convertAll(rates: Cashier["rates"], sums: Sums, to: Currency): bigint | undefined {
  let total = 0n;
  for (const [from, amount] of sums) {
    const converted = convertOne(rates, amount, from, to);
    if (converted === undefined) return undefined;
    total += converted;
  }
  return total;
}
