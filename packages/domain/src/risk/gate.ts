/**
 * The gate on the way of a bet: whether this player may place it here and now, whatever they have in their wallets. It
 * looks at the book alone, which was loaded under the player's lock, so no other bet can come between the look and the
 * count. Every refusal says its rule, the version of the pack or profile that spoke, and what it looked at.
 */
import { checkOffer } from "../catalog/check-offer.ts";
import type { ErrorCode } from "../kernel/errors.ts";
import type { GameRules, PlayerState, Refused } from "../wallet/book.ts";
import type { Currency } from "../wallet/currency.ts";
import type { Funding } from "../wallet/funding.ts";
import { formatMinor } from "../wallet/money.ts";
import { windowEnd } from "../compliance/limit-window.ts";
import { countedAt, type CountedLimit, type Gate, type GateState, type PlayClock } from "./gate-state.ts";
import { checkGeo, type GeoFacts, geoRulesVersion } from "./geo.ts";
import type { Pack } from "./jurisdiction-pack.ts";
import { strictestBound } from "./limit-profile.ts";

export interface GatedBet {
  readonly player: PlayerState;
  readonly game: GameRules;
  readonly currency: Currency;
  readonly stake: bigint;
  /** The instant of the bet, ms: the ledger's clock, as the transaction's id will tell it. */
  readonly atMs: number;
  /** Undefined where nobody told where the player is. */
  readonly geo?: GeoFacts | undefined;
}

/** Raised with any change of a rule's meaning, as the version of the gaming rules is. */
export const gateRulesVersion = 1;
const minuteMs = 60_000n;

type Inputs = Refused["inputs"];

/** The largest stake that the gate lets pass (undefined where it has no say), or why no stake does. */
export function admitBet(gate: Gate, bet: GatedBet): Refused | { readonly max: bigint | undefined } {
  const { player, atMs } = bet;
  const pack = gate.packs.of(player.country ?? "", atMs);
  const state = gate.states.get(player.id);
  return (
    checkPlay(pack, state, player.kycLevel ?? 0, atMs) ??
    checkPlace(pack, bet) ??
    checkStake(gate, pack, state, bet) ??
    clockOrMax()
  );

  function clockOrMax(): Refused | { readonly max: bigint | undefined } {
    const max = stakeCeiling(gate, pack, state, bet);
    if (state === undefined) return { max };
    return checkClock(pack, state, bet) ?? { max };
  }
}

/** Whether the player may play at all: not excluded, and verified as far as the jurisdiction asks. */
export function checkPlay(pack: Pack, state: GateState | undefined, level: number, atMs: number): Refused | undefined {
  return checkBlock(state, atMs) ?? checkLevel(pack, level);
}

/** Whether stake and, of it, the player's own cash still fit into the player's limits. */
export function admitAmounts(gate: Gate, bet: GatedBet, funding: Funding): Refused | undefined {
  const { player, currency, atMs } = bet;
  return fitLimits(gate, { playerId: player.id, currency, atMs }, { WAGER: bet.stake, LOSS: funding.cash });
}

/**
 * Whether as much may lie in game banks: what is lost there shows only when money comes back, and the least that was staked
 * for it is the same.
 */
export function admitToBank(gate: Gate, who: LimitedPlay, atStake: bigint): Refused | undefined {
  return fitLimits(gate, who, { WAGER: atStake, LOSS: atStake });
}

interface LimitedPlay {
  readonly playerId: bigint;
  readonly currency: Currency;
  readonly atMs: number;
}

function fitLimits(
  gate: Gate,
  bet: LimitedPlay,
  amounts: { readonly WAGER: bigint; readonly LOSS: bigint },
): Refused | undefined {
  const state = gate.states.get(bet.playerId);
  if (state === undefined) return undefined;
  for (const kind of ["WAGER", "LOSS"] as const) {
    const limits = state.limits.filter((limit) => limit.kind === kind);
    if (limits.length === 0) continue;
    const amount = amounts[kind];
    const own = limits.filter(({ currency }) => currency === bet.currency);
    if (own.length === 0 && amount > 0n) {
      // Another currency would be a way around the limit.
      return refuse("limit-currency", "LIMIT_OTHER_CURRENCY", { kind, currency: bet.currency });
    }
    for (const limit of own) {
      const counted = countedAt(limit, bet.atMs);
      if (amount > 0n && counted + amount > limit.amount) return limitReached(limit, counted, amount, bet);
    }
  }
  return undefined;
}

