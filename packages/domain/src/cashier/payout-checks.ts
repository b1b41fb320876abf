/**
 * What is looked at before money leaves: checks by name, each with its version, what it was given, what it said, and
 * why in words. All of them are made and kept. `REFUSE` refuses the request before anything is held; `STOP` keeps a
 * payout from being approved until what it names is mended; `RISK` adds points to the score.
 */
import type { ExclusionKind } from "../compliance/exclusion.ts";
import type { KytDecision } from "../compliance/kyt/decide-kyt.ts";
import type { ScreeningState } from "../compliance/standing.ts";
import type { Failure } from "../kernel/result.ts";
import type { PlayerStatus } from "../wallet/ledger-codes.ts";
import { formatMinor } from "../wallet/money.ts";
import { decideLoop, type PaymentSource } from "./closed-loop.ts";
import type { CheckInputs } from "./deposit-checks.ts";
import type { PaymentMethod } from "./payment-method.ts";
import type { PayoutPolicy } from "./payout-policy.ts";
import { missingForTravel, type TravelFacts } from "./travel-rule.ts";

export type PayoutVerdict = "PASS" | "RISK" | "STOP" | "REFUSE" | "SKIP";

export interface PayoutCheck {
  readonly name: PayoutCheckName;
  readonly version: number;
  readonly outcome: PayoutVerdict;
  /** What it adds to the score. */
  readonly points: number;
  readonly inputs: CheckInputs;
  /** For staff. */
  readonly why: string;
}

export interface PayoutCheckFacts {
  readonly policy: PayoutPolicy;
  readonly amount: bigint;
  readonly method: PaymentMethod;
  /** What there is to know beside where it goes over a chain; null on other ways. */
  readonly chain: ChainFacts | null;
  readonly playerStatus: PlayerStatus;
  /** What keeps the player from play; it keeps no money here. */
  readonly exclusion: ExclusionKind | null;
  /** The house's bounds of the player's profile, with what was paid out in their time before. */
  readonly bounds: readonly ProfileBound[];
  readonly kycLevel: number;
  readonly screening: ScreeningState;
  readonly instrument: {
    readonly fingerprint: string;
    readonly verified: boolean;
    readonly expired: boolean;
    /** Hours since this player brought it. */
    readonly ageHours: number;
    /** How many other players brought the same one. */
    readonly otherOwners: number;
  };
  readonly sources: readonly PaymentSource[];
  /** Bonus money that is still to be wagered in this currency, minor units, and whether the player lets it go. */
  readonly openBonus: bigint;
  readonly forfeitAccepted: boolean;
  /** Other payouts of the last 24 hours. */
  readonly paidToday: { readonly count: number; readonly amount: bigint };
  /** Hours since the device was seen first; null where the request came without one. */
  readonly deviceAgeHours: number | null;
  /** The newest credited deposit, and the cash that was staked since; null where there was none. */
  readonly lastDeposit: { readonly amount: bigint; readonly stakedSince: bigint } | null;
}

export interface ChainFacts {
  /** The newest look at the address; null where there was none. */
  readonly kyt: { readonly decision: KytDecision; readonly score: number; readonly reasons: readonly string[] } | null;
  readonly travel: TravelFacts;
  /** What the wallet that pays can pay now; null where the custodian has not said lately. */
  readonly hotWallet: { readonly available: bigint; readonly ageMinutes: number } | null;
}

interface ProfileBound {
  readonly measure: string;
  /** Minor units. */
  readonly limit: bigint;
  readonly counted: bigint;
}

type RefusalCode =
  | "PAYOUT_TOO_SMALL"
  | "PAYOUT_TOO_LARGE"
  | "INSTRUMENT_NOT_VERIFIED"
  | "INSTRUMENT_EXPIRED"
  | "PAYOUT_NOT_TO_SOURCE"
  | "PAYOUT_FORFEITS_BONUS";

type Said =
  | { readonly outcome: "PASS" | "SKIP" | "STOP"; readonly why: string }
  | { readonly outcome: "RISK"; readonly points: number; readonly why: string }
  | { readonly outcome: "REFUSE"; readonly code: RefusalCode; readonly why: string };

interface CheckRow {
  readonly version: number;
  readonly inputs: (facts: PayoutCheckFacts) => CheckInputs;
  readonly say: (facts: PayoutCheckFacts) => Said;
}

/** A balance that was read longer ago says nothing of now, minutes. */
const hotWalletMaxMinutes = 10;

