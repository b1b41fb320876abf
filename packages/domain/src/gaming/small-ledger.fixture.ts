/**
 * A ledger in memory that takes batches as the database does: each batch is folded on a book that is loaded from rows,
 * and what was decided is kept as rows alone. It refuses what the database would refuse.
 */
import type {
  BetState,
  BetTransition,
  Book,
  GameRules,
  JackpotAmount,
  Leg,
  RequestState,
  WalletState,
  WinState,
} from "../wallet/book.ts";
import { addJackpot, houseKey } from "../wallet/book.ts";
import type { HouseKind, PlayerStatus, RoundStatus, TransactionType } from "../wallet/ledger-codes.ts";
import { batchCapacity, nextBatchStart, transactionTimeMs } from "../wallet/transaction-id.ts";
import { type Gate, needOlderSlots } from "../risk/gate-state.ts";
import { readOlderPlay, readPlay, storeOlderPlay, storePlay } from "../risk/stored-play.ts";
import type { Command } from "./decide.ts";
import { foldBatch, type Outcome } from "./fold-batch.ts";

export interface PostingRow {
  readonly walletId: bigint;
  readonly transactionId: bigint;
  readonly type: TransactionType;
  readonly available: bigint;
  readonly held: bigint;
  readonly availableAfter: bigint;
  readonly heldAfter: bigint;
}

export interface SmallLedger {
  run(commands: readonly Command[]): Outcome[];
  readonly wallets: () => readonly WalletState[];
  readonly postings: readonly PostingRow[];
  readonly bets: () => readonly BetState[];
  readonly requests: ReadonlyMap<string, RequestState>;
  /** The instant that the next batch proposes, ms since 1970; it may step back. */
  setClock(firstId: bigint): void;
}

type BetRow = Omit<BetState, "bonusWallet"> & { readonly bonusWalletId: bigint | null };
type TransitionRow = Omit<BetTransition, "bet"> & { readonly betId: bigint };

export interface SmallLedgerOptions {
  readonly players: ReadonlyMap<bigint, PlayerStatus>;
  readonly games: ReadonlyMap<number, GameRules>;
  /** How many transactions a batch can number. */
  readonly capacity?: bigint;
  /** What the gate knows of players, and where their accounts are; states are kept as their row keeps them. */
  readonly gate?: Gate & { readonly country: string; readonly kycLevel: number };
}

