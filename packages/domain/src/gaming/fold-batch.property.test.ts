import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { GameRules } from "../wallet/book.ts";
import type { Currency } from "../wallet/currency.ts";
import type { FundingPolicy, PlayerStatus } from "../wallet/ledger-codes.ts";
import type { MoneyMove } from "../wallet/move-money.ts";
import type { BetName, BetResult, Purse, SettledRollback, UndoAction } from "./commands.ts";
import type { Answers, Command } from "./decide.ts";
import type { Outcome } from "./fold-batch.ts";
import { createReferenceModel } from "./reference-model.fixture.ts";
import type { ModelAnswer, ModelGame } from "./reference-state.fixture.ts";
import { openSmallLedger, type SmallLedger } from "./small-ledger.fixture.ts";

const players: Record<string, PlayerStatus> = { "1": "ACTIVE", "2": "ACTIVE", "3": "BLOCKED" };
const games: Record<number, ModelGame> = {
  1: { provider: 1, open: true, limits: { EUR: [10n, 5_000n], JPY: [1n, 900n] } },
  2: { provider: 2, open: true, limits: { EUR: [1n, 100_000n] } },
  3: { provider: 1, open: false, limits: { EUR: [1n, 100_000n] } },
};

/** One step, by small numbers; which bets and requests they mean is found out when it is run. */
interface Step {
  readonly kind: "place" | "settle" | "void" | "rollback" | "correct" | "win" | "undo" | "move" | "again";
  readonly player: bigint;
  readonly request: number;
  readonly round: number;
  readonly game: number;
  readonly amount: bigint;
  readonly currency: Currency;
  readonly purse: Purse | undefined;
  readonly names: readonly { readonly bet: number; readonly byId: boolean }[];
  readonly outcome: "WIN" | "LOSE" | "PUSH" | "VOID";
  readonly part: bigint | undefined;
  readonly close: boolean;
  readonly other: boolean;
  readonly move: "DEPOSIT" | "WITHDRAW" | "FEE" | "GRANT" | "CONVERT" | "FORFEIT" | "CHARGEBACK" | "ADJUSTMENT";
  readonly policy: FundingPolicy;
  readonly onlyProvider: number | undefined;
  /** What a bet puts into a jackpot's pool, or a win pays from it; zero is no jackpot. */
  readonly jackpot: { readonly code: string; readonly amount: bigint };
  /** What tells one dialect from another: what it lets a win do, and what it takes back. */
  readonly dialect: DialectRules;
  /** Names any bet at all, and not one that the step makes sense for. */
  readonly wild: boolean;
  /** Begins a new batch. */
  readonly cut: boolean;
}

interface DialectRules {
  readonly withoutBet: "REFUSE" | "HOUSE";
  readonly again: "REFUSE" | "PAY";
  readonly takes: UndoAction["takes"];
  readonly settled: SettledRollback;
}

