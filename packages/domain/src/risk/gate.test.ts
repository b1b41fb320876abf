import { expect, test } from "vitest";
import type { ExclusionKind } from "../compliance/exclusion.ts";
import type { GameRules } from "../wallet/book.ts";
import { admitBet, type GatedBet } from "./gate.ts";
import { emptyState, type GateState } from "./gate-state.ts";
import { gateOf, packOf } from "./packs.fixture.ts";

const nowMs = Date.parse("2026-06-01T12:00:00Z");
const minute = 60_000;
const slots: GameRules = { id: 7, providerId: 1, open: true, category: "slots", limits: new Map() };
const bet: GatedBet = {
  player: { id: 1n, status: "ACTIVE", country: "DE", kycLevel: 1 },
  game: slots,
  currency: "EUR",
  stake: 100n,
  atMs: nowMs,
};
const german = packOf(
  {
    kyc: { play: 1, deposit: 1, caps: [] },
    stakes: [{ category: "slots", youngOnly: false, max: { EUR: "1.00" } }],
    speed: [{ category: "slots", seconds: 5 }],
    breaks: { afterMinutes: 60, minutes: 5 },
  },
  { code: "DE", countries: ["DE"], version: 3 },
);
const british = packOf(
  {
    stakes: [
      { category: "slots", youngOnly: false, max: { GBP: "5.00" } },
      { category: "slots", youngOnly: true, max: { GBP: "2.00" } },
    ],
    realityCheckMinutes: 60,
  },
  { code: "UK", countries: ["GB"] },
);

function ask(change: Partial<GatedBet> = {}, state: Partial<GateState> = {}): string {
  const gate = gateOf(
    [packOf({}), german, british],
    [
      {
        profile: "DEFAULT",
        version: 4,
        effectiveFromMs: 0,
        rows: [
          {
            measure: "betMax",
            currency: "EUR",
            amount: 50_000n,
            country: null,
            playerId: null,
            category: null,
            gameId: null,
          },
          {
            measure: "betMax",
            currency: "EUR",
            amount: 2_000n,
            country: null,
            playerId: null,
            category: null,
            gameId: 7,
          },
          {
            measure: "betMax",
            currency: "EUR",
            amount: 900n,
            country: null,
            playerId: 5n,
            category: null,
            gameId: null,
          },
        ],
      },
    ],
  );
  const asked = { ...bet, ...change };
  gate.states.set(asked.player.id, { ...emptyState(asked.player.id), ...state });
  const said = admitBet(gate, asked);
  return "accepted" in said ? said.rule : `up to ${said.max ?? "any"}`;
}

const inMalta = { player: { ...bet.player, country: "MT", kycLevel: 0 } };
const inBritain = { player: { ...bet.player, country: "GB" }, currency: "GBP" as const };
const played = (startedMs: number, lastMs: number) => ({
  clock: { startedMs, lastMs, checkedMs: startedMs, spinMs: null },
});

test.each<[string, Partial<GatedBet>, Partial<GateState>, string]>([
  ["the German stake", {}, {}, "up to 100"],
  ["a cent above it", { stake: 101n }, {}, "risk.stake-cap"],
  ["a currency that the pack does not name", { currency: "USD", stake: 1n }, {}, "risk.stake-cap"],
  ["a table game, which has no cap in Germany", { game: { ...slots, category: "table", id: 8 } }, {}, "up to 50000"],
  ["nobody verified", { player: { ...bet.player, kycLevel: 0 } }, {}, "risk.kyc-level"],
  [
    "a spin 4.999 s after the last",
    {},
    { clock: { startedMs: nowMs, lastMs: nowMs - 4_999, checkedMs: nowMs, spinMs: nowMs - 4_999 } },
    "risk.game-speed",
  ],
  [
    "a spin 5 s after the last",
    {},
    { clock: { startedMs: nowMs, lastMs: nowMs - 5_000, checkedMs: nowMs, spinMs: nowMs - 5_000 } },
    "up to 100",
  ],
  ["an hour of play", {}, played(nowMs - 60 * minute, nowMs - 4 * minute), "risk.play-break"],
  ["a minute less than an hour", {}, played(nowMs - 59 * minute, nowMs - minute), "up to 100"],
  ["an hour of play and a break of five minutes", {}, played(nowMs - 60 * minute, nowMs - 5 * minute), "up to 100"],
  ["British slots, age unknown", { ...inBritain, stake: 200n }, {}, "up to 200"],
  ["British slots, age unknown, above the young's stake", { ...inBritain, stake: 201n }, {}, "risk.stake-cap"],
  [
    "British slots on the day before turning 25",
    { ...inBritain, stake: 201n },
    { youngUntilMs: nowMs + 1 },
    "risk.stake-cap",
  ],
  ["British slots from 25 on", { ...inBritain, stake: 500n }, { youngUntilMs: nowMs }, "up to 500"],
  [
    "a reality check that the law asks for",
    inBritain,
    played(nowMs - 60 * minute, nowMs - minute),
    "risk.reality-check",
  ],
  [
    "one that the player asked for more often",
    inMalta,
    { ...played(nowMs - 20 * minute, nowMs - minute), realityCheckMs: 20 * minute },
    "risk.reality-check",
  ],
  [
    "the same, seen since",
    inMalta,
    {
      clock: { startedMs: nowMs - 20 * minute, lastMs: nowMs - minute, checkedMs: nowMs - minute, spinMs: null },
      realityCheckMs: 20 * minute,
    },
    "up to 2000",
  ],
  [
    "a game's own bound, which is stricter than the profile's",
    { ...inMalta, stake: 2_001n },
    {},
    "risk.profile-bet-max",
  ],
  [
    "an account's own bound, which is stricter still",
    { player: { ...inMalta.player, id: 5n }, stake: 901n },
    {},
    "risk.profile-bet-max",
  ],
])("%s", (_name, change, state, said) => {
  expect(ask(change, state)).toBe(said);
});

test.each<[ExclusionKind, number | null, string]>([
  ["SELF_EXCLUSION", null, "risk.not-excluded"],
  ["REGISTER", null, "risk.not-excluded"],
  ["TIME_OUT", nowMs + 1, "risk.not-excluded"],
  ["PANIC", nowMs, "up to 2000"],
])("a %s until %s", (kind, untilMs, said) => {
  expect(ask(inMalta, { block: { kind, untilMs } })).toBe(said);
});

test("a refusal names the pack, its version and what it looked at", () => {
  const said = admitBet(gateOf([packOf({}), german]), { ...bet, stake: 250n });
  expect(said).toMatchObject({
    failure: { code: "STAKE_ABOVE_MAX" },
    ruleVersion: 1,
    inputs: { stake: "2.50", max: "1.00", currency: "EUR", category: "slots", jurisdiction: "DE", packVersion: 3 },
  });
});

test("a pack's new version holds from its instant on", () => {
  const later = packOf(
    { stakes: [{ category: "slots", youngOnly: false, max: { EUR: "0.50" } }] },
    { code: "DE", countries: ["DE"], version: 4, effectiveFromMs: nowMs },
  );
  const gate = gateOf([packOf({}), german, later]);
  expect(admitBet(gate, { ...bet, atMs: nowMs - 1 })).toEqual({ max: 100n });
  expect(admitBet(gate, bet)).toMatchObject({ inputs: { max: "0.50", packVersion: 4 } });
});