const pass = (why: string): Said => ({ outcome: "PASS", why });

const rows = {
  "amount-range": {
    version: 1,
    inputs: ({ amount, policy }) => ({
      ...moneyOf(policy, { amount, min: policy.minAmount, max: policy.maxAmount }),
      currency: policy.currency,
    }),
    say: ({ amount, policy }) => {
      if (amount < policy.minAmount) {
        return { outcome: "REFUSE", code: "PAYOUT_TOO_SMALL", why: "It is below the smallest payout." };
      }
      if (amount > policy.maxAmount) {
        return { outcome: "REFUSE", code: "PAYOUT_TOO_LARGE", why: "It is above the largest payout." };
      }
      return pass("The amount is within the house's bounds.");
    },
  },
  "profile-bound": {
    version: 1,
    inputs: ({ amount, bounds, policy }) => {
      const tight = tightest(bounds, amount);
      return tight === undefined
        ? { bounds: 0 }
        : { measure: tight.measure, ...moneyOf(policy, { amount, limit: tight.limit, counted: tight.counted }) };
    },
    say: ({ amount, bounds }) => {
      const tight = tightest(bounds, amount);
      if (tight === undefined || tight.counted + amount <= tight.limit) {
        return pass("It fits into the bounds of the player's profile.");
      }
      return { outcome: "REFUSE", code: "PAYOUT_TOO_LARGE", why: "It exceeds a bound of the player's profile." };
    },
  },
  instrument: {
    version: 1,
    inputs: ({ instrument }) => ({ verified: instrument.verified, expired: instrument.expired }),
    say: ({ instrument }) => {
      if (instrument.expired) {
        return { outcome: "REFUSE", code: "INSTRUMENT_EXPIRED", why: "The card has expired." };
      }
      if (!instrument.verified) {
        const why = "No deposit came from it, and nobody has verified it.";
        return { outcome: "REFUSE", code: "INSTRUMENT_NOT_VERIFIED", why };
      }
      return pass("The instrument is the player's, and verified.");
    },
  },
  "closed-loop": {
    version: 1,
    inputs: (facts) => {
      const loop = loopOf(facts);
      const numbers = loop.allowed
        ? { amount: facts.amount, returned: loop.returned, winnings: loop.winnings }
        : { amount: facts.amount, room: loop.room, elsewhere: loop.firstRoom };
      return { ...moneyOf(facts.policy, numbers), sources: facts.sources.length };
    },
    say: (facts) => {
      const loop = loopOf(facts);
      if (!loop.allowed) {
        return {
          outcome: "REFUSE",
          code: "PAYOUT_NOT_TO_SOURCE",
          why: "Money that came from elsewhere goes there first.",
        };
      }
      return pass(
        loop.winnings === 0n ? "All of it goes back to where it came from." : "What exceeds the deposits is winnings.",
      );
    },
  },
  wagering: {
    version: 1,
    inputs: ({ openBonus, forfeitAccepted, policy }) => ({ ...moneyOf(policy, { openBonus }), forfeitAccepted }),
    say: ({ openBonus, forfeitAccepted }) => {
      if (openBonus === 0n) return pass("No bonus is being wagered.");
      if (forfeitAccepted) return pass("The player lets go of the bonus that is being wagered.");
      return {
        outcome: "REFUSE",
        code: "PAYOUT_FORFEITS_BONUS",
        why: "The player has not accepted to lose the bonus.",
      };
    },
  },
  "account-state": {
    version: 1,
    inputs: ({ playerStatus }) => ({ status: playerStatus }),
    // Whoever may not play may still have their money: a block or an exclusion never keeps it here.
    say: ({ playerStatus }) =>
      playerStatus === "ACTIVE"
        ? pass("The account is active.")
        : { outcome: "RISK", points: 50, why: "The account is closed to play; its money may leave after a look." },
  },
  exclusion: {
    version: 1,
    inputs: ({ exclusion }) => ({ exclusion }),
    say: ({ exclusion }) =>
      pass(
        exclusion === null
          ? "The player is not excluded from play."
          : "The player is excluded from play; withdrawals stay open.",
      ),
  },
  "kyc-level": {
    version: 1,
    inputs: (facts) => ({ level: facts.kycLevel, needed: kycNeeded(facts) }),
    say: (facts) =>
      facts.kycLevel >= kycNeeded(facts)
        ? pass("The player is verified far enough for this amount.")
        : { outcome: "STOP", why: "The player has to be verified further before so much can leave." },
  },
  screening: {
    version: 1,
    inputs: ({ screening }) => ({ screening }),
    say: ({ screening }) => {
      switch (screening) {
        case "CLEAR":
          return pass("The player was screened, and nothing was found.");
        case "NEVER":
          return { outcome: "STOP", why: "The player has to be screened before the first payout." };
        case "HIT":
          return { outcome: "STOP", why: "A screening hit waits for a decision." };
        case "BLOCKED":
          return { outcome: "STOP", why: "A screening hit was confirmed." };
      }
    },
  },
  velocity: {
    version: 1,
    inputs: ({ paidToday, policy }) => ({
      count: paidToday.count,
      mostADay: policy.mostADay,
      ...moneyOf(policy, { paidToday: paidToday.amount, dayAmount: policy.dayAmount }),
    }),
    say: ({ paidToday, amount, policy }) =>
      paidToday.count >= policy.mostADay || paidToday.amount + amount > policy.dayAmount
        ? { outcome: "RISK", points: 30, why: "Much was paid out within a day." }
        : pass("Not much was paid out within a day."),
  },
  device: {
    version: 1,
    inputs: ({ deviceAgeHours, policy }) => ({ ageHours: deviceAgeHours, freshHours: policy.freshHours }),
    say: ({ deviceAgeHours, policy }) => {
      if (deviceAgeHours === null) return { outcome: "SKIP", why: "The request came without a device." };
      return deviceAgeHours < policy.freshHours
        ? { outcome: "RISK", points: 20, why: "The device is new." }
        : pass("The device is known.");
    },
  },
  "instrument-age": {
    version: 1,
    inputs: ({ instrument, policy }) => ({ ageHours: instrument.ageHours, freshHours: policy.freshHours }),
    say: ({ instrument, policy }) =>
      instrument.ageHours < policy.freshHours
        ? { outcome: "RISK", points: 20, why: "The instrument is new." }
        : pass("The instrument is known."),
  },
  "instrument-shared": {
    version: 1,
    inputs: ({ instrument }) => ({ otherOwners: instrument.otherOwners }),
    say: ({ instrument: { otherOwners } }) =>
      otherOwners === 0
        ? pass("Nobody else uses the instrument.")
        : { outcome: "RISK", points: 60, why: "Other players use the same instrument." },
  },
  turnover: {
    version: 1,
    inputs: ({ lastDeposit, policy }) => ({
      ...(lastDeposit === null
        ? { deposit: null, stakedSince: null }
        : moneyOf(policy, { deposit: lastDeposit.amount, stakedSince: lastDeposit.stakedSince })),
      neededPercent: policy.turnoverPercent,
    }),
    say: ({ lastDeposit, policy }) => {
      if (lastDeposit === null) return pass("There is no deposit that was not played with.");
      const needed = lastDeposit.amount * BigInt(policy.turnoverPercent);
      return lastDeposit.stakedSince * 100n < needed
        ? { outcome: "RISK", points: 30, why: "The last deposit was hardly played with." }
        : pass("The last deposit was played with.");
    },
  },
  kyt: {
    version: 2,
    inputs: ({ method, chain }) => ({
      method,
      decision: chain?.kyt?.decision ?? null,
      score: chain?.kyt?.score ?? null,
      reasons: chain?.kyt?.reasons.join("; ") ?? null,
    }),
    say: ({ chain }) => {
      if (chain === null) return { outcome: "SKIP", why: "There is no address on a chain to look at." };
      switch (chain.kyt?.decision) {
        case undefined:
          return { outcome: "STOP", why: "Nobody has looked at the past of the address yet." };
        case "CLEAR":
          return pass("Nothing speaks against the address.");
        case "REVIEW":
          return { outcome: "RISK", points: 60, why: "Something in the past of the address is to be looked at." };
        case "BLOCK":
          return { outcome: "STOP", why: "The address must not be paid to." };
      }
    },
  },
  "travel-rule": {
    version: 1,
    inputs: ({ chain }) =>
      chain === null
        ? { chain: false }
        : {
            hosting: chain.travel.hosting,
            provider: chain.travel.provider,
            proof: chain.travel.proof,
            valueEur: chain.travel.valueEur,
            complete: chain.travel.complete,
          },
    say: ({ chain }) => {
      if (chain === null) return { outcome: "SKIP", why: "Nothing goes over a chain." };
      const missing = missingForTravel(chain.travel);
      return missing === undefined
        ? pass("Who sends and who receives can be told.")
        : { outcome: "STOP", why: missing };
    },
  },
  "hot-wallet": {
    version: 1,
    inputs: ({ chain, amount, policy }) =>
      chain === null
        ? { chain: false }
        : {
            ...moneyOf(policy, { amount, ...(chain.hotWallet && { available: chain.hotWallet.available }) }),
            ageMinutes: chain.hotWallet?.ageMinutes ?? null,
          },
    say: ({ chain, amount }) => {
      if (chain === null) return { outcome: "SKIP", why: "It does not leave from a wallet of ours." };
      const { hotWallet } = chain;
      if (hotWallet === null || hotWallet.ageMinutes >= hotWalletMaxMinutes) {
        return { outcome: "STOP", why: "What the hot wallet holds is not known at the moment." };
      }
      return hotWallet.available < amount
        ? { outcome: "STOP", why: "The hot wallet does not hold that much; it has to be filled first." }
        : pass("The hot wallet holds enough.");
    },
  },
} as const satisfies Record<string, CheckRow>;