const small = (max: number) => fc.integer({ min: 0, max });
const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const steps: fc.Arbitrary<Step> = fc.record({
  kind: fc.oneof(
    { weight: 8, arbitrary: fc.constant<Step["kind"]>("place") },
    { weight: 6, arbitrary: fc.constant<Step["kind"]>("settle") },
    { weight: 6, arbitrary: fc.constantFrom<Step["kind"]>("void", "rollback", "correct", "again") },
    { weight: 6, arbitrary: fc.constant<Step["kind"]>("win") },
    { weight: 6, arbitrary: fc.constant<Step["kind"]>("undo") },
    { weight: 5, arbitrary: fc.constant<Step["kind"]>("move") },
  ),
  player: fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(1n, 2n) },
    { weight: 1, arbitrary: fc.constantFrom(3n, 9n) },
  ),
  request: small(150),
  round: small(2),
  game: fc.oneof({ weight: 12, arbitrary: fc.constantFrom(1, 2) }, { weight: 1, arbitrary: fc.constantFrom(3, 9) }),
  amount: fc.oneof(fc.bigInt({ min: 1n, max: 60n }), fc.bigInt({ min: 1n, max: 6_000n })),
  currency: fc.oneof(
    { weight: 6, arbitrary: fc.constant<Currency>("EUR") },
    { weight: 1, arbitrary: fc.constantFrom<Currency>("JPY", "USD") },
  ),
  purse: sometimes(fc.constantFrom<Purse>("cash", "bonus")),
  names: fc.array(fc.record({ bet: small(8), byId: fc.boolean() }), { minLength: 1, maxLength: 3 }),
  outcome: fc.constantFrom("WIN", "LOSE", "PUSH", "VOID"),
  part: sometimes(fc.bigInt({ min: 0n, max: 400n })),
  close: fc.boolean(),
  other: fc.integer({ min: 0, max: 5 }).map((roll) => roll === 0),
  move: fc.constantFrom(
    "DEPOSIT",
    "DEPOSIT",
    "WITHDRAW",
    "FEE",
    "GRANT",
    "GRANT",
    "CONVERT",
    "FORFEIT",
    "CHARGEBACK",
    "ADJUSTMENT",
  ),
  policy: fc.constantFrom("CASH_FIRST", "BONUS_FIRST", "PRO_RATA"),
  onlyProvider: sometimes(fc.constantFrom(1, 2)),
  jackpot: fc.record({
    code: fc.constantFrom("mega", "mini"),
    amount: fc.oneof(fc.constant(0n), fc.bigInt({ min: 1n, max: 40n })),
  }),
  dialect: fc.record<DialectRules>({
    withoutBet: fc.constantFrom("REFUSE", "HOUSE"),
    again: fc.constantFrom("REFUSE", "PAY"),
    takes: fc.constantFrom("BET", "ACTION"),
    settled: fc.constantFrom("REJECT", "CLAW_BACK", "RECEIVABLE"),
  }),
  wild: fc.integer({ min: 0, max: 4 }).map((roll) => roll === 0),
  cut: fc.integer({ min: 0, max: 1 }).map((roll) => roll === 0),
});

/** What one run knows beside the two ledgers: the commands by request, and which request placed which bet. */
interface Run {
  readonly ledger: SmallLedger;
  readonly model: ReturnType<typeof createReferenceModel>;
  readonly sent: Map<string, Command>;
  readonly placeKeys: string[];
  readonly betIds: Map<string, bigint>;
}

function startRun(capacity?: bigint): Run {
  const betIds = new Map<string, bigint>();
  const placeKeyOf = (id: bigint) => [...betIds].find(([, betId]) => betId === id)?.[0];
  return {
    ledger: openSmallLedger({
      players: new Map(Object.entries(players).map(([id, status]) => [BigInt(id), status])),
      games: new Map(Object.keys(games).map((id) => [Number(id), gameRules(Number(id))])),
      ...(capacity === undefined ? {} : { capacity }),
    }),
    model: createReferenceModel({ players, games, placeKeyOf }),
    sent: new Map(),
    placeKeys: [],
    betIds,
  };
}

function gameRules(id: number): GameRules {
  const { provider, open, limits } = games[id] ?? { provider: 0, open: false, limits: {} };
  const bounds = Object.entries(limits).map(([code, [min, max]]) => [code as Currency, { min, max }] as const);
  return { id, providerId: provider, open, limits: new Map(bounds) };
}

