/** A bet on one of the house's own games, sent as its front end would, with its answer held against its own arithmetic. */
import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor, parseAmount } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { problemCode, type TimedAnswer } from "./api-client.ts";
import { selectBuiltIn } from "./built-in-bets.ts";
import { explainsBalances, readStatement } from "./explain-balances.ts";
import type { TrafficContext } from "./traffic.ts";

export interface BuiltInPlay {
  readonly gameId: string;
  readonly playerId: string;
  readonly currency: Currency;
  readonly token: string;
  readonly stake: bigint;
  /** The balance that the house told last; undefined where it told none yet. */
  readonly told: bigint | undefined;
}

export interface BuiltInResult {
  readonly status: number;
  /** The code of a refusal. */
  readonly refused: string | undefined;
  /** What the player can bet with now, where the answer says it. */
  readonly balance: bigint | undefined;
}

const played = z.object({
  roundId: z.string(),
  outcome: z.enum(["WIN", "LOSE"]),
  stake: z.string(),
  payout: z.string(),
  balanceAfter: z.string().nullable(),
});

const repeats = 0.02;

/** Undefined where no answer came because the traffic ended. */
export async function playBuiltIn(context: TrafficContext, play: BuiltInPlay): Promise<BuiltInResult | undefined> {
  const { api, chance } = context;
  const { gameId, playerId, currency, token, stake } = play;
  const body = {
    requestId: randomUUID(),
    playerId,
    stake: { amount: formatMinor(stake, currency), currency },
    selection: selectBuiltIn(gameId, chance, stake, currency),
  };
  const call = { method: "POST", path: `/v1/games/${gameId}/play`, token, body } as const;
  const answer = await api.send(call);
  if (answer === undefined) return undefined;
  const refused = problemCode(answer);
  if (refused !== undefined) {
    const fault = callersFaults.has(refused) ? `refused with ${refused}` : undefined;
    tell(context, play, body, answer, { again: false, verdict: refused, expected: "a bet that is taken", fault });
    return { status: answer.status, refused, balance: undefined };
  }
  const fault = await faultOf(context, play, answer);
  tell(context, play, body, answer, {
    again: false,
    verdict: "OK",
    expected: fault?.expected ?? "",
    fault: fault?.got,
  });
  // An impatient finger, or a phone that lost the answer in a tunnel.
  if (chance.happens(repeats)) {
    const again = await api.send(call);
    if (again !== undefined) {
      const same = isDeepStrictEqual(again.body, answer.body);
      const repeat = { again: true, verdict: "OK", expected: "the first answer again" };
      tell(context, play, body, again, { ...repeat, fault: same ? undefined : "another answer" });
    }
  }
  const after = played.safeParse(answer.body).data?.balanceAfter;
  const balance = after == null ? undefined : parseAmount(after, currency);
  return { status: answer.status, refused: undefined, balance: balance?.ok === true ? balance.value : undefined };
}

/** Refusals that say that this request was wrong; any other may be the house's own reason. */
const callersFaults = new Set([
  "REQUEST_INVALID",
  "SELECTION_INVALID",
  "AMOUNT_INVALID",
  "REQUEST_REUSED",
  "BODY_MALFORMED",
]);

async function faultOf(
  { api, operatorKey }: TrafficContext,
  { playerId, currency, stake, told }: BuiltInPlay,
  answer: TimedAnswer,
): Promise<{ readonly expected: string; readonly got: string } | undefined> {
  const read = played.safeParse(answer.body);
  if (!read.success) return { expected: "an answer as it is documented", got: "another form" };
  const { roundId, outcome, stake: taken, payout, balanceAfter } = read.data;
  const won = parseAmount(payout, currency);
  if (!won.ok || taken !== formatMinor(stake, currency)) {
    return { expected: `a stake of ${formatMinor(stake, currency)}`, got: `a stake of ${taken}` };
  }
  if ((outcome === "WIN") !== won.value > 0n)
    return { expected: "a payout for a win alone", got: `${outcome} ${payout}` };
  const after = balanceAfter === null ? undefined : parseAmount(balanceAfter, currency);
  if (told === undefined || after?.ok !== true) return undefined;
  const net = won.value - stake;
  if (after.value === told + net) return undefined;
  const rows = await readStatement(api, operatorKey, playerId, currency);
  if (rows === undefined || explainsBalances(rows, { round: roundId, start: told, told: [after.value], net }))
    return undefined;
  const said = (minor: bigint): string => `a balance of ${formatMinor(minor, currency)} ${currency}`;
  return { expected: said(told + net), got: said(after.value) };
}

function tell(
  { report }: TrafficContext,
  { playerId, gameId }: BuiltInPlay,
  body: object,
  answer: TimedAnswer,
  said: {
    readonly again: boolean;
    readonly verdict: string;
    readonly expected: string;
    readonly fault: string | undefined;
  },
): void {
  const { again, verdict, expected, fault } = said;
  const judged = fault !== undefined ? "WRONG" : verdict === "OK" ? "AS_EXPECTED" : "REFUSED";
  report.answered({ source: "built-in", call: "play", again, verdict, ms: answer.ms, judged });
  if (fault === undefined) return;
  report.wrong({
    source: "built-in",
    call: `play ${gameId}`,
    playerId,
    round: "",
    expected,
    got: fault,
    request: JSON.stringify(body),
    response: `${answer.status} ${JSON.stringify(answer.body)}`,
  });
}
