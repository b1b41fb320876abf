/**
 * The life of an AML case and of a report of suspicious activity, as tables. A case gathers a player's alerts; what it
 * comes to is a decision with a reason. A report leaves the house only after a second person has said yes to its very text.
 */
export const amlCaseMachine = {
  OPEN: { take: "IN_REVIEW" },
  IN_REVIEW: { release: "OPEN", escalate: "ESCALATED", clear: "CLEARED", report: "REPORTED" },
  /** Before the money laundering reporting officer. */
  ESCALATED: { return: "IN_REVIEW", clear: "CLEARED", report: "REPORTED" },
  CLEARED: { reopen: "IN_REVIEW" },
  REPORTED: { reopen: "IN_REVIEW" },
} as const satisfies Record<string, Partial<Record<string, string>>>;

export type AmlCaseState = keyof typeof amlCaseMachine;
export const amlCaseStates = Object.keys(amlCaseMachine) as readonly AmlCaseState[];
export const openAmlCaseStates = ["OPEN", "IN_REVIEW", "ESCALATED"] as const satisfies readonly AmlCaseState[];

/** What a person decides; `report` is what filing a report brings with it. */
export const amlDecisions = ["take", "release", "escalate", "return", "clear", "reopen"] as const;
export type AmlDecision = (typeof amlDecisions)[number];

/** Undefined where the event can't happen in this state. */
export function amlStateAfter(state: AmlCaseState, event: AmlDecision | "report"): AmlCaseState | undefined {
  const row: Partial<Record<AmlDecision | "report", AmlCaseState>> = amlCaseMachine[state];
  return row[event];
}

export const sarMachine = {
  DRAFT: { edit: "DRAFT", file: "FILED", discard: "DISCARDED" },
  FILED: { acknowledge: "ACKNOWLEDGED" },
  ACKNOWLEDGED: {},
  DISCARDED: {},
} as const satisfies Record<string, Partial<Record<string, string>>>;

export type SarState = keyof typeof sarMachine;
export const sarStates = Object.keys(sarMachine) as readonly SarState[];
export type SarEvent = "edit" | "file" | "discard" | "acknowledge";

export function sarStateAfter(state: SarState, event: SarEvent): SarState | undefined {
  const row: Partial<Record<SarEvent, SarState>> = sarMachine[state];
  return row[event];
}
