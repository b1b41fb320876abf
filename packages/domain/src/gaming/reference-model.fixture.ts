/**
 * What the ledger should do, told a second time and differently: one map of amounts, one of bets, plain arithmetic, no
 * postings and no drafts. The property tests hold the real rules against it.
 */
import type { Command } from "./decide.ts";
import type { BetResult, PlaceBet, RollbackBet, SettleRound } from "./commands.ts";
import type { MoneyMove } from "../wallet/move-money.ts";
import {
  add,
  amountAt,
  bonusOf,
  cashOf,
  cashShare,
  fillPool,
  find,
  letGo,
  type Model,
  type ModelAnswer,
  type ModelBet,
  type ModelRules,
  pay,
  poolShare,
  pursesOf,
  settleOne,
  spendable,
} from "./reference-state.fixture.ts";
import { takeBack, win } from "./reference-wins.fixture.ts";

/** Refusals that do not stand for the request: the same request may be sent again and fare better. */
const passing = new Set(["BET_NOT_FOUND", "PLAYER_NOT_FOUND", "GAME_NOT_FOUND", "REQUEST_REUSED", "BET_ROLLED_BACK"]);

export function createReferenceModel(rules: ModelRules) {
  const model: Model = {
    rules,
    amounts: new Map(),
    grants: [],
    bets: new Map(),
    closed: new Map(),
    answered: new Map(),
    tombstones: new Set(),
    wins: new Map(),
    undone: new Set(),
    withdrawing: new Map(),
  };
  return {
    apply: (command: Command): ModelAnswer => apply(model, command),
    /** Every amount that is not zero, by name. */
    amounts: () => new Map([...model.amounts].filter(([, amount]) => amount !== 0n)),
    withdrawing: (player: bigint, currency: string) => model.withdrawing.get(cashOf(player, currency)) ?? 0n,
    bets: model.bets as ReadonlyMap<string, ModelBet>,
  };
}

function apply(model: Model, command: Command): ModelAnswer {
  const earlier = model.answered.get(command.requestKey);
  if (model.tombstones.has(command.requestKey)) return { refused: "BET_ROLLED_BACK" };
  if (earlier !== undefined) return earlier.hash === command.bodyHash ? earlier.answer : { refused: "REQUEST_REUSED" };
  const answer = decide(model, command);
  if (!("refused" in answer) || !passing.has(answer.refused)) {
    model.answered.set(command.requestKey, { hash: command.bodyHash, answer });
  }
  return answer;
}

function decide(model: Model, command: Command): ModelAnswer {
  switch (command.type) {
    case "place":
      return place(model, command);
    case "settle":
      return settle(model, command);
    case "void":
      return undo(model, find(model, command.playerId, command.bet, command.onlyProvider));
    case "rollback":
      return rollBack(model, command);
    case "correct": {
      const bet = find(model, command.playerId, command.bet, command.onlyProvider);
      if (bet === undefined) return { refused: "BET_NOT_FOUND" };
      if (bet.state !== "settled") return { refused: "BET_NOT_SETTLED" };
      if (command.currency !== undefined && command.currency !== bet.currency) return { refused: "CURRENCY_MISMATCH" };
      const after = { WIN: command.payout, LOSE: 0n, PUSH: bet.cash + bet.bonus, VOID: bet.cash + bet.bonus };
      const repaid = repay(model, bet, after[command.outcome], command.outcome === "VOID");
      return repaid;
    }
    case "win":
      return win(model, command);
    case "undo":
      return takeBack(model, command);
    case "move":
      return model.rules.players[String(command.playerId)] === undefined
        ? { refused: "PLAYER_NOT_FOUND" }
        : move(model, command.move);
    case "post":
      // It touches no player, and the model knows players alone.
      throw new Error("the model is never asked for the house's own postings");
  }
}

