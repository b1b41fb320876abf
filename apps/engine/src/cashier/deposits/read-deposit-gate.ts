/**
 * What the gate goes by for a deposit: exclusions, level, limits and bounds, with what was deposited so far. Under the lock
 * of the player's deposits, so that two at once can't both fit under one limit; and under the lock of the player's own row,
 * so that an exclusion or a stricter limit comes wholly before it or wholly after.
 */
import { sumDepositsSince } from "@pitboss/db/compliance/deposit-sums";
import { listOpenLimits } from "@pitboss/db/compliance/limit-store";
import type { Transaction } from "@pitboss/db/kernel/executor";
import { type GatedPlayer, lockGatedPlayer } from "@pitboss/db/risk/gate-store";
import { listProfiles, readProfile } from "@pitboss/db/risk/rules-store";
import { type LimitPeriod, windowStart } from "@pitboss/domain/compliance/limit-window";
import type { Bound, DepositGate } from "@pitboss/domain/risk/deposit-gate";
import { checkGeo, type GeoFacts } from "@pitboss/domain/risk/geo";
import { limitWindowOf, minorOf, type Pack } from "@pitboss/domain/risk/jurisdiction-pack";
import { createProfiles, type ProfileMeasure, strictestBound } from "@pitboss/domain/risk/limit-profile";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { readPacks } from "../../risk/gate-rules.ts";
import type { Cashier } from "../cashier.ts";

interface Asked {
  readonly playerId: bigint;
  readonly currency: Currency;
  readonly amount: bigint;
  readonly geo: GeoFacts | null;
}

type Sums = ReadonlyMap<Currency, bigint>;

const dayMs = 24 * 3_600_000;
const profileWindows = [
  ["depositMax", undefined],
  ["depositDay", "DAY"],
  ["depositWeek", "WEEK"],
  ["depositMonth", "MONTH"],
] as const satisfies readonly (readonly [ProfileMeasure, LimitPeriod | undefined])[];

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
  const bounds = await readBounds(tx, player, asked, pack, atMs, sumSince);
  return {
    gate: {
      atMs,
      jurisdiction: pack.code,
      packVersion: pack.version,
      block: player.state.block,
      geo: asked.geo === null ? null : (checkGeo(pack.rules.geo, pack.countries, player.country, asked.geo) ?? null),
      kycLevel: player.kycLevel,
      neededLevel: pack.rules.kyc.deposit,
      caps,
      limits,
      bounds,
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

async function readBounds(
  tx: Transaction,
  player: GatedPlayer,
  { playerId, currency, amount }: Asked,
  pack: Pack,
  atMs: number,
  sumSince: (sinceMs: number) => Promise<Sums>,
): Promise<DepositGate["bounds"]> {
  // Rows that name a game bound stakes alone, so that no game has to be known here.
  const profiles = createProfiles((await listProfiles(tx)).map((record) => readProfile(record, () => undefined)));
  const version = profiles.of(player.state.profile, atMs);
  const bounds: (Bound & { measure: string })[] = [];
  for (const [measure, period] of profileWindows) {
    const row = strictestBound(version, measure, { playerId, country: player.country, currency });
    if (row === undefined) continue;
    const since = period === undefined ? undefined : windowStart({ period, window: "ROLLING", zone: pack.zone }, atMs);
    const counted = since === undefined ? 0n : ((await sumSince(since)).get(currency) ?? 0n);
    bounds.push({ measure, limit: row.amount, counted, amount, currency });
  }
  return bounds;
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