export function openSmallLedger(options: SmallLedgerOptions): SmallLedger {
  const { players, games, capacity = BigInt(batchCapacity), gate } = options;
  const wallets = new Map<bigint, WalletState>();
  const postings: PostingRow[] = [];
  const transactionIds = new Set<bigint>();
  const betRows = new Map<bigint, BetRow>();
  const transitions: TransitionRow[] = [];
  const requests = new Map<string, RequestState>();
  const rounds = new Map<string, RoundStatus>();
  const wins = new Map<string, WinState>();
  const jackpots: { readonly betId: bigint; readonly paid: JackpotAmount }[] = [];
  let proposed = 1n << 40n;

  function load(): Book {
    const account = gate === undefined ? {} : { country: gate.country, kycLevel: gate.kycLevel };
    const copies = [...wallets.values()].map((wallet) => ({ ...wallet }));
    const newest = copies.reduce((last, { lastTransaction }) => (lastTransaction > last ? lastTransaction : last), 0n);
    const nextId = nextBatchStart(proposed, newest);
    const byPlayer = new Map<bigint, WalletState[]>();
    for (const wallet of copies.sort((a, b) => (a.id < b.id ? -1 : 1))) {
      if (wallet.playerId === undefined) continue;
      const list = byPlayer.get(wallet.playerId) ?? [];
      byPlayer.set(wallet.playerId, [...list, wallet]);
    }
    return {
      nextId,
      endId: nextId + capacity,
      players: new Map([...players].map(([id, status]) => [id, { id, status, ...account }])),
      wallets: byPlayer,
      house: new Map(
        copies
          .filter(({ playerId }) => playerId === undefined)
          .map((wallet) => [houseKey(wallet.kind as HouseKind, wallet.currency, wallet.qualifier), wallet]),
      ),
      requests: new Map(requests),
      wins: new Map(wins),
      rounds: new Map([...rounds].map(([key, status]) => [key, { status }])),
      bets: new Map([...betRows].map(([id, row]) => [id, loadBet(row, copies)])),
      games,
      ...(gate === undefined ? {} : { gate }),
    };
  }

  /** As the door reads it: the row as it was placed, and the sums of what followed. */
  function loadBet({ bonusWalletId, ...row }: BetRow, copies: readonly WalletState[]): BetState {
    const steps = transitions.filter(({ betId }) => betId === row.id);
    const last = steps.at(-1);
    const won = jackpots.filter(({ betId }) => betId === row.id);
    const sum = (pick: (step: TransitionRow) => bigint) => steps.reduce((total, step) => total + pick(step), 0n);
    return {
      ...row,
      bonusWallet: copies.find(({ id }) => id === bonusWalletId),
      jackpotWins: won.reduce<readonly JackpotAmount[]>((list, { paid }) => addJackpot(list, paid), []),
      status: last?.status ?? "HELD",
      outcome: last?.outcome ?? null,
      transitions: last?.number ?? 0,
      heldCash: row.cashPart - sum(({ settledCash }) => settledCash),
      heldBonus: row.bonusPart - sum(({ settledBonus }) => settledBonus),
      paidCash: last?.paidCash ?? 0n,
      paidBonus: last?.paidBonus ?? 0n,
    };
  }

  function keepRequest(key: string, state: RequestState): void {
    if (requests.has(key)) throw new Error(`the request ${key} is written twice`);
    requests.set(key, state);
  }

  function keepLeg(transactionId: bigint, type: TransactionType, leg: Leg): void {
    const { wallet, available, held, availableAfter, heldAfter } = leg;
    if (wallet.id === 0n) wallet.id = BigInt(wallets.size + 1);
    const before = wallets.get(wallet.id);
    if (availableAfter !== (before?.available ?? 0n) + available || heldAfter !== (before?.held ?? 0n) + held) {
      throw new Error(`the balances of wallet ${wallet.id} do not follow from those before`);
    }
    if ((before?.lastTransaction ?? 0n) >= transactionId) throw new Error("a wallet's transactions go forward");
    if (wallet.playerId !== undefined && wallet.kind !== "RECEIVABLE" && (availableAfter < 0n || heldAfter < 0n))
      throw new Error("a balance below zero");
    if (available === 0n && held === 0n) throw new Error("a posting moves something");
    wallets.set(wallet.id, { ...wallet, available: availableAfter, held: heldAfter, lastTransaction: transactionId });
    postings.push({ walletId: wallet.id, transactionId, type, available, held, availableAfter, heldAfter });
  }

  function write(command: Command, outcome: Outcome): void {
    const { requestKey, bodyHash } = command;
    if (outcome.kind === "refused" && outcome.final) {
      keepRequest(requestKey, { kind: "DENIED", bodyHash, ref: 1n, answer: null });
    }
    if (outcome.kind !== "accepted") return;
    const { decision } = outcome;
    for (const { id, type, legs } of decision.transactions) {
      if (transactionIds.has(id)) throw new Error(`the transaction id ${id} is taken twice`);
      transactionIds.add(id);
      const sums = new Map<string, bigint>();
      for (const leg of legs) {
        const { currency } = leg.wallet;
        sums.set(currency, (sums.get(currency) ?? 0n) + leg.available + leg.held);
        keepLeg(id, type, leg);
      }
      if (legs.length === 0 || [...sums.values()].some((sum) => sum !== 0n)) throw new Error("postings sum to zero");
    }
    const { placed, round, tombstone, undoes, win } = decision;
    if (placed !== undefined) {
      const { bonusWallet, ...bet } = placed.bet;
      betRows.set(bet.id, { ...bet, bonusWalletId: bonusWallet?.id ?? null });
    }
    for (const { bet, ...transition } of decision.transitions ?? []) transitions.push({ betId: bet.id, ...transition });
    for (const { bet, code, amount } of decision.jackpotPayments ?? []) {
      if (bet !== undefined) jackpots.push({ betId: bet.id, paid: { code, amount } });
    }
    if (round !== undefined) rounds.set(round.roundKey, round.status);
    keepRequest(requestKey, {
      kind: placed === undefined ? "ANSWERED" : "PLACED",
      bodyHash,
      ref: placed?.bet.id ?? decision.transactions[0]?.id ?? null,
      answer: null,
    });
    for (const key of [tombstone, undoes]) {
      if (key !== undefined) keepRequest(key, { kind: "TOMBSTONE", bodyHash: null, ref: null, answer: null });
    }
    if (win !== undefined) wins.set(requestKey, win);
  }

  return {
    run(commands) {
      const book = load();
      const gates = gate === undefined ? undefined : readGates(gate, book, commands);
      const outcomes = foldBatch(book, commands);
      gates?.complete();
      for (const [index, outcome] of outcomes.entries()) {
        const command = commands[index];
        if (command !== undefined) write(command, outcome);
      }
      proposed += 1n << 22n;
      return outcomes;
    },
    wallets: () => [...wallets.values()],
    postings,
    bets: () => [...betRows.values()].map((row) => loadBet(row, [...wallets.values()])),
    requests,
    setClock: (firstId) => {
      proposed = firstId;
    },
  };
}

/**
 * The gate's rows as the door reads them: older slots only where a command can't be counted without them. `complete` gives
 * every state the older slots of its row again, so that a test may ask it for anything.
 */
function readGates(gate: Gate, book: Book, commands: readonly Command[]): { readonly complete: () => void } {
  const rows = new Map([...gate.states].map(([id, state]) => [id, storeOlderPlay(state) ?? ""]));
  for (const [id, state] of gate.states) {
    gate.states.set(id, { ...state, ...readPlay(storePlay(state)), changed: false });
  }
  const load = (ids: Iterable<bigint>): void => {
    for (const id of ids) {
      const state = gate.states.get(id);
      if (state !== undefined) readOlderPlay(state, rows.get(id) ?? "");
    }
  };
  const named = JSON.stringify(commands, (_, value: unknown) => (typeof value === "bigint" ? `bet-${value}` : value));
  const bets = [...book.bets.values()].filter(({ id }) => named.includes(`"bet-${id}"`));
  load(needOlderSlots(gate.states, bets, transactionTimeMs(book.nextId)));
  return {
    complete: () => load([...gate.states].filter(([, state]) => storeOlderPlay(state) === undefined).map(([id]) => id)),
  };
}