function commandOf(run: Run, step: Step): Command | undefined {
  const requestKey = `q${step.request}`;
  if (step.kind === "again") {
    const earlier = [...run.sent.values()][step.request % Math.max(1, run.sent.size)];
    return earlier === undefined || !step.other ? earlier : { ...earlier, bodyHash: earlier.bodyHash + 1n };
  }
  const known = run.sent.get(requestKey);
  // A request id that was used before comes with another body, which must be told from the first one.
  const base = { playerId: step.player, requestKey, bodyHash: known === undefined ? 1n : known.bodyHash + 1n };
  const keys = betsFor(run, step);
  const free = step.kind === "place" || step.kind === "move" || step.kind === "win" || step.kind === "undo";
  if (keys.length === 0 && !step.wild && !free) return undefined;
  const name = (index: number): BetName => {
    const { bet, byId } = step.names[step.wild ? index : 0] ?? { bet: 0, byId: false };
    const key = keys[(bet + (step.wild ? 0 : index)) % Math.max(1, keys.length)] ?? `q${bet}`;
    const id = run.betIds.get(key);
    return byId && id !== undefined ? { betId: id } : { placeKey: key };
  };
  const fitting = step.wild ? undefined : run.model.bets.get(keys[0] ?? "");
  const currency = (fitting?.currency ?? step.currency) as Currency;
  const provider = step.onlyProvider === undefined ? {} : { onlyProvider: step.onlyProvider };
  const roundKey = `r${step.round}`;
  switch (step.kind) {
    case "place":
      return {
        type: "place",
        ...base,
        gameId: step.game,
        roundKey,
        stake: step.amount,
        currency: step.currency,
        ...(step.purse === undefined ? {} : { purse: step.purse }),
        ...jackpotOf(step),
      };
    case "settle":
      return {
        type: "settle",
        ...base,
        roundKey: fitting?.round ?? roundKey,
        close: step.close,
        results: step.names
          .slice(0, step.wild ? undefined : keys.length)
          .map((_, index) => resultOf({ ...step, currency }, name(index))),
      };
    case "void":
      return { type: "void", ...base, ...provider, bet: name(0), reason: "dealer error" };
    case "rollback":
      return { type: "rollback", ...base, ...provider, bet: name(0) };
    case "correct":
      return {
        type: "correct",
        ...base,
        ...provider,
        bet: name(0),
        outcome: step.outcome,
        payout: step.amount,
        reason: "wrong result",
        ...(step.part === undefined ? {} : { currency }),
      };
    case "win":
      return {
        type: "win",
        ...base,
        providerId: step.onlyProvider ?? 1,
        gameId: step.game,
        roundKey: step.part === 0n ? null : (fitting?.round ?? roundKey),
        currency,
        amount: step.outcome === "LOSE" ? 0n : step.amount,
        bet: step.other ? null : winName(run, step, keys),
        close: step.close,
        source: "WIN",
        ...jackpotOf(step),
        withoutBet: step.dialect.withoutBet,
        again: step.dialect.again,
      };
    case "undo": {
      const original = originalOf(run, step, keys);
      return {
        type: "undo",
        ...base,
        providerId: step.onlyProvider ?? 1,
        original,
        mark: `undone:${original}`,
        takes: step.dialect.takes,
        settled: step.dialect.settled,
      };
    }
    case "move": {
      const move = moveOf(run, step);
      return move === undefined ? undefined : { type: "move", ...base, move };
    }
  }
}

function jackpotOf({ jackpot }: Step): { readonly jackpot?: Step["jackpot"] } {
  return jackpot.amount > 0n ? { jackpot } : {};
}

/** Now and then the request of a bet, or of something else, and now and then of nothing at all. */
function winName({ sent }: Run, { names, wild }: Step, keys: readonly string[]): BetName {
  const any = [...sent.keys(), "q-never"];
  const at = names[0]?.bet ?? 0;
  return { placeKey: (wild ? any.at(-1 - (at % any.length)) : keys[at % Math.max(1, keys.length)]) ?? `q${at}` };
}

function originalOf({ model, sent }: Run, { names, wild, player, request }: Step, keys: readonly string[]): string {
  const own = [...sent].filter(([, command]) => command.playerId === player && command.type === "win");
  const wins = own.map(([key]) => key);
  const placed = [...model.bets].filter(([, bet]) => bet.player === player).map(([key]) => key);
  const at = names[0]?.bet ?? 0;
  const choice = wild ? [...sent.keys()] : at % 3 === 0 ? keys : at % 3 === 1 ? wins : placed;
  return choice.at(-1 - (request % Math.max(1, choice.length))) ?? `q-late${at}`;
}

/** The requests of bets that the step makes sense for: the player's, of one round, in the state that it needs. */
function betsFor({ model, placeKeys }: Run, { kind, player, wild, names }: Step): readonly string[] {
  const state = kind === "correct" ? "settled" : "held";
  const fitting = [...model.bets].filter(([, bet]) => bet.player === player && bet.state === state);
  const [, chosen] = fitting[(names[0]?.bet ?? 0) % Math.max(1, fitting.length)] ?? [];
  if (wild) return placeKeys;
  if (chosen === undefined) return [];
  return fitting
    .filter(([, { round, currency }]) => round === chosen.round && currency === chosen.currency)
    .map(([key]) => key);
}

function resultOf(step: Step, bet: BetName): BetResult {
  const outcome = step.outcome === "VOID" ? "LOSE" : step.outcome;
  return {
    bet,
    outcome,
    payout: outcome === "LOSE" ? 0n : step.amount,
    ...(step.part === undefined ? {} : { stakePart: step.part, currency: step.currency }),
  };
}