function place(
  model: Model,
  { playerId, gameId, roundKey, stake, currency, purse, requestKey, jackpot }: PlaceBet,
): ModelAnswer {
  const status = model.rules.players[String(playerId)];
  const game = model.rules.games[gameId];
  const limits = game?.limits[currency];
  if (status === undefined) return { refused: "PLAYER_NOT_FOUND" };
  if (status !== "ACTIVE") return { refused: "PLAYER_BLOCKED" };
  if (game === undefined) return { refused: "GAME_NOT_FOUND" };
  if (!game.open) return { refused: "GAME_DISABLED" };
  if (limits === undefined) return { refused: "CURRENCY_MISMATCH" };
  if (model.closed.has(roundKey)) return { refused: "ROUND_CLOSED" };
  if (stake < limits[0]) return { refused: "STAKE_BELOW_MIN" };
  if (stake > limits[1]) return { refused: "STAKE_ABOVE_MAX" };
  const grant = model.grants.find(
    (candidate) =>
      purse !== "cash" &&
      candidate.player === playerId &&
      candidate.currency === currency &&
      amountAt(model, bonusOf(playerId, currency, candidate.name)) > 0n,
  );
  const cash = purse === "bonus" ? 0n : amountAt(model, cashOf(playerId, currency));
  const bonus = grant === undefined ? 0n : amountAt(model, bonusOf(playerId, currency, grant.name));
  if (cash + bonus < stake) return { refused: "FUNDS_INSUFFICIENT" };
  const fromCash =
    grant?.policy === "BONUS_FIRST"
      ? stake - (bonus < stake ? bonus : stake)
      : grant?.policy === "PRO_RATA"
        ? cashShare(stake, cash, bonus)
        : cash < stake
          ? cash
          : stake;
  const fromBonus = stake - fromCash;
  take(model, cashOf(playerId, currency), fromCash);
  if (grant !== undefined) take(model, bonusOf(playerId, currency, grant.name), fromBonus);
  const bet: ModelBet = {
    player: playerId,
    currency,
    round: roundKey,
    provider: game.provider,
    cash: fromCash,
    bonus: fromBonus,
    grant: fromBonus > 0n ? grant?.name : undefined,
    jackpot,
    fromPools: new Map(),
    leftCash: fromCash,
    leftBonus: fromBonus,
    paidCash: 0n,
    paidBonus: 0n,
    state: "held",
    back: false,
  };
  model.bets.set(requestKey, bet);
  fillPool(model, bet, jackpot?.amount ?? 0n);
  return { placed: { balanceAfter: spendable(model, playerId, currency), stake } };
}

function take(model: Model, purse: string, amount: bigint): void {
  add(model, purse, -amount);
  add(model, `${purse}/held`, amount);
}

function settle(model: Model, { playerId, roundKey, results, close }: SettleRound): ModelAnswer {
  if (model.rules.players[String(playerId)] === undefined) return { refused: "PLAYER_NOT_FOUND" };
  const chosen: { bet: ModelBet; result: BetResult }[] = [];
  for (const result of results) {
    const bet = find(model, playerId, result.bet);
    if (bet === undefined) return { refused: "BET_NOT_FOUND" };
    if (bet.round !== roundKey) return { refused: "BET_OF_OTHER_ROUND" };
    if (result.currency !== undefined && result.currency !== bet.currency) return { refused: "CURRENCY_MISMATCH" };
    if (bet.state === "void") return { refused: "BET_ALREADY_VOIDED" };
    if (bet.state === "settled" || chosen.some((other) => other.bet === bet)) return { refused: "BET_ALREADY_SETTLED" };
    const part = result.stakePart;
    if (part !== undefined && (part < 1n || part > bet.leftCash + bet.leftBonus)) return { refused: "REQUEST_INVALID" };
    chosen.push({ bet, result });
  }
  const payouts = chosen.map(({ bet, result }) => settleOne(model, bet, result));
  const before = model.closed.get(roundKey);
  if (before === undefined && close) model.closed.set(roundKey, "CLOSED");
  if (before === "CLOSED" && chosen.length > 0) model.closed.set(roundKey, "LATE_CREDITED");
  const balances = Object.fromEntries(
    chosen.map(({ bet: { currency } }) => [currency, spendable(model, playerId, currency)]),
  );
  return { settled: { payouts, round: model.closed.get(roundKey) ?? "OPEN", balances } };
}

function undo(model: Model, bet: ModelBet | undefined): ModelAnswer {
  if (bet === undefined) return { refused: "BET_NOT_FOUND" };
  if (bet.state !== "held") return { refused: bet.state === "void" ? "BET_ALREADY_VOIDED" : "BET_ALREADY_SETTLED" };
  const released = bet.leftCash + bet.leftBonus;
  fillPool(model, bet, -poolShare(bet, released));
  letGo(model, bet, bet.leftCash, bet.leftBonus, true);
  bet.state = "void";
  return { undone: { released, balanceAfter: spendable(model, bet.player, bet.currency) } };
}

function rollBack(model: Model, { playerId, bet, onlyProvider, requestKey }: RollbackBet): ModelAnswer {
  if (model.rules.players[String(playerId)] === undefined) return { refused: "PLAYER_NOT_FOUND" };
  if ("placeKey" in bet) {
    if (bet.placeKey === requestKey) return { refused: "REQUEST_INVALID" };
    const earlier = model.answered.get(bet.placeKey)?.answer;
    const never = earlier === undefined && !model.tombstones.has(bet.placeKey);
    if (never) model.tombstones.add(bet.placeKey);
    if (never || earlier === undefined || "refused" in earlier) return { undone: { released: 0n, balanceAfter: null } };
  }
  return undo(model, find(model, playerId, bet, onlyProvider));
}

