/**
 * A break is something that two records of the same money tell differently. Reconciliations of every kind find them and
 * leave them here: this is their life as a table. The same table stands in the database, which refuses anything else.
 */
import { err, type Failure, ok, type Result } from "../../kernel/result.ts";

export const breakMachine = {
  OPEN: { assign: "ASSIGNED", propose: "PROPOSED", clear: "CLEARED" },
  ASSIGNED: { assign: "ASSIGNED", unassign: "OPEN", propose: "PROPOSED", clear: "CLEARED" },
  // What was proposed waits for a second person. A run that finds other amounts takes it back to its owner.
  PROPOSED: { decline: "ASSIGNED", change: "ASSIGNED", resolve: "RESOLVED", writeOff: "WRITTEN_OFF", clear: "CLEARED" },
  // A later run that finds it again with other amounts, or after it had gone by itself, opens it once more.
  RESOLVED: { reopen: "REOPENED" },
  WRITTEN_OFF: { reopen: "REOPENED" },
  CLEARED: { reopen: "REOPENED" },
  REOPENED: { assign: "ASSIGNED", propose: "PROPOSED", clear: "CLEARED" },
} as const satisfies Record<string, Partial<Record<string, string>>>;
export type BreakState = keyof typeof breakMachine;
export type BreakEvent = { [S in BreakState]: keyof (typeof breakMachine)[S] }[BreakState];

export const breakStates = Object.keys(breakMachine) as readonly BreakState[];

/** States in which somebody still has to do something. */
export const openBreakStates = ["OPEN", "ASSIGNED", "PROPOSED", "REOPENED"] as const satisfies readonly BreakState[];

export function isOpenBreak(state: BreakState): boolean {
  return (openBreakStates as readonly BreakState[]).includes(state);
}

export function moveBreakState(state: BreakState, event: BreakEvent): Result<BreakState, Failure<"BREAK_NOT_OPEN">> {
  const row: Partial<Record<BreakEvent, BreakState>> = breakMachine[state];
  const next = row[event];
  return next === undefined ? err("BREAK_NOT_OPEN", `It is ${state}.`) : ok(next);
}