function moveOf({ model }: Run, step: Step): MoneyMove | undefined {
  const base = { playerId: step.player, currency: step.currency, amount: step.amount };
  const grant = `g${step.round}`;
  switch (step.move) {
    case "DEPOSIT":
      return { type: "DEPOSIT", ...base, psp: "card" };
    case "WITHDRAW": {
      // Whether a payout is settled or released is the cashier's to know: it never lets go of more than it has on hold.
      const waiting = model.withdrawing(step.player, step.currency);
      if (waiting === 0n) return { type: "WITHDRAW_HOLD", ...base };
      const amount = step.amount < waiting ? step.amount : waiting;
      return step.close
        ? { type: "WITHDRAW_SETTLE", ...base, amount, psp: "bank" }
        : { type: "WITHDRAW_RELEASE", ...base, amount };
    }
    case "FEE":
      return { type: "FEE", ...base };
    case "GRANT":
      return { type: "BONUS_GRANT", ...base, grant, fundingPolicy: step.policy };
    case "CONVERT":
      return { type: "BONUS_CONVERT", ...base, grant, ...(step.part === undefined ? {} : { cap: step.part }) };
    case "FORFEIT":
      return { type: "BONUS_FORFEIT", ...base, grant };
    case "CHARGEBACK":
      return { type: "CHARGEBACK", ...base, psp: "card" };
    case "ADJUSTMENT":
      return {
        type: "ADJUSTMENT",
        ...base,
        direction: step.close ? "INTO_PLAYER" : "FROM_PLAYER",
        category: "goodwill",
        reason: "complaint",
      };
  }
}

/** Runs one batch on both, compares every answer, and returns what waits for the next batch. */
function runBatch(run: Run, commands: readonly Command[]): Command[] {
  const outcomes = run.ledger.run(commands);
  const answers: (ModelAnswer | undefined)[] = [];
  const deferred: Command[] = [];
  for (const [index, command] of commands.entries()) {
    const outcome = outcomes[index];
    if (outcome === undefined) throw new Error("every command has an outcome");
    if (outcome.kind === "deferred") {
      deferred.push(command);
      answers.push(undefined);
      continue;
    }
    const expected = run.model.apply(command);
    answers.push(expected);
    compare(run, command, outcome, expected, answers);
  }
  return deferred;
}

function compare(run: Run, command: Command, outcome: Outcome, expected: ModelAnswer, answers: unknown[]): void {
  switch (outcome.kind) {
    case "accepted":
      expect(answerOf(command, outcome.decision.answer)).toEqual(expected);
      if (outcome.decision.placed !== undefined) run.betIds.set(command.requestKey, outcome.decision.placed.bet.id);
      return;
    case "refused":
      expect({ refused: outcome.decision.failure.code }).toEqual(expected);
      return;
    case "same":
      expect(expected).toBe(answers[outcome.as]);
      return;
    case "repeated": {
      const kind = "refused" in expected ? "DENIED" : "placed" in expected ? "PLACED" : "ANSWERED";
      expect(outcome.request.kind).toBe(kind);
      if (kind === "PLACED") expect(outcome.request.ref).toBe(run.betIds.get(command.requestKey));
      return;
    }
    case "deferred":
      return;
  }
}

function answerOf(command: Command, answer: unknown): ModelAnswer {
  switch (command.type) {
    case "place": {
      const { balanceAfter, hold } = answer as Answers["place"];
      return { placed: { balanceAfter, stake: hold } };
    }
    case "settle": {
      const { bets, roundStatus, balances } = answer as Answers["settle"];
      return {
        settled: {
          payouts: bets.map(({ payout }) => payout),
          round: roundStatus,
          balances: Object.fromEntries(balances),
        },
      };
    }
    case "void":
    case "rollback": {
      const { released, balanceAfter } = answer as Answers["void"];
      return { undone: { released, balanceAfter } };
    }
    case "correct": {
      const { payoutBefore, payout, balanceAfter } = answer as Answers["correct"];
      return { corrected: { before: payoutBefore, after: payout, balanceAfter } };
    }
    case "win": {
      const { amount, roundStatus, balanceAfter } = answer as Answers["win"];
      return { won: { paid: amount, round: roundStatus, balanceAfter } };
    }
    case "undo": {
      const { effect, balanceAfter } = answer as Answers["undo"];
      return { takenBack: { effect, balanceAfter } };
    }
    case "move":
      return { moved: { cash: (answer as Answers["move"]).availableAfter } };
    case "post":
      throw new Error("the house's own postings are not among the commands that are tried");
  }
}

