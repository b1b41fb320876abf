/**
 * A file of payments for the bank. It is the bank's once the bank said so; a file whose answer did not come is asked
 * about before it is sent again, byte for byte and under the same id.
 */
export const batchMachine = {
  GATHERING: { build: "BUILT", drop: "EMPTY" },
  BUILT: { submit: "SUBMITTED" },
  SUBMITTED: { accept: "ACCEPTED", refuse: "REFUSED", lose: "UNKNOWN" },
  UNKNOWN: { accept: "ACCEPTED", refuse: "REFUSED", resubmit: "SUBMITTED" },
  // Each payment in it goes its own way from here on.
  ACCEPTED: {},
  REFUSED: {},
  EMPTY: {},
} as const satisfies Record<string, Readonly<Record<string, string>>>;
export type BatchState = keyof typeof batchMachine;

export const batchStates = Object.keys(batchMachine) as readonly BatchState[];

type EventsOf<S extends BatchState> = S extends BatchState ? keyof (typeof batchMachine)[S] : never;
export type BatchEvent = EventsOf<BatchState>;

export function batchAfter(state: BatchState, event: BatchEvent): BatchState | undefined {
  const moves: Readonly<Partial<Record<string, BatchState>>> = batchMachine[state];
  return Object.hasOwn(moves, event) ? moves[event] : undefined;
}
