/** Random play through the ledger's door: bets in three currencies and two games, cash and bonus, won, lost, pushed, in parts, voided, rolled back, corrected, and money beside them. */
import { insertBrand } from "@pitboss/db/identity/brand-store";
import { convert } from "@pitboss/domain/wallet/exchange";
import type { Currency } from "@pitboss/domain/wallet/currency";
import type { MoneyMove } from "@pitboss/domain/wallet/move-money";
import type { Envelope } from "@pitboss/db/wallet/door/envelope";
import type { Lanes } from "../wallet/lanes.ts";
import {
  moveEnvelope,
  placeEnvelope,
  settleEnvelope,
  takeBackEnvelope,
  type TestHouse,
  undoEnvelope,
  until,
  winEnvelope,
} from "../ops/test-house.fixture.ts";
import { createRandom } from "../simulation/random.ts";
import { testRates } from "./test-reports.fixture.ts";

export interface PlayRequest {
  readonly seed: number;
  readonly players: number;
  readonly bets: number;
}

export async function playAtRandom(
  house: TestHouse,
  lanes: Lanes,
  { seed, players, bets }: PlayRequest,
): Promise<void> {
  await until(() => lanes.up());
  const random = createRandom(seed);
  const name = `${seed}`;
  // A refusal is as good as an acceptance here: what counts is what the ledger has in the end.
  const send = (envelope: Envelope): ReturnType<Lanes["submit"]> => lanes.submit(envelope);
  const move = (one: MoneyMove): ReturnType<Lanes["submit"]> => send(moveEnvelope(one));
  await insertBrand(house.db, { code: "harbour", name: "Harbour Club" });
  const ids: bigint[] = [];
  for (let index = 0; index < players; index += 1) {
    const playerId = await house.addPlayer(["MT", "DE", "GB", "FI"][index % 4], index % 2 === 0 ? "main" : "harbour");
    ids.push(playerId);
    await move({
      type: "DEPOSIT",
      playerId,
      currency: "EUR",
      amount: BigInt(random.int(10_000, 90_000)),
      psp: "card",
      pspFee: BigInt(random.int(0, 300)),
    });
    if (random.chance(0.5))
      await move({
        type: "DEPOSIT",
        playerId,
        currency: "USD",
        amount: BigInt(random.int(5_000, 50_000)),
        psp: "bank",
      });
    if (random.chance(0.6)) {
      const fundingPolicy = random.pick(["CASH_FIRST", "BONUS_FIRST", "PRO_RATA"] as const);
      await move({ type: "BONUS_GRANT", playerId, currency: "EUR", amount: 5_000n, grant: "welcome", fundingPolicy });
    }
  }
  for (let index = 0; index < bets; index += 1) {
    const playerId = random.pick(ids);
    const currency: Currency = random.pick(["EUR", "EUR", "USD"]);
    const round = `${name}-round-${index}`;
    const stake = BigInt(random.int(10, 3_000));
    const game = random.int(0, 1);
    const jackpot = random.chance(0.3) ? { code: "mega", amount: BigInt(random.int(1, 40)) } : undefined;
    const sent = placeEnvelope(house, {
      playerId,
      round,
      stake,
      currency,
      game,
      ...(jackpot === undefined ? {} : { jackpot }),
    });
    const placed = await send(sent);
    const bet =
      placed.kind === "ran" && placed.ran.outcome.kind === "accepted"
        ? placed.ran.outcome.decision.placed?.bet
        : undefined;
    if (bet === undefined) continue;
    const betName = { betId: bet.id };
    const roll = random.int(1, 100);
    const payout = BigInt(random.int(1, 6_000));
    if (jackpot !== undefined && roll > 70) {
      await playForJackpot(house, random, send, { bet: sent, playerId, round, currency, payout });
    } else if (roll <= 5) await send(undoEnvelope({ type: "void", playerId, bet: betName, reason: "a test" }));
    else if (roll <= 9) await send(undoEnvelope({ type: "rollback", playerId, bet: betName }));
    else if (roll <= 12) continue;
    else if (roll <= 17 && stake > 20n) {
      await send(
        settleEnvelope(house, {
          playerId,
          round,
          close: false,
          results: [{ bet: betName, outcome: "WIN", payout, stakePart: stake / 2n }],
        }),
      );
      await send(settleEnvelope(house, { playerId, round, results: [{ bet: betName, outcome: "LOSE", payout: 0n }] }));
    } else {
      const outcome = roll <= 22 ? "PUSH" : roll <= 55 ? "WIN" : "LOSE";
      await send(
        settleEnvelope(house, {
          playerId,
          round,
          results: [{ bet: betName, outcome, payout: outcome === "WIN" ? payout : 0n }],
        }),
      );
      if (random.chance(0.15)) {
        const to = random.pick(["WIN", "LOSE", "PUSH", "VOID"] as const);
        await send(
          undoEnvelope({
            type: "correct",
            playerId,
            bet: betName,
            outcome: to,
            payout: to === "WIN" ? BigInt(random.int(1, 4_000)) : 0n,
            reason: "a test",
          }),
        );
      }
    }
  }
  await moveBeside(ids, random, move);
}

