/**
 * A round over the wire of its game's provider, as the provider's servers would send it, and each answer held against the
 * reference model: the dialect's word, the balance, and the same answer to the same call.
 */
import { isDeepStrictEqual } from "node:util";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import type { Action, Heard, Outcome, Speaker, WireDialect } from "../speak.ts";
import { speakers } from "../speakers.ts";
import { applyCall, type Call, createModel, type Model } from "../wire-model.ts";
import { type SentWire, wireOf } from "../wire-of.ts";
import { problemCode, type TimedAnswer } from "./api-client.ts";
import { explainsBalances, readStatement } from "./explain-balances.ts";
import type { TrafficContext } from "./traffic.ts";

/** A provider's game, and what its calls are signed with. */
export interface DialectGame {
  readonly dialect: WireDialect;
  readonly provider: string;
  readonly game: string;
  readonly secret: string;
}

/** A player at a provider's game. */
export interface Seat {
  readonly speaks: DialectGame;
  readonly playerId: string;
  readonly currency: Currency;
  readonly session: string;
}

interface Answered {
  readonly outcome: Outcome;
  readonly heard: Heard;
  readonly body: unknown;
}

interface Round {
  readonly context: TrafficContext;
  readonly seat: Seat;
  readonly speaker: Speaker;
  readonly name: string;
  readonly start: bigint;
  model: Model;
  /** What each call looked like, so that it can be sent again as it was. */
  readonly sent: Map<string, SentWire>;
  /** The answer that counts of each call. */
  readonly done: Map<string, Answered>;
  /** Bets that the house would not take for reasons of its own. */
  readonly refused: Set<string>;
  readonly told: bigint[];
  /** What others moved meanwhile, as the balances have it. */
  moved: bigint;
  readonly strange: {
    readonly call: Call;
    readonly heard: Heard;
    readonly answer: TimedAnswer;
    readonly expected: bigint;
  }[];
}

const opened = z.object({ token: z.string() });

/** Undefined where the house would not open one: the player may be barred, or the game be closed. */
export async function openSeat(
  { api, operatorKey, report }: TrafficContext,
  speaks: DialectGame,
  playerId: string,
  currency: Currency,
): Promise<Seat | undefined> {
  const body = { playerId, gameId: speaks.game, currency };
  const answer = await api.send({ method: "POST", path: "/v1/game-sessions", token: operatorKey, body });
  if (answer === undefined) return undefined;
  const refusal = problemCode(answer);
  const judged = refusal === undefined ? "AS_EXPECTED" : "REFUSED";
  report.answered({
    source: speaks.dialect,
    call: "session",
    again: false,
    verdict: refusal ?? "OK",
    ms: answer.ms,
    judged,
  });
  const session = opened.safeParse(answer.body);
  return session.success ? { speaks, playerId, currency, session: session.data.token } : undefined;
}

/** What the provider hears when it asks for the balance; undefined where no balance was told. */
export async function askBalance(context: TrafficContext, seat: Seat): Promise<bigint | undefined> {
  const { speaks, playerId, currency } = seat;
  const speaker = speakers[speaks.dialect];
  const wire = wireOf(speaks, { ...seat, game: speaks.game }, { do: "balance" });
  const answer = await context.api.sendWire(speaks.provider, wire);
  if (answer === undefined) return undefined;
  const heard = speaker.hear(answer.status, answer.body, currency);
  const well = heard.verdict === speaker.words.OK && heard.balance !== null;
  const barred = [speaker.words.BLOCKED, speaker.words.SESSION_ENDED].includes(heard.verdict);
  const judged = well ? "AS_EXPECTED" : barred ? "REFUSED" : "WRONG";
  context.report.answered({
    source: speaks.dialect,
    call: "balance",
    again: false,
    verdict: heard.verdict,
    ms: answer.ms,
    judged,
  });
  if (judged === "WRONG") {
    context.report.wrong({
      source: speaks.dialect,
      call: "balance",
      playerId,
      round: "",
      expected: speaker.words.OK,
      got: heard.verdict,
      request: wire.body,
      response: `${answer.status} ${JSON.stringify(answer.body)}`,
    });
  }
  return well ? heard.balance : undefined;
}

