/**
 * The life of a bet and of a round as tables: what may follow what. The drawings in docs/state-machines.md are made
 * from these tables, and the decisions ask them.
 */
import type { BetStatus, RoundStatus } from "../wallet/ledger-codes.ts";

export const betMachine = {
  HELD: { settle: "SETTLED", settlePart: "HELD", void: "VOIDED", rollback: "VOIDED" },
  SETTLED: { pay: "SETTLED", correct: "CORRECTED" },
  CORRECTED: { pay: "CORRECTED", correct: "CORRECTED" },
  VOIDED: {},
} as const satisfies Record<BetStatus, Partial<Record<string, BetStatus>>>;

export const roundMachine = {
  OPEN: { close: "CLOSED", age: "STALE" },
  CLOSED: { lateCredit: "LATE_CREDITED" },
  LATE_CREDITED: { lateCredit: "LATE_CREDITED" },
  STALE: { void: "VOIDED" },
  VOIDED: {},
} as const satisfies Record<RoundStatus, Partial<Record<string, RoundStatus>>>;

type Machine = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The machine as a Mermaid state diagram, for the docs. */
export function drawMachine(machine: Machine, initial: string): string {
  const lines = ["stateDiagram-v2", `  [*] --> ${initial}`];
  for (const [from, moves] of Object.entries(machine)) {
    for (const [event, to] of Object.entries(moves)) lines.push(`  ${from} --> ${to}: ${event}`);
    if (Object.keys(moves).length === 0) lines.push(`  ${from} --> [*]`);
  }
  return `${lines.join("\n")}\n`;
}
