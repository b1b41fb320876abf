/** The reference model's wins and rollbacks, as game providers send them. */
import type { CreditWin, UndoAction } from "./commands.ts";
import {
  add,
  amountAt,
  cashOf,
  cashShare,
  fillPool,
  find,
  letGo,
  type Model,
  type ModelAnswer,
  type ModelBet,
  pay,
  poolShare,
  pursesOf,
  settleOne,
  spendable,
} from "./reference-state.fixture.ts";

export function win(model: Model, command: CreditWin): ModelAnswer {
  const { playerId, roundKey, currency, amount, close, again, withoutBet, requestKey, jackpot } = command;
  const total = amount + (jackpot?.amount ?? 0n);
  if (model.rules.players[String(playerId)] === undefined) return { refused: "PLAYER_NOT_FOUND" };
  const own = [...model.bets.values()].filter(({ player, round }) => player === playerId && round === roundKey);
  const named = command.bet === null ? fromRound(own, command) : fromName(model, command);
  if (typeof named === "string") return { refused: named };
  if (named === undefined && total > 0n && withoutBet === "REFUSE") return { refused: "BET_NOT_FOUND" };
  if (named !== undefined) {
    if (roundKey !== null && named.round !== roundKey) return { refused: "BET_OF_OTHER_ROUND" };
    if (named.currency !== currency) return { refused: "CURRENCY_MISMATCH" };
    if (named.state === "void" || named.back) return { refused: "BET_ALREADY_VOIDED" };
    if (named.state === "settled" && again === "REFUSE") return { refused: "BET_ALREADY_SETTLED" };
  }
  let moved = false;
  if (named !== undefined && (named.state === "held" || amount > 0n)) {
    const [cash, bonus] = [named.paidCash, named.paidBonus];
    moved = true;
    if (named.state === "held") {
      settleOne(model, named, { bet: { placeKey: "" }, outcome: amount > 0n ? "WIN" : "LOSE", payout: amount });
    } else pay(model, named, cashShare(amount, named.cash, named.bonus), amount);
    const paid = { cash: named.paidCash - cash, bonus: named.paidBonus - bonus };
    model.wins.set(requestKey, { player: playerId, currency, bet: named, ...paid, jackpot });
  } else if (named === undefined && amount > 0n) {
    moved = true;
    add(model, cashOf(playerId, currency), amount);
    add(model, `house/${currency}`, -amount);
    model.wins.set(requestKey, { player: playerId, currency, bet: undefined, cash: amount, bonus: 0n, jackpot });
  }
  if (jackpot !== undefined) {
    moved = true;
    const paid = model.wins.get(requestKey) ?? { cash: 0n, bonus: 0n };
    model.wins.set(requestKey, { player: playerId, currency, bet: named, cash: paid.cash, bonus: paid.bonus, jackpot });
    add(model, `jackpot:${jackpot.code}/${currency}`, -jackpot.amount);
    add(model, cashOf(playerId, currency), jackpot.amount);
    named?.fromPools.set(jackpot.code, (named.fromPools.get(jackpot.code) ?? 0n) + jackpot.amount);
  }
  if (close && roundKey !== null) {
    for (const bet of own.filter(({ state }) => state === "held")) {
      moved = true;
      settleOne(model, bet, { bet: { placeKey: "" }, outcome: "LOSE", payout: 0n });
    }
  }
  if (roundKey !== null) {
    const before = model.closed.get(roundKey);
    if (before === undefined && close) model.closed.set(roundKey, "CLOSED");
    if (before === "CLOSED" && moved) model.closed.set(roundKey, "LATE_CREDITED");
  }
  const round = roundKey === null ? null : (model.closed.get(roundKey) ?? "OPEN");
  return { won: { paid: amount, round, balanceAfter: spendable(model, playerId, currency) } };
}

function fromRound(own: readonly ModelBet[], { amount, currency, jackpot }: CreditWin): ModelBet | string | undefined {
  if (amount === 0n && jackpot === undefined) return undefined;
  const bets = own.filter((bet) => bet.currency === currency);
  const standing = bets.filter(({ state, back }) => state !== "void" && !back);
  if (bets.length > 0 && standing.length === 0) return "BET_ALREADY_VOIDED";
  return standing.find(({ state }) => state === "held") ?? standing.at(-1);
}

function fromName(model: Model, { bet, playerId, providerId, withoutBet }: CreditWin): ModelBet | string | undefined {
  if (bet === null || !("placeKey" in bet)) return "BET_NOT_FOUND";
  if (model.tombstones.has(bet.placeKey) || model.undone.has(bet.placeKey)) return "BET_ALREADY_VOIDED";
  const earlier = model.answered.get(bet.placeKey)?.answer;
  if (earlier === undefined && withoutBet === "HOUSE") return undefined;
  return find(model, playerId, bet, providerId) ?? "BET_NOT_FOUND";
}