/**
 * Plays the calls one after the other, beginning with that balance. Gives the last balance that was told; undefined where
 * an answer was wrong, or none came because the traffic ended.
 */
export async function playDialectRound(
  context: TrafficContext,
  seat: Seat,
  calls: readonly Call[],
  start: bigint,
  thinkMs: () => number,
): Promise<bigint | undefined> {
  const { dialect } = seat.speaks;
  const round: Round = {
    context,
    seat,
    speaker: speakers[dialect],
    name: calls[0]?.round ?? "",
    start,
    model: createModel(dialect, start),
    sent: new Map(),
    done: new Map(),
    refused: new Set(),
    told: [],
    moved: 0n,
    strange: [],
  };
  for (const [index, call] of calls.entries()) {
    if (isAboutRefused(round, call)) continue;
    // A win comes when the game is over; what the network does to calls comes at once.
    if (index > 0 && call.do === "win" && !round.sent.has(call.id)) await context.pause(thinkMs());
    if (!(await makeCall(round, call))) return undefined;
  }
  return (await balancesAreRight(round)) ? round.model.balance : undefined;
}

function isAboutRefused({ refused }: Round, call: Call): boolean {
  return refused.has(call.do === "bet" ? call.id : call.do === "win" ? call.bet : call.of);
}

/** False where there is nothing more to learn from this round. */
async function makeCall(round: Round, call: Call): Promise<boolean> {
  const { context, seat, speaker } = round;
  const { speaks, currency } = seat;
  const again = round.sent.has(call.id);
  const wire = round.sent.get(call.id) ?? wireOf(speaks, { ...seat, game: speaks.game }, call satisfies Action);
  round.sent.set(call.id, wire);
  const answer = await context.api.sendWire(speaks.provider, wire);
  if (answer === undefined) return false;
  const heard = speaker.hear(answer.status, answer.body, currency);
  await noteFunds(round, call, heard, answer);
  const after = structuredClone(round.model);
  const outcome = applyCall(after, call);
  const tell = (judged: "AS_EXPECTED" | "REFUSED" | "WRONG"): void =>
    context.report.answered({
      source: speaks.dialect,
      call: call.do,
      again,
      verdict: heard.verdict,
      ms: answer.ms,
      judged,
    });
  if (!saysSo(speaker, outcome, heard, answer)) {
    if (call.do === "bet" && isOwnRefusal(speaker, outcome, heard)) {
      round.refused.add(call.id);
      tell("REFUSED");
      return true;
    }
    tell("WRONG");
    return tellWrong(round, call, wire, answer, speaker.words[outcome], heard.verdict);
  }
  const earlier = round.done.get(call.id);
  const different = differsFrom(speaker, earlier, outcome, heard, answer.body);
  if (different !== undefined) {
    tell("WRONG");
    return tellWrong(round, call, wire, answer, "the first answer again", different);
  }
  tell("AS_EXPECTED");
  round.model = after;
  if (outcome === "OK" || earlier === undefined) round.done.set(call.id, { outcome, heard, body: answer.body });
  noteBalance(round, call, outcome, heard, answer);
  return true;
}

/** A call that had to be sent twice may have been done by the first one, whose answer got lost. */
function saysSo(speaker: Speaker, outcome: Outcome, { verdict }: Heard, { tries }: TimedAnswer): boolean {
  if (verdict === speaker.words[outcome]) return true;
  const { REPEAT_BET, REPEAT_WIN, REPEAT_ROLLBACK } = speaker.words;
  return tries > 1 && outcome === "OK" && [REPEAT_BET, REPEAT_WIN, REPEAT_ROLLBACK].includes(verdict);
}