export type PayoutCheckName = keyof typeof rows;

export const payoutCheckNames = Object.keys(rows) as readonly PayoutCheckName[];

export interface CheckedPayout {
  readonly checks: readonly PayoutCheck[];
  readonly score: number;
  readonly stopped: boolean;
  /** The first check that refuses the request, and why; undefined where none does. */
  readonly refusal: { readonly check: PayoutCheck; readonly failure: Failure<RefusalCode> } | undefined;
}

export function checkPayout(facts: PayoutCheckFacts): CheckedPayout {
  let refusal: CheckedPayout["refusal"];
  const checks = payoutCheckNames.map((name): PayoutCheck => {
    const row: CheckRow = rows[name];
    const said = row.say(facts);
    const { outcome, why } = said;
    const points = said.outcome === "RISK" ? said.points : 0;
    const check: PayoutCheck = { name, version: row.version, outcome, points, inputs: row.inputs(facts), why };
    if (said.outcome === "REFUSE") refusal ??= { check, failure: { code: said.code, data: check.inputs } };
    return check;
  });
  return {
    checks,
    score: Math.min(
      checks.reduce((sum, { points }) => sum + points, 0),
      100,
    ),
    stopped: checks.some(({ outcome }) => outcome === "STOP" || outcome === "REFUSE"),
    refusal,
  };
}

