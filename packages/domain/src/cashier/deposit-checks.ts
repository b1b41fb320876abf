/**
 * What is looked at before a provider is asked for money: checks by name, each with its version, what it was given and
 * what it said. They are all made and all kept, whether or not an earlier one refused.
 */
import type { Failure } from "../kernel/result.ts";
import { type DepositGate, depositGateChecks, type GateCheckCode } from "../risk/deposit-gate.ts";
import type { Currency } from "../wallet/currency.ts";
import type { PlayerStatus } from "../wallet/ledger-codes.ts";
import { formatMinor } from "../wallet/money.ts";

export type CheckInputs = Readonly<Record<string, string | number | boolean | null>>;

export interface DepositCheck {
  readonly name: string;
  readonly version: number;
  readonly outcome: "PASS" | "REFUSE";
  readonly inputs: CheckInputs;
}

/** The house's own bounds of a method in a currency; amounts in minor units. */
export interface DepositRule {
  readonly minAmount: bigint;
  readonly maxAmount: bigint;
  /** How many deposits a player may try within an hour, declined ones included. */
  readonly mostAnHour: number;
  /** How long a deposit waits for its money, minutes. */
  readonly openMinutes: number;
}

export interface DepositCheckFacts {
  readonly playerStatus: PlayerStatus;
  readonly currency: Currency;
  readonly amount: bigint;
  readonly rule: DepositRule;
  /** Of this player, within the last hour. */
  readonly triedThisHour: number;
  /** How many other players brought the same card. */
  readonly otherOwners: number;
  /** What responsible gaming and the jurisdiction go by, and the instant of it, ms. */
  readonly gate?: DepositGate & { readonly atMs: number };
}

type CheckCode =
  | GateCheckCode
  | "ACCOUNT_LOCKED"
  | "ACCOUNT_CLOSED"
  | "DEPOSIT_BELOW_MIN"
  | "DEPOSIT_ABOVE_MAX"
  | "DEPOSIT_TOO_OFTEN"
  | "INSTRUMENT_NOT_OWN";

interface CheckRow {
  readonly name: string;
  readonly version: number;
  readonly inputs: (facts: DepositCheckFacts) => CheckInputs;
  /** Undefined where it passes. */
  readonly refuse: (facts: DepositCheckFacts) => CheckCode | undefined;
}

const rows: readonly CheckRow[] = [
  {
    name: "player-status",
    version: 1,
    inputs: ({ playerStatus }) => ({ status: playerStatus }),
    refuse: ({ playerStatus }) =>
      playerStatus === "ACTIVE" ? undefined : playerStatus === "CLOSED" ? "ACCOUNT_CLOSED" : "ACCOUNT_LOCKED",
  },
  {
    name: "amount-range",
    version: 1,
    inputs: ({ amount, rule, currency }) => ({
      amount: formatMinor(amount, currency),
      min: formatMinor(rule.minAmount, currency),
      max: formatMinor(rule.maxAmount, currency),
      currency,
    }),
    refuse: ({ amount, rule }) =>
      amount < rule.minAmount ? "DEPOSIT_BELOW_MIN" : amount > rule.maxAmount ? "DEPOSIT_ABOVE_MAX" : undefined,
  },
  {
    name: "velocity",
    version: 1,
    inputs: ({ triedThisHour, rule }) => ({ triedThisHour, mostAnHour: rule.mostAnHour }),
    refuse: ({ triedThisHour, rule }) => (triedThisHour >= rule.mostAnHour ? "DEPOSIT_TOO_OFTEN" : undefined),
  },
  {
    name: "instrument-owner",
    version: 1,
    inputs: ({ otherOwners }) => ({ otherOwners }),
    refuse: ({ otherOwners }) => (otherOwners > 0 ? "INSTRUMENT_NOT_OWN" : undefined),
  },
];

export interface CheckedDeposit {
  readonly checks: readonly DepositCheck[];
  /** The first check that refuses, and why; undefined where all pass. */
  readonly refusal: { readonly check: DepositCheck; readonly failure: Failure<CheckCode> } | undefined;
}

export function checkDeposit(facts: DepositCheckFacts): CheckedDeposit {
  let refusal: CheckedDeposit["refusal"];
  const checks = [...rows, ...gateRows(facts.gate)].map(({ name, version, inputs, refuse }): DepositCheck => {
    const code = refuse(facts);
    const check: DepositCheck = {
      name,
      version,
      outcome: code === undefined ? "PASS" : "REFUSE",
      inputs: inputs(facts),
    };
    // What others did with a card, and how a place was found out, is no business of whoever asks.
    const data = name === "instrument-owner" || name === "location" ? {} : { data: check.inputs };
    if (code !== undefined) refusal ??= { check, failure: { code, ...data } };
    return check;
  });
  return { checks, refusal };
}

function gateRows(gate: DepositCheckFacts["gate"]): readonly CheckRow[] {
  if (gate === undefined) return [];
  return depositGateChecks.map(({ name, version, inputs, refuse }) => ({
    name,
    version,
    inputs: () => inputs(gate, gate.atMs),
    refuse: () => refuse(gate, gate.atMs),
  }));
}
