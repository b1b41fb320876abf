/** What one dialect alone has: free rounds, promotions, calls with several actions, sessions. */
import { type Currency, exponentOf } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import type { Action } from "@pitboss/wires/speak";
import { bet, purse, type Scenario, step, win } from "./scenario.ts";

const hub88: readonly Scenario[] = [
  {
    name: "the user is told",
    only: ["hub88"],
    steps: [step({ do: "call", path: "user/info", body: () => ({}) }, "OK", purse)],
  },
  {
    name: "a free round costs nothing, and the house pays what it wins, once",
    only: ["hub88"],
    steps: [
      step({ ...bet("f1", 1_000n), free: true }, "OK", purse),
      step({ ...bet("f1", 1_000n), free: true }, "REPEAT_BET", purse),
      step({ ...win("w1", "f1", 500n), free: true }, "OK", 10_500n),
      step({ ...win("w1", "f1", 500n), free: true }, "REPEAT_WIN", 10_500n),
    ],
  },
];

const play = (
  round: string,
  actions: (named: (name: string) => string) => readonly object[],
  finished = false,
): Action => ({
  do: "call",
  path: "play",
  body: (_who, { named }) => ({ game_id: named(round), finished, actions: actions(named) }),
});
const issue = (id: string, total: number): Action => ({
  do: "call",
  path: "freespins",
  body: (_who, { named }) => ({ issue_id: named(id), status: "played", total_amount: total }),
});

const betAndWin = play(
  "r1",
  (named) => [
    { action: "bet", action_id: named("b1"), amount: 1_000 },
    { action: "win", action_id: named("w1"), amount: 300 },
  ],
  true,
);
const secondRefused = play("r1", (named) => [
  { action: "bet", action_id: named("b1"), amount: 1_000 },
  { action: "bet", action_id: named("b2"), amount: 90_000 },
]);

const softswiss: readonly Scenario[] = [
  {
    name: "a bet and its win in one call, and the call again",
    only: ["softswiss"],
    steps: [step(betAndWin, "OK", 9_300n), step(betAndWin, "OK", 9_300n, { sameAs: 0 })],
  },
  {
    name: "a call whose second bet is refused leaves nothing, however often it comes",
    only: ["softswiss"],
    steps: [step(secondRefused, "FUNDS", purse), step(secondRefused, "FUNDS", purse)],
  },
  {
    name: "a round ends without an action",
    only: ["softswiss"],
    steps: [
      step(bet("b1", 1_000n), "OK", 9_000n),
      step(
        play("r1", () => [], true),
        "OK",
        9_000n,
      ),
      step(bet("b2", 1_000n), "ROUND_CLOSED", 9_000n),
    ],
  },
  {
    name: "what free spins won is paid once",
    only: ["softswiss"],
    steps: [step(issue("i1", 500), "OK", 10_500n), step(issue("i1", 500), "OK", 10_500n)],
  },
  {
    name: "free spins that won nothing pay nothing",
    only: ["softswiss"],
    steps: [step(issue("i1", 0), "OK", purse)],
  },
];

const promotion = (id: string, minor: bigint, type = "FreeRoundPlayableSpent"): Action => ({
  do: "call",
  path: "promo_payout",
  body: (_who, { named, currency }) => {
    const amount = Number(formatMinor(minor, currency));
    return { currency, game: null, promoTransaction: { type, id: named(id), amount } };
  },
});
const inSixDecimals =
  (minor: bigint) =>
  (currency: Currency): string => {
    const [whole = "", fraction = ""] = formatMinor(minor, currency).split(".");
    return `${whole}.${fraction.padEnd(6, "0")}`;
  };
const byExponent =
  (minor: bigint) =>
  (currency: Currency): string =>
    `${minor}E-${exponentOf(currency)}`;
const session = (path: "check" | "sid"): Action => ({ do: "call", path, body: () => ({}) });

const evolution: readonly Scenario[] = [
  { name: "an open session is good", only: ["evolution"], steps: [step(session("check"), "OK", purse)] },
  {
    name: "a session that ended is not",
    only: ["evolution"],
    steps: [step(session("check"), "SESSION_ENDED", purse, { twist: "end-session" })],
  },
  {
    name: "a new session in the place of a known one",
    only: ["evolution"],
    steps: [step(session("sid"), "OK", purse)],
  },
  {
    name: "no session for a player who is locked",
    only: ["evolution"],
    steps: [step(session("sid"), "BLOCKED", purse, { twist: "block-player" })],
  },
  {
    name: "a bet is settled once",
    only: ["evolution"],
    steps: [
      step(bet("b1", 1_000n), "OK", 9_000n),
      step(win("w1", "b1", 0n), "OK", 9_000n),
      step(win("w2", "b1", 700n), "ALREADY_SETTLED", 9_000n),
    ],
  },
  {
    name: "a promotion is paid once",
    only: ["evolution"],
    steps: [step(promotion("p1", 525n), "OK", 10_525n), step(promotion("p1", 525n), "REPEAT_WIN", 10_525n)],
  },
  {
    name: "six decimals are read where they say no more than the currency has",
    only: ["evolution"],
    steps: [
      step({ ...bet("b1", 1_000n), rawAmount: inSixDecimals(1_000n) }, "OK", 9_000n),
      step({ ...bet("b2", 1_000n), rawAmount: byExponent(1_000n) }, "OK", 8_000n),
    ],
  },
];

export const ownScenarios: readonly Scenario[] = [...hub88, ...softswiss, ...evolution];
