/** Decides whether a bet is taken, and how its stake is funded. Pure: reads the book, writes nothing. */
import { type Book, type BetState, type Decision, findWallet, type Refused, type WalletState } from "../wallet/book.ts";
import { admitAmounts, admitBet, type GatedBet } from "../risk/gate.ts";
import { addTransaction, startDraft } from "../wallet/draft.ts";
import { type Funding, fundStake } from "../wallet/funding.ts";
import { formatMinor } from "../wallet/money.ts";
import { transactionTimeMs } from "../wallet/transaction-id.ts";
import type { PlaceBet } from "./commands.ts";
import { contribute } from "./jackpot.ts";
import { refuse } from "./refuse.ts";
import { spendable } from "./settle-round.ts";

export interface PlaceAnswer {
  readonly betId: bigint;
  readonly balanceAfter: bigint;
  readonly hold: bigint;
  readonly maxBet: bigint;
}

interface Purses {
  readonly cash: WalletState | undefined;
  readonly bonus: WalletState | undefined;
  readonly funding: Funding;
}

export function decidePlace(book: Book, command: PlaceBet): Decision<PlaceAnswer> {
  const { stake, currency, playerId } = command;
  const limits = checkAdmission(book, command);
  if ("accepted" in limits) return limits;
  const purses = choosePurses(book, command);
  if ("accepted" in purses) return purses;
  const { gated } = limits;
  const refused =
    gated === undefined || book.gate === undefined ? undefined : admitAmounts(book.gate, gated, purses.funding);
  if (refused !== undefined) return refused;

  const draft = startDraft(book);
  const { cash, bonus, funding } = purses;
  const movements = [];
  if (cash !== undefined && funding.cash > 0n) {
    movements.push({ wallet: cash, available: -funding.cash, held: funding.cash });
  }
  if (bonus !== undefined && funding.bonus > 0n) {
    movements.push({ wallet: bonus, available: -funding.bonus, held: funding.bonus });
  }
  const hold = addTransaction(draft, "HOLD", { playerId, reference: null }, movements);
  const bet: BetState = {
    id: hold.id,
    playerId,
    providerId: limits.providerId,
    gameId: command.gameId,
    roundKey: command.roundKey,
    currency,
    stake,
    cashPart: funding.cash,
    bonusPart: funding.bonus,
    bonusWallet: funding.bonus > 0n ? bonus : undefined,
    jackpot: command.jackpot,
    jackpotWins: [],
    status: "HELD",
    outcome: null,
    transitions: 0,
    heldCash: funding.cash,
    heldBonus: funding.bonus,
    paidCash: 0n,
    paidBonus: 0n,
  };
  if (command.jackpot !== undefined) contribute(book, draft, bet, command.jackpot);
  const balanceAfter = spendable(book, draft, playerId, currency);
  return {
    accepted: true,
    transactions: draft.transactions,
    placed: { bet, maxBet: limits.max, balanceAfter },
    answer: { betId: bet.id, balanceAfter, hold: stake, maxBet: limits.max },
  };
}

interface Admitted {
  readonly max: bigint;
  readonly providerId: number;
  /** The bet as the gate saw it, where the book has a gate. */
  readonly gated: GatedBet | undefined;
}

function checkAdmission(book: Book, command: PlaceBet): Admitted | Refused {
  const { stake, currency } = command;
  const player = book.players.get(command.playerId);
  if (player === undefined) return refuse("player-exists", "PLAYER_NOT_FOUND");
  if (player.status !== "ACTIVE") return refuse("player-active", "PLAYER_BLOCKED", { status: player.status });
  const game = book.games.get(command.gameId);
  if (game === undefined) return refuse("game-exists", "GAME_NOT_FOUND");
  if (!game.open) return refuse("game-open", "GAME_DISABLED", { game: game.id });
  const limits = game.limits.get(currency);
  if (limits === undefined) {
    return refuse("game-currency", "CURRENCY_MISMATCH", { currency }, `This game is not played in ${currency}.`);
  }
  const round = book.rounds.get(command.roundKey);
  if (round !== undefined && round.status !== "OPEN")
    return refuse("round-open", "ROUND_CLOSED", { status: round.status });
  if (stake < limits.min) {
    return refuse("stake-min", "STAKE_BELOW_MIN", {
      stake: formatMinor(stake, currency),
      min: formatMinor(limits.min, currency),
      currency,
    });
  }
  if (stake > limits.max) {
    return refuse("stake-max", "STAKE_ABOVE_MAX", {
      stake: formatMinor(stake, currency),
      max: formatMinor(limits.max, currency),
      currency,
    });
  }
  const { providerId } = game;
  if (book.gate === undefined) return { max: limits.max, providerId, gated: undefined };
  const gated: GatedBet = { player, game, currency, stake, atMs: transactionTimeMs(book.nextId), geo: command.geo };
  const admitted = admitBet(book.gate, gated);
  if ("accepted" in admitted) return admitted;
  const max = admitted.max === undefined || limits.max < admitted.max ? limits.max : admitted.max;
  return { max, providerId, gated };
}

/**
 * The purses that a stake draws on. `purse` narrows the choice to one of them; otherwise the oldest bonus wallet that
 * still has something decides by its policy, and without one it is cash alone.
 */
function choosePurses(book: Book, command: PlaceBet): Purses | Refused {
  const { stake, currency, playerId, purse } = command;
  const cash = purse === "bonus" ? undefined : findWallet(book, playerId, "CASH", currency);
  const bonus = purse === "cash" ? undefined : findOpenBonus(book, playerId, command);
  const funding = fundStake(bonus?.fundingPolicy ?? "CASH_FIRST", stake, cash?.available ?? 0n, bonus?.available ?? 0n);
  if (funding !== undefined) return { cash, bonus, funding };
  return refuse("balance-covers", "FUNDS_INSUFFICIENT", {
    stake: formatMinor(stake, currency),
    available: formatMinor((cash?.available ?? 0n) + (bonus?.available ?? 0n), currency),
    currency,
    purse: purse ?? "policy",
  });
}

function findOpenBonus(book: Book, playerId: bigint, command: PlaceBet): WalletState | undefined {
  return book.wallets
    .get(playerId)
    ?.find(({ kind, currency, available }) => kind === "BONUS" && currency === command.currency && available > 0n);
}