/** As a provider plays: a win with a jackpot, and now and then the win, the bet or both taken back. */
async function playForJackpot(
  house: TestHouse,
  random: ReturnType<typeof createRandom>,
  send: (envelope: Envelope) => Promise<unknown>,
  play: { bet: Envelope; playerId: bigint; round: string; currency: Currency; payout: bigint },
): Promise<void> {
  const { bet, payout, ...rest } = play;
  const jackpot = { code: random.pick(["mega", "mini"]), amount: BigInt(random.int(100, 5_000)) };
  const win = winEnvelope(house, { ...rest, amount: random.chance(0.3) ? 0n : payout, jackpot });
  if (random.chance(0.7)) await send(win);
  if (random.chance(0.4)) await send(takeBackEnvelope(house, win));
  if (random.chance(0.4)) await send(takeBackEnvelope(house, bet, random.pick(["BET", "ACTION"])));
}

async function moveBeside(
  ids: readonly bigint[],
  random: ReturnType<typeof createRandom>,
  move: (one: MoneyMove) => Promise<unknown>,
): Promise<void> {
  const currency = "EUR" as const;
  for (const playerId of ids) {
    const amount = BigInt(random.int(100, 2_000));
    const common = { playerId, currency, amount };
    if (random.chance(0.5)) await move({ type: "WITHDRAW_HOLD", ...common });
    if (random.chance(0.5)) await move({ type: "WITHDRAW_SETTLE", ...common, psp: "bank" });
    if (random.chance(0.3)) await move({ type: "WITHDRAW_HOLD", ...common });
    if (random.chance(0.3)) await move({ type: "WITHDRAW_RELEASE", ...common });
    if (random.chance(0.3)) await move({ type: "BONUS_CONVERT", ...common, grant: "welcome", cap: amount / 2n });
    if (random.chance(0.3)) await move({ type: "BONUS_FORFEIT", ...common, grant: "welcome" });
    if (random.chance(0.5)) await move({ type: "JACKPOT_CONTRIBUTION", ...common, jackpot: "mega" });
    if (random.chance(0.1)) await move({ type: "JACKPOT_WIN", ...common, jackpot: "mega" });
    if (random.chance(0.3)) await move({ type: "FEE", ...common });
    if (random.chance(0.2)) await move({ type: "CHARGEBACK", ...common, amount: amount * 60n, psp: "card" });
    if (random.chance(0.1)) await move({ type: "CHARGEBACK_REVERSAL", ...common, psp: "card", fromLoss: amount / 3n });
    if (random.chance(0.2)) await move({ type: "TRANSFER_OUT", ...common, provider: "testers" });
    if (random.chance(0.2)) {
      await move({ type: "TRANSFER_IN", ...common, provider: "testers", left: BigInt(random.int(0, 500)) });
    }
    if (random.chance(0.4))
      await move({
        type: "ADJUSTMENT",
        ...common,
        direction: random.pick(["INTO_PLAYER", "FROM_PLAYER"]),
        category: "goodwill",
        reason: "a test",
      });
    if (random.chance(0.5)) {
      const now = { nowMs: Date.parse("2026-01-01T00:00:00Z"), ageMaxMs: Number.POSITIVE_INFINITY };
      await move({ type: "CONVERSION", ...common, to: "JPY", quote: convert(amount, "EUR", "JPY", testRates, now) });
    }
  }
}
