/** Why a player may bet as much as they may, on one game: everything that bounds them, and what would refuse them now. */
import { findGatedPlayer } from "@pitboss/db/risk/gate-store";
import { findLastGeoDecision, type GeoDecision } from "@pitboss/db/risk/geo-store";
import { windowEnd } from "@pitboss/domain/compliance/limit-window";
import { formatLimit } from "@pitboss/domain/compliance/player-limit";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { admitAmounts, admitBet, type GatedBet, stakeCeiling } from "@pitboss/domain/risk/gate";
import { countedAt, type CountedLimit, type Gate } from "@pitboss/domain/risk/gate-state";
import { type GeoFacts, type GeoFinding, type GeoVerdict, judgeGeo } from "@pitboss/domain/risk/geo";
import type { Pack } from "@pitboss/domain/risk/jurisdiction-pack";
import { boundsOf } from "@pitboss/domain/risk/limit-profile";
import type { Refused } from "@pitboss/domain/wallet/book";
import { type Currency, isCurrency } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { readGateRules } from "../gate-rules.ts";

export interface ExplainedBound {
  /** GAME, JURISDICTION, PROFILE or PLAYER. */
  readonly source: "GAME" | "JURISDICTION" | "PROFILE" | "PLAYER";
  readonly what: string;
  /** Decimal of the currency; minutes on a limit of time. */
  readonly limit: string;
  readonly counted: string | null;
  readonly resetsAt: string | null;
  /** Version of the pack or profile that says so. */
  readonly version: string | null;
}

export interface ExplainedLimits {
  readonly playerId: string;
  readonly game: string;
  readonly currency: Currency;
  readonly jurisdiction: string;
  readonly profile: string;
  /** The largest stake that a bet's answer would name. */
  readonly maxBet: string;
  /** How much of it the player's own limits leave at the moment, for a stake in cash: a loss limit counts nothing else. */
  readonly fits: string;
  readonly bounds: readonly ExplainedBound[];
  /** Where they were when that was last looked at, and what today's rules make of it; null where it never was. */
  readonly location: {
    readonly decisionId: string;
    readonly at: string;
    readonly facts: GeoFacts;
    readonly verdict: GeoVerdict;
    readonly findings: readonly GeoFinding[];
  } | null;
  /** What refuses every bet in cash of this player on this game and in this currency at the moment. */
  readonly refusal: { readonly code: string; readonly rule: string; readonly inputs: Refused["inputs"] } | null;
}

export async function explainLimits(
  { db, catalog, clock }: StaffDeps,
  input: { readonly playerId: bigint; readonly game: string; readonly currency: string },
): Promise<Result<ExplainedLimits>> {
  const nowMs = clock.now();
  const player = await findGatedPlayer(db, input.playerId);
  if (player === undefined) return err("PLAYER_NOT_FOUND");
  const game = catalog.byCode(input.game);
  if (game === undefined) return err("GAME_NOT_FOUND");
  const { currency } = input;
  if (!isCurrency(currency)) return err("CURRENCY_UNKNOWN");
  const own = game.limits.get(currency);
  if (own === undefined) return err("CURRENCY_MISMATCH", `This game is not played in ${currency}.`);
  const { state } = player;
  const gate: Gate = { ...(await readGateRules(db, catalog)), states: new Map([[player.id, state]]) };
  const pack = gate.packs.of(player.country, nowMs);
  const last = await findLastGeoDecision(db, player.id);
  const geo = last === undefined ? undefined : factsOf(last.inputs);
  const bet: GatedBet = { player, game, currency, stake: own.min, atMs: nowMs, geo };
  const money = (minor: bigint): string => formatMinor(minor, currency);
  const fixed = { counted: null, resetsAt: null };
  const bounds: ExplainedBound[] = [
    { source: "GAME", what: "largest stake of the game", limit: money(own.max), ...fixed, version: null },
  ];
  const packOnly = stakeCeiling({ ...gate, profiles: { of: () => undefined } }, pack, state, bet);
  if (packOnly !== undefined) {
    const version = `${pack.code} v${pack.version}`;
    bounds.push({
      source: "JURISDICTION",
      what: `largest stake on ${game.category}`,
      limit: money(packOnly),
      ...fixed,
      version,
    });
  }
  const subject = { playerId: player.id, country: player.country, currency, gameId: game.id, category: game.category };
  for (const { row, profile, version } of boundsOf(gate.profiles.of(state.profile, nowMs), "betMax", subject)) {
    const scope = [
      row.country,
      row.playerId === null ? null : "account",
      row.category,
      row.gameId === null ? null : game.code,
    ];
    const what = ["largest stake", ...scope.filter((part) => part !== null)].join(" · ");
    bounds.push({ source: "PROFILE", what, limit: money(row.amount), ...fixed, version: `${profile} v${version}` });
  }
  for (const limit of state.limits) {
    const counted = countedAt(limit, nowMs);
    const end = windowEnd(limit, nowMs);
    bounds.push({
      source: "PLAYER",
      what: `${limit.kind} by ${limit.period} (${limit.window})`,
      limit: formatLimit(limit.amount, limit.currency),
      counted: formatLimit(limit.kind === "SESSION" ? counted / 60_000n : counted, limit.currency),
      resetsAt: end === null ? null : new Date(end).toISOString(),
      version: null,
    });
  }
  const ceiling = stakeCeiling(gate, pack, state, bet);
  const maxBet = ceiling === undefined || own.max < ceiling ? own.max : ceiling;
  const said = admitBet(gate, bet);
  const refused = "accepted" in said ? said : admitAmounts(gate, bet, { cash: bet.stake, bonus: 0n });
  return ok({
    playerId: formatId("player", player.id),
    game: game.code,
    currency,
    jurisdiction: `${pack.code} v${pack.version}`,
    profile: state.profile,
    maxBet: money(maxBet),
    fits: money(roomOf(state.limits, currency, maxBet, nowMs)),
    bounds,
    location: last === undefined || geo === undefined ? null : placeOf(pack, player.country, last, geo),
    refusal: refused === undefined ? null : { code: refused.failure.code, rule: refused.rule, inputs: refused.inputs },
  });
}

/** None where the player has a limit in other currencies alone, which refuses this one. */
function roomOf(limits: readonly CountedLimit[], currency: Currency, most: bigint, nowMs: number): bigint {
  let room = most;
  for (const kind of ["WAGER", "LOSS"] as const) {
    const set = limits.filter((limit) => limit.kind === kind);
    const own = set.filter((limit) => limit.currency === currency);
    const left = own.map((limit) => limit.amount - countedAt(limit, nowMs));
    if (set.length > 0 && own.length === 0) left.push(0n);
    for (const one of left) if (one < room) room = one;
  }
  return room < 0n ? 0n : room;
}

/** A decision's inputs are the facts that it was made by, and the account's country. */
function factsOf({ ipCountry, hides, deviceCountry, documentCountry }: GeoDecision["inputs"]): GeoFacts {
  const text = (value: string | boolean | null | undefined): string | null =>
    typeof value === "string" ? value : null;
  return {
    ipCountry: text(ipCountry),
    hides: text(hides) as GeoFacts["hides"],
    deviceCountry: text(deviceCountry),
    documentCountry: text(documentCountry),
  };
}

function placeOf(pack: Pack, country: string, { id, at }: GeoDecision, facts: GeoFacts): ExplainedLimits["location"] {
  const { verdict, findings } = judgeGeo(pack.rules.geo, pack.countries, country, facts);
  return { decisionId: formatId("geoDecision", id), at: at.toISOString(), facts, verdict, findings };
}
