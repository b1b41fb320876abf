/**
 * What each dialect's wallet should answer, told a second time: one map of bets, one of wins, plain arithmetic. The random
 * interleavings hold the engine against it, over the wire.
 */
import type { Outcome, WireDialect } from "./speak.ts";

/** A call by its id; the same id always means the same call. */
export type Call =
  | { readonly do: "bet"; readonly id: string; readonly round: string; readonly amount: bigint }
  | {
      readonly do: "win";
      readonly id: string;
      readonly bet: string;
      readonly round: string;
      readonly amount: bigint;
      readonly close: boolean;
    }
  | {
      readonly do: "rollback";
      readonly id: string;
      readonly of: string;
      readonly round: string;
      readonly amount: bigint;
    };

interface Bet {
  readonly round: string;
  readonly stake: bigint;
  state: "held" | "settled" | "back";
  paid: bigint;
}

interface Win {
  readonly paid: bigint;
  readonly bet: Bet | undefined;
  back: boolean;
}

export interface Model {
  readonly dialect: WireDialect;
  balance: bigint;
  /** In the order in which they came. */
  readonly bets: Map<string, Bet>;
  readonly wins: Map<string, Win>;
  /** Requests that were answered for good, with what is said to them when they come again. */
  readonly answered: Map<string, Outcome>;
  readonly tombstones: Set<string>;
  readonly closed: Set<string>;
}

export function createModel(dialect: WireDialect, balance: bigint): Model {
  return {
    dialect,
    balance,
    bets: new Map(),
    wins: new Map(),
    answered: new Map(),
    tombstones: new Set(),
    closed: new Set(),
  };
}

export function applyCall(model: Model, call: Call): Outcome {
  const outcome = answerCall(model, call);
  // There the end of a round is a step of its own, whatever became of the win that it came with.
  if (call.do === "win" && call.close && model.dialect === "softswiss") closeRound(model, call.round);
  return outcome;
}

function closeRound(model: Model, round: string): void {
  for (const other of model.bets.values()) {
    if (other.round === round && other.state === "held") other.state = "settled";
  }
  model.closed.add(round);
}

function answerCall(model: Model, call: Call): Outcome {
  // A tombstone stands on the id that it keeps from coming.
  if (model.tombstones.has(call.id)) return "BET_AFTER_ROLLBACK";
  const earlier = model.answered.get(call.id);
  if (earlier !== undefined) return earlier;
  if (call.do === "bet") return placeBet(model, call);
  return call.do === "win" ? payWin(model, call) : rollBack(model, call);
}

function placeBet(model: Model, { id, round, amount }: Extract<Call, { do: "bet" }>): Outcome {
  if (model.closed.has(round)) return refuse(model, id, "ROUND_CLOSED");
  if (amount > model.balance) return refuse(model, id, "FUNDS");
  model.balance -= amount;
  model.bets.set(id, { round, stake: amount, state: "held", paid: 0n });
  model.answered.set(id, "REPEAT_BET");
  return "OK";
}

function refuse(model: Model, id: string, outcome: Outcome): Outcome {
  model.answered.set(id, outcome);
  return outcome;
}

function payWin(model: Model, { id, bet: named, round, amount, close }: Extract<Call, { do: "win" }>): Outcome {
  const byRound = model.dialect === "softswiss";
  const bet = byRound ? betOfRound(model, round, amount) : model.bets.get(named);
  if (bet === "back" || (!byRound && model.tombstones.has(named))) return refuse(model, id, "WIN_AFTER_ROLLBACK");
  if (bet === undefined && !byRound) return "NO_BET";
  if (bet?.state === "back") return refuse(model, id, "WIN_AFTER_ROLLBACK");
  if (bet?.state === "settled" && model.dialect === "evolution") return refuse(model, id, "ALREADY_SETTLED");
  if (bet !== undefined) {
    bet.state = "settled";
    bet.paid += amount;
  }
  model.balance += amount;
  model.wins.set(id, { paid: amount, bet, back: false });
  if (close && model.dialect !== "evolution") closeRound(model, round);
  model.answered.set(id, "REPEAT_WIN");
  return "OK";
}

/** Where a win names its round alone: the first bet that waits, or else the last one that stands. */
function betOfRound(model: Model, round: string, amount: bigint): Bet | "back" | undefined {
  if (amount === 0n) return undefined;
  const bets = [...model.bets.values()].filter((bet) => bet.round === round);
  const standing = bets.filter(({ state }) => state !== "back");
  if (bets.length > 0 && standing.length === 0) return "back";
  return standing.find(({ state }) => state === "held") ?? standing.at(-1);
}

function rollBack(model: Model, { id, of }: Extract<Call, { do: "rollback" }>): Outcome {
  const unknown = (): Outcome => {
    model.answered.set(id, "ROLLBACK_OF_UNKNOWN");
    return "ROLLBACK_OF_UNKNOWN";
  };
  const done = (outcome: Outcome): Outcome => {
    model.answered.set(id, "REPEAT_ROLLBACK");
    return outcome;
  };
  const [bet, win] = [model.bets.get(of), model.wins.get(of)];
  if (bet === undefined && win === undefined) {
    if (!model.answered.has(of)) model.tombstones.add(of);
    return unknown();
  }
  if (bet !== undefined) {
    if (bet.state === "back") return done("REPEAT_ROLLBACK");
    if (bet.state === "settled" && model.dialect === "evolution") return refuse(model, id, "ALREADY_SETTLED");
    // Hub88's bet goes with all that it won; elsewhere what it won is rolled back by itself.
    model.balance += bet.stake - (model.dialect === "hub88" ? bet.paid : 0n);
    bet.state = "back";
    return done("OK");
  }
  if (win === undefined || win.paid === 0n) return unknown();
  if (win.back) return done("REPEAT_ROLLBACK");
  model.balance -= win.paid;
  win.back = true;
  return done("OK");
}