export function takeBack(model: Model, command: UndoAction): ModelAnswer {
  const { playerId, providerId, original, mark, requestKey, takes } = command;
  const nothing = (effect: string, balanceAfter: bigint | null = null) => ({ takenBack: { effect, balanceAfter } });
  if (model.rules.players[String(playerId)] === undefined) return { refused: "PLAYER_NOT_FOUND" };
  if (original === requestKey) return { refused: "REQUEST_INVALID" };
  if (model.tombstones.has(original) || model.undone.has(original)) return nothing("NOTHING");
  const earlier = model.answered.get(original)?.answer;
  if (earlier === undefined) {
    model.tombstones.add(original);
    return nothing("TOMBSTONE");
  }
  if ("refused" in earlier) return nothing("NOTHING");
  const bet = "placed" in earlier ? find(model, playerId, { placeKey: original }, providerId) : undefined;
  const paid = model.wins.get(original);
  if ("placed" in earlier && bet === undefined) return { refused: "BET_NOT_FOUND" };
  if (bet === undefined) {
    if (paid === undefined || (paid.cash + paid.bonus === 0n && paid.jackpot === undefined)) return nothing("NOTHING");
    if (paid.player !== playerId || takes === "BET") return { refused: "BET_NOT_FOUND" };
    if (model.undone.has(mark)) return nothing("ALREADY", spendable(model, playerId, paid.currency));
    const pools = paid.jackpot === undefined ? [] : [[paid.jackpot.code, paid.jackpot.amount] as const];
    return takeMoney(model, command, paid, paid.bet, -paid.cash, -paid.bonus, pools);
  }
  if (model.undone.has(mark) || bet.state === "void" || bet.back) {
    return nothing("ALREADY", spendable(model, playerId, bet.currency));
  }
  if (bet.state === "held") {
    fillPool(model, bet, -poolShare(bet, bet.leftCash + bet.leftBonus));
    letGo(model, bet, bet.leftCash, bet.leftBonus, true);
    bet.state = "void";
    model.undone.add(mark);
    return nothing("TAKEN_BACK", spendable(model, playerId, bet.currency));
  }
  const keep = takes === "ACTION";
  const cash = bet.cash - (keep ? 0n : bet.paidCash);
  const bonus = bet.bonus - (keep ? 0n : bet.paidBonus);
  const taken = takeMoney(model, command, bet, bet, cash, bonus, keep ? [] : [...bet.fromPools]);
  if ("refused" in taken) return taken;
  bet.back = true;
  fillPool(model, bet, -(bet.jackpot?.amount ?? 0n));
  return taken;
}

/** Moves the difference; what the purses lack is owed where the policy lets it be, and nothing moves where it does not. */
function takeMoney(
  model: Model,
  { settled, mark }: UndoAction,
  { player, currency }: { readonly player: bigint; readonly currency: string },
  bet: ModelBet | undefined,
  cash: bigint,
  bonus: bigint,
  pools: readonly (readonly [code: string, amount: bigint])[],
): ModelAnswer {
  if (settled === "REJECT") return { refused: "BET_ALREADY_SETTLED" };
  const cashPurse = cashOf(player, currency);
  const bonusPurse = bet === undefined ? undefined : pursesOf(bet)[1];
  const floor = (purse: string, change: bigint) => {
    const has = amountAt(model, purse);
    return has + change < 0n ? -has : change;
  };
  const fromCash = floor(cashPurse, cash);
  const fromBonus = bonusPurse === undefined ? 0n : floor(bonusPurse, bonus);
  const owed = cash + bonus - fromCash - fromBonus;
  const won = pools.reduce((sum, [, amount]) => sum + amount, 0n);
  const left = amountAt(model, cashPurse) + fromCash;
  const fromLeft = left < won ? left : won;
  if ((owed !== 0n || fromLeft < won) && settled !== "RECEIVABLE") return { refused: "CORRECTION_UNCOVERED" };
  add(model, cashPurse, fromCash);
  if (bonusPurse !== undefined) add(model, bonusPurse, fromBonus);
  add(model, `${player}/${currency}/owed`, owed - (won - fromLeft));
  add(model, cashPurse, -fromLeft);
  for (const [code, amount] of pools) {
    add(model, `jackpot:${code}/${currency}`, amount);
    bet?.fromPools.set(code, (bet.fromPools.get(code) ?? 0n) - amount);
  }
  add(model, `house/${currency}`, -(cash + bonus));
  if (bet !== undefined) {
    bet.paidCash += fromCash + owed;
    bet.paidBonus += fromBonus;
  }
  model.undone.add(mark);
  return { takenBack: { effect: "TAKEN_BACK", balanceAfter: spendable(model, player, currency) } };
}
