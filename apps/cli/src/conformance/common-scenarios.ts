/** What every wallet must get right, whatever it speaks. */
import type { WireDialect } from "@pitboss/wires/speak";
import { bet, purse, rollback, type Scenario, step, win } from "./scenario.ts";

const closing: readonly WireDialect[] = ["hub88", "softswiss", "signed-json"];
const byAction: readonly WireDialect[] = ["softswiss", "signed-json"];

const happy: readonly Scenario[] = [
  { name: "the balance is told", steps: [step({ do: "balance" }, "OK", purse)] },
  { name: "a bet takes its stake", steps: [step(bet("b1", 1_000n), "OK", 9_000n)] },
  {
    name: "a win pays more than its stake",
    steps: [step(bet("b1", 1_000n), "OK", 9_000n), step(win("w1", "b1", 2_500n), "OK", 11_500n)],
  },
  {
    name: "a win of zero settles the bet as lost",
    steps: [step(bet("b1", 1_000n), "OK", 9_000n), step(win("w1", "b1", 0n, { close: true }), "OK", 9_000n)],
  },
  {
    name: "a win of the stake is a push in all but name",
    steps: [step(bet("b1", 1_000n), "OK", 9_000n), step(win("w1", "b1", 1_000n), "OK", purse)],
  },
  {
    name: "two bets of a round are won one by one",
    steps: [
      step(bet("b1", 1_000n), "OK", 9_000n),
      step(bet("b2", 2_000n), "OK", 7_000n),
      step(win("w1", "b1", 3_000n), "OK", 10_000n),
      step(win("w2", "b2", 100n), "OK", 10_100n),
    ],
  },
  {
    name: "two rounds run beside each other",
    steps: [
      step(bet("b1", 1_000n, "r1"), "OK", 9_000n),
      step(bet("b2", 1_000n, "r2"), "OK", 8_000n),
      step(win("w2", "b2", 1_500n, { round: "r2", close: true }), "OK", 9_500n),
      step(win("w1", "b1", 500n, { round: "r1", close: true }), "OK", 10_000n),
    ],
  },
  {
    name: "fields that nobody knows are let be",
    steps: [step(bet("b1", 1_000n), "OK", 9_000n, { twist: "more-fields" })],
  },
];

const repeats: readonly Scenario[] = [
  {
    name: "the same bet again is the same bet",
    steps: [
      step(bet("b1", 1_000n), "OK", 9_000n),
      step(bet("b1", 1_000n), "REPEAT_BET", 9_000n, { sameAs: 0 }),
      step(bet("b1", 1_000n), "REPEAT_BET", 9_000n, { sameAs: 0 }),
    ],
  },
  {
    name: "the same bet after its session ended is the same bet",
    steps: [
      step(bet("b1", 1_000n), "OK", 9_000n),
      step(bet("b1", 1_000n), "REPEAT_BET", 9_000n, { twist: "end-session", sameAs: 0 }),
    ],
  },
  {
    name: "the same bet after its win is the same bet",
    steps: [
      step(bet("b1", 1_000n), "OK", 9_000n),
      step(win("w1", "b1", 2_000n), "OK", 11_000n),
      step(bet("b1", 1_000n), "REPEAT_BET", 11_000n, { sameAs: 0 }),
    ],
  },
  {
    name: "the same win again is the same win",
    steps: [
      step(bet("b1", 1_000n), "OK", 9_000n),
      step(win("w1", "b1", 2_000n), "OK", 11_000n),
      step(win("w1", "b1", 2_000n), "REPEAT_WIN", 11_000n, { sameAs: 1 }),
    ],
  },
  {
    name: "the same win of zero again is the same",
    steps: [
      step(bet("b1", 1_000n), "OK", 9_000n),
      step(win("w1", "b1", 0n), "OK", 9_000n),
      step(win("w1", "b1", 0n), "REPEAT_WIN", 9_000n),
    ],
  },
  {
    name: "the same rollback again is the same rollback",
    steps: [
      step(bet("b1", 1_000n), "OK", 9_000n),
      step(rollback("x1", "b1", 1_000n), "OK", purse),
      step(rollback("x1", "b1", 1_000n), "REPEAT_ROLLBACK", purse, { sameAs: 1 }),
    ],
  },
  {
    name: "a refused bet sent again is refused again",
    steps: [step(bet("b1", 20_000n), "FUNDS", purse), step(bet("b1", 20_000n), "FUNDS", purse)],
  },
  {
    name: "a bet's id with another amount is not that bet",
    steps: [step(bet("b1", 1_000n), "OK", 9_000n), step(bet("b1", 1_100n), "DUPLICATE", 9_000n)],
  },
  {
    name: "a bet's id with another round is not that bet",
    steps: [step(bet("b1", 1_000n, "r1"), "OK", 9_000n), step(bet("b1", 1_000n, "r2"), "DUPLICATE", 9_000n)],
  },
  {
    name: "a bet's id with another player is not that bet",
    steps: [step(bet("b1", 1_000n), "OK", 9_000n), step(bet("b1", 1_000n), "DUPLICATE", 9_000n, { as: "other" })],
  },
  {
    name: "a win's id with another amount is not that win",
    steps: [
      step(bet("b1", 1_000n), "OK", 9_000n),
      step(win("w1", "b1", 2_000n), "OK", 11_000n),
      step(win("w1", "b1", 2_100n), "DUPLICATE", 11_000n),
    ],
  },
];