/** Whether two looks at the same payout say the same: what they were given may have moved without that. */
export function sameVerdicts(a: readonly PayoutCheck[], b: readonly PayoutCheck[]): boolean {
  const words = (checks: readonly PayoutCheck[]): string =>
    checks.map(({ name, version, outcome, points }) => `${name}|${version}|${outcome}|${points}`).join("\n");
  return words(a) === words(b);
}

/** Whether the second look found something that the first had not. What only got better leaves a yes standing. */
export function gotWorse(before: readonly PayoutCheck[], after: readonly PayoutCheck[]): boolean {
  const earlier = new Map(before.map((check) => [check.name, weightOf(check)]));
  return after.some((check) => weightOf(check) > (earlier.get(check.name) ?? 0));
}

function weightOf({ outcome, points }: PayoutCheck): number {
  return outcome === "STOP" || outcome === "REFUSE" ? 1_000 : points;
}

function loopOf({ amount, instrument, sources }: PayoutCheckFacts): ReturnType<typeof decideLoop> {
  return decideLoop({ amount, fingerprint: instrument.fingerprint, sources });
}

/** The bound that leaves least room. */
function tightest(bounds: readonly ProfileBound[], amount: bigint): ProfileBound | undefined {
  const room = ({ limit, counted }: ProfileBound): bigint => limit - counted - amount;
  return bounds.reduce<ProfileBound | undefined>(
    (least, bound) => (least === undefined || room(bound) < room(least) ? bound : least),
    undefined,
  );
}

function kycNeeded({ amount, policy }: PayoutCheckFacts): 1 | 2 {
  return amount >= policy.kycFrom ? 2 : 1;
}

function moneyOf({ currency }: PayoutPolicy, amounts: Readonly<Record<string, bigint>>): Record<string, string> {
  return Object.fromEntries(Object.entries(amounts).map(([name, minor]) => [name, formatMinor(minor, currency)]));
}
