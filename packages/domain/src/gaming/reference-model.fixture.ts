/**
 * What the ledger should do, told a second time and differently: one map of amounts, one of bets, plain arithmetic, no
 * postings and no drafts. The property tests hold the real rules against it.
 */
import type { Command } from "./decide.ts";
import type { BetName, BetResult, PlaceBet, RollbackBet, SettleRound } from "./commands.ts";
import type { MoneyMove } from "../wallet/move-money.ts";

export type ModelAnswer =
  | { readonly refused: string }
  | { readonly placed: { balanceAfter: bigint; stake: bigint } }
  | { readonly settled: { payouts: readonly bigint[]; round: string; balances: Readonly<Record<string, bigint>> } }
  | { readonly undone: { released: bigint; balanceAfter: bigint | null } }
  | { readonly corrected: { before: bigint; after: bigint; balanceAfter: bigint } }
  | { readonly moved: { cash: bigint } };

interface ModelBet {
  readonly player: bigint;
  readonly currency: string;
  readonly round: string;
  readonly provider: number;
  readonly cash: bigint;
  readonly bonus: bigint;
  readonly grant: string | undefined;
  leftCash: bigint;
  leftBonus: bigint;
  paidCash: bigint;
  paidBonus: bigint;
  state: "held" | "settled" | "void";
}

interface Grant {
  readonly player: bigint;
  readonly currency: string;
  readonly name: string;
  readonly policy: string;
}

export interface ModelGame {
  readonly provider: number;
  readonly open: boolean;
  readonly limits: Readonly<Record<string, readonly [min: bigint, max: bigint]>>;
}

export interface ModelRules {
  readonly players: Readonly<Record<string, string>>;
  readonly games: Readonly<Record<number, ModelGame>>;
  /** The key of the request that placed the bet of this id. */
  readonly placeKeyOf: (betId: bigint) => string | undefined;
}

/** Refusals that do not stand for the request: the same request may be sent again and fare better. */
const passing = new Set(["BET_NOT_FOUND", "PLAYER_NOT_FOUND", "GAME_NOT_FOUND", "REQUEST_REUSED", "BET_ROLLED_BACK"]);

interface Model {
  readonly rules: ModelRules;
  /** `7/EUR/cash`, `7/EUR/cash/held`, `7/EUR/bonus:welcome`, …, and `house/EUR` for everything that is not a player's. */
  readonly amounts: Map<string, bigint>;
  readonly grants: Grant[];
  readonly bets: Map<string, ModelBet>;
  readonly closed: Map<string, string>;
  readonly answered: Map<string, { readonly hash: bigint; readonly answer: ModelAnswer }>;
  readonly tombstones: Set<string>;
  /** What payouts have on hold, by player and currency. */
  readonly withdrawing: Map<string, bigint>;
}

export function createReferenceModel(rules: ModelRules) {
  const model: Model = {
    rules,
    amounts: new Map(),
    grants: [],
    bets: new Map(),
    closed: new Map(),
    answered: new Map(),
    tombstones: new Set(),
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

const cashOf = (player: bigint, currency: string): string => `${player}/${currency}/cash`;
const bonusOf = (player: bigint, currency: string, grant: string): string => `${player}/${currency}/bonus:${grant}`;

/** Cash's share of an amount that follows two weights; a tie between the two remainders goes to cash. */
function cashShare(amount: bigint, cash: bigint, bonus: bigint): bigint {
  return bonus === 0n ? amount : (2n * amount * cash + cash + bonus) / (2n * (cash + bonus));
}

function amountAt(model: Model, name: string): bigint {
  return model.amounts.get(name) ?? 0n;
}

function add(model: Model, name: string, delta: bigint): void {
  model.amounts.set(name, amountAt(model, name) + delta);
}

function spendable(model: Model, player: bigint, currency: string): bigint {
  const names = model.grants.filter((grant) => grant.player === player && grant.currency === currency);
  return names.reduce(
    (sum, { name }) => sum + amountAt(model, bonusOf(player, currency, name)),
    amountAt(model, cashOf(player, currency)),
  );
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
      return repay(model, bet, after[command.outcome]);
    }
    case "move":
      return model.rules.players[String(command.playerId)] === undefined
        ? { refused: "PLAYER_NOT_FOUND" }
        : move(model, command.move);
  }
}