const rollbacks: readonly Scenario[] = [
  {
    name: "a rollback gives the stake back",
    steps: [step(bet("b1", 1_000n), "OK", 9_000n), step(rollback("x1", "b1", 1_000n), "OK", purse)],
  },
  {
    name: "a second rollback under another id changes nothing",
    steps: [
      step(bet("b1", 1_000n), "OK", 9_000n),
      step(rollback("x1", "b1", 1_000n), "OK", purse),
      step(rollback("x2", "b1", 1_000n), "REPEAT_ROLLBACK", purse),
    ],
  },
  {
    name: "a rollback of one bet leaves the others of its round",
    steps: [
      step(bet("b1", 1_000n), "OK", 9_000n),
      step(bet("b2", 2_000n), "OK", 7_000n),
      step(rollback("x1", "b1", 1_000n), "OK", 8_000n),
      step(win("w2", "b2", 5_000n), "OK", 13_000n),
    ],
  },
  {
    name: "a rollback before its bet keeps the bet from coming",
    steps: [
      step(rollback("x1", "b1", 1_000n), "ROLLBACK_OF_UNKNOWN", purse),
      step(rollback("x1", "b1", 1_000n), "ROLLBACK_OF_UNKNOWN", purse),
      step(bet("b1", 1_000n), "BET_AFTER_ROLLBACK", purse),
    ],
  },
  {
    name: "a win after its bet was rolled back pays nothing",
    steps: [
      step(bet("b1", 1_000n), "OK", 9_000n),
      step(rollback("x1", "b1", 1_000n), "OK", purse),
      step(win("w1", "b1", 2_000n), "WIN_AFTER_ROLLBACK", purse),
    ],
  },
  {
    name: "a rollback of a refused bet gives nothing back",
    steps: [
      step(bet("b1", 20_000n), "FUNDS", purse),
      step(rollback("x1", "b1", 20_000n), "ROLLBACK_OF_UNKNOWN", purse),
    ],
  },
  {
    name: "a rollback after the win is as the dialect has it",
    steps: [
      step(bet("b1", 1_000n), "OK", 9_000n),
      step(win("w1", "b1", 2_500n), "OK", 11_500n),
      step(
        rollback("x1", "b1", 1_000n),
        { hub88: "OK", softswiss: "OK", evolution: "ALREADY_SETTLED", "signed-json": "OK" },
        // Hub88's bet goes with all that it won; where actions roll back by themselves the win stays.
        { hub88: purse, softswiss: 12_500n, evolution: 11_500n, "signed-json": 12_500n },
      ),
    ],
  },
  {
    name: "a rollback of a win takes the win back",
    only: byAction,
    steps: [
      step(bet("b1", 1_000n), "OK", 9_000n),
      step(win("w1", "b1", 2_500n), "OK", 11_500n),
      step(rollback("x1", "w1", 2_500n), "OK", 9_000n),
      step(rollback("x2", "w1", 2_500n), "REPEAT_ROLLBACK", 9_000n),
      step(rollback("x3", "b1", 1_000n), "OK", purse),
    ],
  },
  {
    name: "a win does not roll back by itself",
    only: ["hub88"],
    steps: [
      step(bet("b1", 1_000n), "OK", 9_000n),
      step(win("w1", "b1", 2_500n), "OK", 11_500n),
      step(rollback("x1", "w1", 2_500n), "NO_BET", 11_500n),
    ],
  },
];

const orders: readonly Scenario[] = [
  {
    name: "a win without its bet is as the dialect has it",
    steps: [
      step(win("w1", "b1", 500n), "NO_BET", {
        hub88: purse,
        softswiss: 10_500n,
        evolution: purse,
        "signed-json": purse,
      }),
    ],
  },
  {
    name: "a win that came before its bet is paid once the bet is there",
    only: ["hub88", "evolution", "signed-json"],
    steps: [
      step(win("w1", "b1", 500n), "NO_BET", purse),
      step(bet("b1", 1_000n), "OK", 9_000n),
      step(win("w1", "b1", 500n), "OK", 9_500n),
    ],
  },
  {
    name: "a bet can win more than once",
    only: closing,
    steps: [
      step(bet("b1", 1_000n), "OK", 9_000n),
      step(win("w1", "b1", 500n), "OK", 9_500n),
      step(win("w2", "b1", 700n, { close: true }), "OK", 10_200n),
    ],
  },
  {
    name: "a closed round takes no bet",
    only: closing,
    steps: [
      step(bet("b1", 1_000n), "OK", 9_000n),
      step(win("w1", "b1", 0n, { close: true }), "OK", 9_000n),
      step(bet("b2", 1_000n), "ROUND_CLOSED", 9_000n),
    ],
  },
  {
    name: "a win on a closed round is paid",
    only: closing,
    steps: [
      step(bet("b1", 1_000n), "OK", 9_000n),
      step(win("w1", "b1", 0n, { close: true }), "OK", 9_000n),
      step(win("w2", "b1", 700n), "OK", 9_700n),
    ],
  },
  {
    name: "the end of a round settles what is still open as lost",
    only: closing,
    steps: [
      step(bet("b1", 1_000n), "OK", 9_000n),
      step(bet("b2", 2_000n), "OK", 7_000n),
      step(win("w1", "b1", 3_000n, { close: true }), "OK", 10_000n),
    ],
  },
];