/** The largest stake in this game as pack and profile have it, minor units; undefined where neither says. */
export function stakeCeiling(
  gate: Gate,
  pack: Pack,
  state: GateState | undefined,
  bet: Omit<GatedBet, "stake">,
): bigint | undefined {
  const cap = packCap(pack, state, bet);
  const bound = profileBound(gate, state, bet)?.amount;
  if (cap === undefined || bound === undefined) return cap ?? bound;
  return cap < bound ? cap : bound;
}

export function sessionRuns(clock: PlayClock | null, pack: Pack, atMs: number): clock is PlayClock {
  return clock !== null && atMs - clock.lastMs < pack.sessionGapMs;
}

/** How often the player is to be told how long they play; null for never. */
export function realityCheckMs(pack: Pack, state: GateState | undefined): number | null {
  const own = state?.realityCheckMs ?? null;
  if (own === null || pack.realityCheckMs === null) return own ?? pack.realityCheckMs;
  return Math.min(own, pack.realityCheckMs);
}

function checkBlock(state: GateState | undefined, atMs: number): Refused | undefined {
  const block = state?.block;
  if (block === undefined || block === null || (block.untilMs !== null && atMs >= block.untilMs)) return undefined;
  const until = block.untilMs === null ? null : new Date(block.untilMs).toISOString();
  const code = block.kind === "TIME_OUT" || block.kind === "PANIC" ? "TIME_OUT_RUNNING" : "SELF_EXCLUDED";
  return refuse("not-excluded", code, { exclusion: block.kind, until });
}

function checkLevel(pack: Pack, level: number): Refused | undefined {
  if (level >= pack.playLevel) return undefined;
  return refuse("kyc-level", "KYC_LEVEL_TOO_LOW", { level, needed: pack.playLevel, ...packInputs(pack) });
}

/** Whether the game is offered under this pack, and to somebody who is where the player is. */
function checkPlace(pack: Pack, { player, game, geo }: GatedBet): Refused | undefined {
  const unoffered = checkOffer(game, pack, player.country ?? "");
  if (unoffered !== undefined) return refuse(unoffered.rule, unoffered.code, unoffered.inputs);
  if (geo === undefined) return undefined;
  const refusal = checkGeo(pack.rules.geo, pack.countries, player.country ?? "", geo);
  if (refusal === undefined) return undefined;
  const refused = refuse(refusal.rule, refusal.code, { ...refusal.inputs, ...packInputs(pack) }, geoRulesVersion);
  // How somebody was found out is for staff: whoever hides would try until nothing is.
  return { ...refused, failure: { code: refusal.code } };
}

function checkStake(gate: Gate, pack: Pack, state: GateState | undefined, bet: GatedBet): Refused | undefined {
  const { stake, currency, game, atMs } = bet;
  const cap = packCap(pack, state, bet);
  if (cap !== undefined && stake > cap) {
    return refuse("stake-cap", "STAKE_ABOVE_MAX", {
      stake: formatMinor(stake, currency),
      max: formatMinor(cap, currency),
      currency,
      category: game.category ?? "",
      young: isYoung(state, atMs),
      ...packInputs(pack),
    });
  }
  const bound = profileBound(gate, state, bet);
  if (bound === undefined || stake <= bound.amount) return undefined;
  const profile = state?.profile ?? "DEFAULT";
  return refuse("profile-bet-max", "STAKE_ABOVE_MAX", {
    stake: formatMinor(stake, currency),
    max: formatMinor(bound.amount, currency),
    currency,
    profile,
    profileVersion: gate.profiles.of(profile, atMs)?.version ?? 0,
  });
}