/** A bet that the model takes or has no money for, and the house does not want: a pause, a limit, a session that ended. */
function isOwnRefusal(speaker: Speaker, outcome: Outcome, { verdict }: Heard): boolean {
  const own = speaker.mayRefuse(verdict) || verdict === speaker.words.SESSION_ENDED;
  return own && (outcome === "OK" || outcome === "FUNDS");
}

/** What is different about the answer to a call that was done before; undefined where it is as it was. */
function differsFrom(
  { repeatTells, words }: Speaker,
  earlier: Answered | undefined,
  outcome: Outcome,
  heard: Heard,
  body: unknown,
): string | undefined {
  if (earlier?.outcome !== "OK" || !outcome.startsWith("REPEAT_")) return undefined;
  if (!isDeepStrictEqual(earlier.heard.references, heard.references)) return "other references";
  const whole = repeatTells === "FIRST" && words[outcome] === words.OK;
  return whole && !isDeepStrictEqual(earlier.body, body) ? "another body" : undefined;
}

/**
 * Where others move the same purse, a bet may find less than there was, or more. What there is now is asked, or follows
 * from the answer; that it came about rightly is looked into when the round is over.
 */
async function noteFunds(round: Round, call: Call, heard: Heard, answer: TimedAnswer): Promise<void> {
  const { model, speaker, context, seat } = round;
  if (call.do !== "bet" || round.done.has(call.id)) return;
  const refused = heard.verdict === speaker.words.FUNDS;
  const covered = call.amount <= model.balance;
  if (refused !== covered || (!refused && heard.verdict !== speaker.words.OK)) return;
  const now = refused
    ? await askBalance(context, seat)
    : heard.balance === null
      ? undefined
      : heard.balance + call.amount;
  if (now === undefined || now < call.amount !== refused) return;
  round.told.push(now);
  noteStrange(round, call, heard, answer, now);
}

/** A balance that is not the model's is looked into when the round is over; until then it is taken to be right. */
function noteBalance(round: Round, call: Call, outcome: Outcome, heard: Heard, answer: TimedAnswer): void {
  const { model, speaker, told } = round;
  if (heard.balance === null) return;
  // The balance of the first answer was noted with it.
  if (outcome.startsWith("REPEAT_") && speaker.repeatTells === "FIRST") return;
  told.push(heard.balance);
  if (heard.balance !== model.balance) noteStrange(round, call, heard, answer, heard.balance);
}

function noteStrange(round: Round, call: Call, heard: Heard, answer: TimedAnswer, now: bigint): void {
  const { model } = round;
  round.strange.push({ call, heard, answer, expected: model.balance });
  round.moved += now - model.balance;
  model.balance = now;
}

async function balancesAreRight(round: Round): Promise<boolean> {
  const [first] = round.strange;
  if (first === undefined) return true;
  const { context, seat, start, told, name, moved, model } = round;
  const { api, operatorKey } = context;
  const { playerId, currency } = seat;
  const rows = await readStatement(api, operatorKey, playerId, currency);
  // Nobody can say now; the traffic is ending.
  if (rows === undefined) return true;
  if (explainsBalances(rows, { round: name, start, told, net: model.balance - start - moved })) return true;
  const wire = round.sent.get(first.call.id);
  const said = (minor: bigint): string => `a balance of ${formatMinor(minor, currency)} ${currency}`;
  const got = said(first.heard.balance ?? 0n);
  return wire === undefined ? false : tellWrong(round, first.call, wire, first.answer, said(first.expected), got);
}

function tellWrong(
  { context, seat, name }: Round,
  call: Call,
  wire: SentWire,
  answer: TimedAnswer,
  expected: string,
  got: string,
): false {
  context.report.wrong({
    source: seat.speaks.dialect,
    call: call.do,
    playerId: seat.playerId,
    round: name,
    expected,
    got,
    request: wire.body,
    response: `${answer.status} ${JSON.stringify(answer.body)}`,
  });
  return false;
}