const refusals: readonly Scenario[] = [
  { name: "more than there is", steps: [step(bet("b1", 10_001n), "FUNDS", purse)] },
  { name: "the last of it", steps: [step(bet("b1", purse), "OK", 0n), step(bet("b2", 1_000n), "FUNDS", 0n)] },
  { name: "a stake below the smallest", steps: [step(bet("b1", 5n), "STAKE_SMALL", purse)] },
  { name: "a stake above the largest", steps: [step(bet("b1", 100_000_000n), "STAKE_LARGE", purse)] },
  {
    name: "an amount that the currency can't hold",
    steps: [
      {
        ...step(bet("b1", 1_000n), "AMOUNT", purse),
        action: { ...bet("b1", 1_000n), rawAmount: "10.0001" },
      },
    ],
  },
  { name: "a negative amount", steps: [step({ ...bet("b1", 1_000n), rawAmount: "-1000" }, "AMOUNT", purse)] },
  {
    name: "a bet from a session that ended",
    steps: [step(bet("b1", 1_000n), "SESSION_ENDED", purse, { twist: "end-session" })],
  },
  {
    name: "a win after the session ended is paid",
    steps: [
      step(bet("b1", 1_000n), "OK", 9_000n),
      step(win("w1", "b1", 2_000n), "OK", 11_000n, { twist: "end-session" }),
    ],
  },
  {
    name: "a rollback after the session ended gives back",
    steps: [
      step(bet("b1", 1_000n), "OK", 9_000n),
      step(rollback("x1", "b1", 1_000n), "OK", purse, { twist: "end-session" }),
    ],
  },
  {
    name: "a bet from no session",
    only: ["hub88", "evolution", "signed-json"],
    steps: [step(bet("b1", 1_000n), "SESSION_UNKNOWN", purse, { as: "unknown-session" })],
  },
  {
    name: "a bet of a player who is locked",
    steps: [step(bet("b1", 1_000n), "BLOCKED", purse, { twist: "block-player" })],
  },
  {
    name: "a win of a player who was locked since is paid",
    steps: [
      step(bet("b1", 1_000n), "OK", 9_000n),
      step(win("w1", "b1", 2_000n), "OK", 11_000n, { twist: "block-player" }),
    ],
  },
  {
    name: "a rollback of a player who was locked since gives back",
    steps: [
      step(bet("b1", 1_000n), "OK", 9_000n),
      step(rollback("x1", "b1", 1_000n), "OK", purse, { twist: "block-player" }),
    ],
  },
  {
    name: "a player who does not exist",
    steps: [step(bet("b1", 1_000n), "PLAYER", purse, { as: "stranger" })],
  },
  {
    name: "another currency than the session's",
    steps: [step({ ...bet("b1", 1_000n), currency: "OTHER" }, "CURRENCY", purse)],
  },
  {
    name: "a currency that nobody knows",
    steps: [step({ ...bet("b1", 1_000n), currency: "XXX" }, "CURRENCY_UNKNOWN", purse)],
  },
  {
    name: "a game that is not the provider's",
    only: closing,
    steps: [step({ ...bet("b1", 1_000n), game: "no_such_game" }, "GAME", purse)],
  },
];

const strangers: readonly Scenario[] = [
  { name: "another secret", steps: [step(bet("b1", 1_000n), "SIGNATURE", purse, { twist: "wrong-secret" })] },
  { name: "no signature", steps: [step(bet("b1", 1_000n), "SIGNATURE", purse, { twist: "unsigned" })] },
  {
    name: "a body that was changed on its way",
    only: closing,
    steps: [step(bet("b1", 1_000n), "SIGNATURE", purse, { twist: "changed-body" })],
  },
  { name: "a body that is no JSON", steps: [step(bet("b1", 1_000n), "SYNTAX", purse, { twist: "broken-json" })] },
  {
    name: "a body that lacks a field",
    steps: [step(bet("b1", 1_000n), "INCOMPLETE", purse, { twist: "fewer-fields" })],
  },
];

export const commonScenarios: readonly Scenario[] = [
  ...happy,
  ...repeats,
  ...rollbacks,
  ...orders,
  ...refusals,
  ...strangers,
];