function repay(model: Model, bet: ModelBet, after: bigint, back: boolean): ModelAnswer {
  const before = bet.paidCash + bet.paidBonus;
  const cash = cashShare(after, bet.cash, bet.bonus);
  const [cashPurse, bonusPurse] = pursesOf(bet);
  const deltaCash = cash - bet.paidCash;
  const deltaBonus = after - cash - bet.paidBonus;
  const short =
    amountAt(model, cashPurse) + deltaCash < 0n ||
    (bonusPurse !== undefined && amountAt(model, bonusPurse) + deltaBonus < 0n);
  if (short) return { refused: "CORRECTION_UNCOVERED" };
  const won = back && !bet.back ? sumOf(bet.fromPools.values()) : 0n;
  if (amountAt(model, cashPurse) + deltaCash < won) return { refused: "CORRECTION_UNCOVERED" };
  if (back !== bet.back) fillPool(model, bet, (back ? -1n : 1n) * (bet.jackpot?.amount ?? 0n));
  bet.back = back;
  if (won > 0n) {
    add(model, cashPurse, -won);
    for (const [code, amount] of bet.fromPools) add(model, `jackpot:${code}/${bet.currency}`, amount);
    bet.fromPools.clear();
  }
  pay(model, bet, deltaCash, deltaCash + deltaBonus);
  return { corrected: { before, after, balanceAfter: spendable(model, bet.player, bet.currency) } };
}

function sumOf(amounts: Iterable<bigint>): bigint {
  return [...amounts].reduce((sum, amount) => sum + amount, 0n);
}

function move(model: Model, what: MoneyMove): ModelAnswer {
  const { playerId, currency, amount } = what;
  const cash = cashOf(playerId, currency);
  const changes = changesOf(model, what, cash);
  for (const [name, delta] of changes) if (amountAt(model, name) + delta < 0n) return { refused: "FUNDS_INSUFFICIENT" };
  if (what.type === "BONUS_GRANT" && !hasGrant(model, what)) {
    model.grants.push({ player: playerId, currency, name: what.grant, policy: what.fundingPolicy });
  }
  let sum = 0n;
  for (const [name, delta] of changes) {
    add(model, name, delta);
    sum += delta;
  }
  add(model, `house/${currency}`, -sum);
  const held = what.type === "WITHDRAW_HOLD" ? amount : what.type.startsWith("WITHDRAW_") ? -amount : 0n;
  model.withdrawing.set(cash, (model.withdrawing.get(cash) ?? 0n) + held);
  return { moved: { cash: amountAt(model, cash) } };
}

function hasGrant(model: Model, what: MoneyMove & { readonly grant: string }): boolean {
  return model.grants.some(
    ({ player, currency, name }) => player === what.playerId && currency === what.currency && name === what.grant,
  );
}

/** What the movement does to the player's amounts; whatever they gain the house loses. */
function changesOf(model: Model, what: MoneyMove, cash: string): [name: string, delta: bigint][] {
  const { amount, playerId, currency } = what;
  switch (what.type) {
    case "DEPOSIT":
      return [[cash, amount]];
    case "WITHDRAW_HOLD":
      return [
        [cash, -amount],
        [`${cash}/held`, amount],
      ];
    case "WITHDRAW_SETTLE":
      return [[`${cash}/held`, -amount]];
    case "WITHDRAW_RELEASE":
      if (what.settledBy !== undefined) return [[cash, amount]];
      return [
        [cash, amount],
        [`${cash}/held`, -amount],
      ];
    case "FEE":
      return [[cash, -amount]];
    case "BONUS_GRANT":
      return [[bonusOf(playerId, currency, what.grant), amount]];
    case "BONUS_CONVERT":
      return [
        [bonusOf(playerId, currency, what.grant), -amount],
        [cash, what.cap !== undefined && what.cap < amount ? what.cap : amount],
      ];
    case "BONUS_FORFEIT":
      return [[bonusOf(playerId, currency, what.grant), -amount]];
    case "CHARGEBACK":
      return [[cash, -(amountAt(model, cash) < amount ? amountAt(model, cash) : amount)]];
    case "ADJUSTMENT":
      return [[cash, what.direction === "INTO_PLAYER" ? amount : -amount]];
    default:
      throw new Error(`the model knows no ${what.type}`);
  }
}