function place(
  model: Model,
  { playerId, gameId, roundKey, stake, currency, purse, requestKey }: PlaceBet,
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
  model.bets.set(requestKey, {
    player: playerId,
    currency,
    round: roundKey,
    provider: game.provider,
    cash: fromCash,
    bonus: fromBonus,
    grant: fromBonus > 0n ? grant?.name : undefined,
    leftCash: fromCash,
    leftBonus: fromBonus,
    paidCash: 0n,
    paidBonus: 0n,
    state: "held",
  });
  return { placed: { balanceAfter: spendable(model, playerId, currency), stake } };
}

function take(model: Model, purse: string, amount: bigint): void {
  add(model, purse, -amount);
  add(model, `${purse}/held`, amount);
}

function find(model: Model, player: bigint, name: BetName, onlyProvider?: number): ModelBet | undefined {
  const key = "betId" in name ? model.rules.placeKeyOf(name.betId) : name.placeKey;
  const bet = key === undefined ? undefined : model.bets.get(key);
  if (bet === undefined || bet.player !== player) return undefined;
  return onlyProvider === undefined || onlyProvider === bet.provider ? bet : undefined;
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

function settleOne(model: Model, bet: ModelBet, { outcome, payout, stakePart }: BetResult): bigint {
  const part = stakePart ?? bet.leftCash + bet.leftBonus;
  const cash = cashShare(part, bet.leftCash, bet.leftBonus);
  if (outcome === "PUSH") {
    letGo(model, bet, cash, part - cash, true);
    bet.paidCash += cash;
    bet.paidBonus += part - cash;
  } else {
    letGo(model, bet, cash, part - cash, false);
    if (outcome === "WIN") pay(model, bet, cashShare(payout, bet.cash, bet.bonus), payout);
  }
  if (bet.leftCash + bet.leftBonus === 0n) bet.state = "settled";
  return outcome === "PUSH" ? part : outcome === "WIN" ? payout : 0n;
}

/** Takes from the hold: back to the purses, or to the house. */
function letGo(model: Model, bet: ModelBet, cash: bigint, bonus: bigint, back: boolean): void {
  bet.leftCash -= cash;
  bet.leftBonus -= bonus;
  const [cashPurse, bonusPurse] = pursesOf(bet);
  add(model, `${cashPurse}/held`, -cash);
  if (bonusPurse !== undefined) add(model, `${bonusPurse}/held`, -bonus);
  if (!back) add(model, `house/${bet.currency}`, cash + bonus);
  else {
    add(model, cashPurse, cash);
    if (bonusPurse !== undefined) add(model, bonusPurse, bonus);
  }
}

function pay(model: Model, bet: ModelBet, cash: bigint, total: bigint): void {
  const [cashPurse, bonusPurse] = pursesOf(bet);
  add(model, cashPurse, cash);
  if (bonusPurse !== undefined) add(model, bonusPurse, total - cash);
  add(model, `house/${bet.currency}`, -total);
  bet.paidCash += cash;
  bet.paidBonus += total - cash;
}

function pursesOf({ player, currency, grant }: ModelBet): [cash: string, bonus: string | undefined] {
  return [cashOf(player, currency), grant === undefined ? undefined : bonusOf(player, currency, grant)];
}

function undo(model: Model, bet: ModelBet | undefined): ModelAnswer {
  if (bet === undefined) return { refused: "BET_NOT_FOUND" };
  if (bet.state !== "held") return { refused: bet.state === "void" ? "BET_ALREADY_VOIDED" : "BET_ALREADY_SETTLED" };
  const released = bet.leftCash + bet.leftBonus;
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

function repay(model: Model, bet: ModelBet, after: bigint): ModelAnswer {
  const before = bet.paidCash + bet.paidBonus;
  const cash = cashShare(after, bet.cash, bet.bonus);
  const [cashPurse, bonusPurse] = pursesOf(bet);
  const deltaCash = cash - bet.paidCash;
  const deltaBonus = after - cash - bet.paidBonus;
  const short =
    amountAt(model, cashPurse) + deltaCash < 0n ||
    (bonusPurse !== undefined && amountAt(model, bonusPurse) + deltaBonus < 0n);
  if (short) return { refused: "CORRECTION_UNCOVERED" };
  pay(model, bet, deltaCash, deltaCash + deltaBonus);
  return { corrected: { before, after, balanceAfter: spendable(model, bet.player, bet.currency) } };
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
