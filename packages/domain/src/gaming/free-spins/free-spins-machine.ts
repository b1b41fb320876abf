/**
 * The life of free spins that the house has issued with a provider, as a table. An issue is written down as sent before
 * the provider hears of it; what it did not answer is UNKNOWN, and is asked about before it is sent again. What the
 * provider says of the end is the end, from wherever it comes: it is also what the house pays.
 */
const told = { play: "PLAYED", expire: "EXPIRED", cancel: "CANCELLED" } as const;

export const freeSpinsMachine = {
  REQUESTED: { send: "SENT" },
  SENT: { confirm: "ISSUED", refuse: "FAILED", lose: "UNKNOWN", start: "ACTIVE", ...told },
  UNKNOWN: { confirm: "ISSUED", refuse: "FAILED", resend: "SENT", start: "ACTIVE", ...told },
  ISSUED: { start: "ACTIVE", recall: "RECALLING", ...told },
  ACTIVE: { recall: "RECALLING", ...told },
  RECALLING: { keep: "ACTIVE", ...told },
  PLAYED: {},
  CANCELLED: told,
  EXPIRED: told,
  FAILED: told,
} as const satisfies Record<string, Readonly<Record<string, string>>>;
export type FreeSpinsState = keyof typeof freeSpinsMachine;
export const freeSpinsStates = Object.keys(freeSpinsMachine) as [FreeSpinsState, ...FreeSpinsState[]];

export type FreeSpinsEvent = { [S in FreeSpinsState]: keyof (typeof freeSpinsMachine)[S] }[FreeSpinsState];

const over: ReadonlySet<FreeSpinsState> = new Set(["PLAYED", "CANCELLED", "EXPIRED", "FAILED"]);

export function areFreeSpinsOver(state: FreeSpinsState): boolean {
  return over.has(state);
}

export function mayRecall(state: FreeSpinsState): boolean {
  return "recall" in freeSpinsMachine[state];
}