/** Every amount of the ledger under the model's names; the house's wallets are one amount a currency, but for pools. */
function amountsOf(ledger: SmallLedger): Map<string, bigint> {
  const amounts = new Map<string, bigint>();
  const add = (name: string, amount: bigint) => void amounts.set(name, (amounts.get(name) ?? 0n) + amount);
  for (const { playerId, kind, currency, qualifier, available, held } of ledger.wallets()) {
    const name =
      playerId === undefined
        ? `${kind === "JACKPOT" ? `jackpot:${qualifier}` : "house"}/${currency}`
        : `${playerId}/${currency}/${kind === "CASH" ? "cash" : kind === "RECEIVABLE" ? "owed" : `bonus:${qualifier}`}`;
    add(name, available);
    add(playerId === undefined ? name : `${name}/held`, held);
  }
  return new Map([...amounts].filter(([, amount]) => amount !== 0n));
}

function checkInvariants({ ledger, model }: Run): void {
  expect(amountsOf(ledger)).toEqual(model.amounts());
  const totals = new Map<string, bigint>();
  for (const { currency, available, held } of ledger.wallets()) {
    totals.set(currency, (totals.get(currency) ?? 0n) + available + held);
  }
  for (const total of totals.values()) expect(total).toBe(0n);
  for (const { playerId, kind, currency, qualifier, held } of ledger.wallets()) {
    if (playerId === undefined || kind === "RECEIVABLE") continue;
    const open = ledger
      .bets()
      .filter((bet) => bet.playerId === playerId && bet.currency === currency)
      .reduce((sum, bet) => {
        if (kind === "CASH") return sum + bet.heldCash;
        return bet.bonusWallet?.qualifier === qualifier ? sum + bet.heldBonus : sum;
      }, 0n);
    expect(held).toBe(open + (kind === "CASH" ? model.withdrawing(playerId, currency) : 0n));
  }
}

function runSteps(list: readonly Step[], capacity?: bigint): void {
  const run = startRun(capacity);
  let batch: Command[] = [];
  const flush = () => {
    // What is deferred goes into the next batch first, as a lane does it; a batch always gets somewhere.
    for (let rounds = 0; batch.length > 0; rounds += 1) {
      expect(rounds).toBeLessThan(200);
      batch = runBatch(run, batch);
      checkInvariants(run);
    }
  };
  for (const step of list) {
    if (step.cut) flush();
    const command = commandOf(run, step);
    if (command === undefined) continue;
    batch.push(command);
    if (!run.sent.has(command.requestKey)) run.sent.set(command.requestKey, command);
    if (command.type === "place" && !run.placeKeys.includes(command.requestKey)) run.placeKeys.push(command.requestKey);
    // The model must see a payout's hold before the next one is thought up.
    if (command.type === "move") flush();
  }
  flush();
}

const funded: Step = {
  kind: "move",
  player: 1n,
  request: 100,
  round: 0,
  game: 1,
  amount: 6_000n,
  currency: "EUR",
  purse: undefined,
  names: [],
  outcome: "WIN",
  part: undefined,
  close: true,
  other: false,
  move: "DEPOSIT",
  policy: "CASH_FIRST",
  onlyProvider: undefined,
  jackpot: { code: "mega", amount: 0n },
  dialect: { withoutBet: "HOUSE", again: "PAY", takes: "ACTION", settled: "CLAW_BACK" },
  wild: true,
  cut: false,
};
const opening: readonly Step[] = [
  funded,
  { ...funded, request: 101, player: 2n },
  { ...funded, request: 102, move: "GRANT", amount: 500n, policy: "PRO_RATA" },
  { ...funded, request: 103, player: 2n, move: "GRANT", amount: 301n, policy: "BONUS_FIRST" },
];

describe("a ledger that is fed commands in any order, repeated, reordered and cut into any batches", () => {
  test("answers and holds what the reference model does, and balances after every batch", () => {
    fc.assert(
      fc.property(fc.array(steps, { minLength: 20, maxLength: 90 }), (list) => runSteps([...opening, ...list])),
      { numRuns: 120 },
    );
  });

  test("does so where a batch can number only a few transactions, and commands wait for the next one", () => {
    fc.assert(
      fc.property(fc.array(steps, { minLength: 20, maxLength: 60 }), (list) => runSteps([...opening, ...list], 7n)),
      { numRuns: 60 },
    );
  });
});