function packCap(pack: Pack, state: GateState | undefined, bet: Omit<GatedBet, "stake">): bigint | undefined {
  const caps = bet.game.category === undefined ? undefined : pack.stakes.get(bet.game.category);
  if (caps === undefined) return undefined;
  const young = isYoung(state, bet.atMs);
  let cap: bigint | undefined;
  for (const { youngOnly, max } of caps) {
    if (youngOnly && !young) continue;
    // A currency that the pack does not name is not played in this category.
    const amount = max.get(bet.currency) ?? 0n;
    if (cap === undefined || amount < cap) cap = amount;
  }
  return cap;
}

/** Where the age is not known, the stricter stake holds. */
function isYoung(state: GateState | undefined, atMs: number): boolean {
  const until = state?.youngUntilMs ?? null;
  return until === null || atMs < until;
}

function profileBound(gate: Gate, state: GateState | undefined, bet: Omit<GatedBet, "stake">) {
  const { player, game, currency, atMs } = bet;
  return strictestBound(gate.profiles.of(state?.profile ?? "DEFAULT", atMs), "betMax", {
    playerId: player.id,
    country: player.country ?? "",
    currency,
    gameId: game.id,
    category: game.category,
  });
}

function checkClock(pack: Pack, state: GateState, { game, atMs }: GatedBet): Refused | undefined {
  const { clock } = state;
  const pauseMs = game.category === undefined ? undefined : pack.speedMs.get(game.category);
  const spinMs = clock?.spinMs ?? null;
  if (pauseMs !== undefined && spinMs !== null && atMs - spinMs < pauseMs) {
    return refuse("game-speed", "PLAY_TOO_FAST", {
      seconds: pauseMs / 1_000,
      sinceMs: atMs - spinMs,
      ...packInputs(pack),
    });
  }
  const running = sessionRuns(clock, pack, atMs);
  if (running && pack.breaks !== null && atMs - clock.startedMs >= pack.breaks.afterMs) {
    return refuse("play-break", "BREAK_DUE", {
      playedMinutes: Math.floor((atMs - clock.startedMs) / 60_000),
      until: new Date(clock.lastMs + pack.breaks.ms).toISOString(),
      ...packInputs(pack),
    });
  }
  const everyMs = realityCheckMs(pack, state);
  if (running && everyMs !== null && atMs - clock.checkedMs >= everyMs) {
    const playedMinutes = Math.floor((atMs - clock.startedMs) / 60_000);
    return refuse("reality-check", "REALITY_CHECK_DUE", { everyMinutes: everyMs / 60_000, playedMinutes });
  }
  const addedMs = running ? BigInt(atMs - clock.lastMs) : 0n;
  for (const limit of state.limits) {
    if (limit.kind !== "SESSION") continue;
    const playedMs = countedAt(limit, atMs);
    if (playedMs + addedMs >= limit.amount * minuteMs) {
      return refuse("session-limit", "SESSION_LIMIT_REACHED", {
        period: limit.period,
        limitMinutes: Number(limit.amount),
        playedMinutes: Number((playedMs + addedMs) / minuteMs),
        ...resetOf(limit, atMs),
      });
    }
  }
  return undefined;
}

function limitReached(limit: CountedLimit, counted: bigint, amount: bigint, { currency, atMs }: LimitedPlay): Refused {
  const wager = limit.kind === "WAGER";
  return refuse(wager ? "wager-limit" : "loss-limit", wager ? "WAGER_LIMIT_REACHED" : "LOSS_LIMIT_REACHED", {
    period: limit.period,
    window: limit.window,
    limit: formatMinor(limit.amount, currency),
    counted: formatMinor(counted, currency),
    amount: formatMinor(amount, currency),
    currency,
    ...resetOf(limit, atMs),
  });
}

function resetOf(limit: CountedLimit, atMs: number): Inputs {
  const end = windowEnd(limit, atMs);
  return end === null ? {} : { resetsAt: new Date(end).toISOString() };
}

function packInputs({ code, version }: Pack): Inputs {
  return { jurisdiction: code, packVersion: version };
}

function refuse(rule: string, code: ErrorCode, inputs: Inputs, ruleVersion = gateRulesVersion): Refused {
  return { accepted: false, failure: { code, data: inputs }, rule: `risk.${rule}`, ruleVersion, inputs };
}
