/** The life of an alert. Alerts of the AML desk go into a case at once, and are closed with it. */
export const alertMachine = {
  OPEN: { take: "TAKEN", dismiss: "DISMISSED", confirm: "CONFIRMED" },
  TAKEN: { release: "OPEN", dismiss: "DISMISSED", confirm: "CONFIRMED" },
  DISMISSED: { reopen: "OPEN" },
  CONFIRMED: { reopen: "OPEN" },
} as const satisfies Record<string, Partial<Record<string, string>>>;

export type AlertState = keyof typeof alertMachine;
export const alertStates = Object.keys(alertMachine) as readonly AlertState[];
export const alertDecisions = ["take", "release", "dismiss", "confirm", "reopen"] as const;
export type AlertDecision = (typeof alertDecisions)[number];

export function alertStateAfter(state: AlertState, event: AlertDecision): AlertState | undefined {
  const row: Partial<Record<AlertDecision, AlertState>> = alertMachine[state];
  return row[event];
}
