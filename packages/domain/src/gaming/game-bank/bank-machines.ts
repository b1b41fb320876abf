/**
 * The life of a game bank and of a transfer to or from it, as tables. A transfer is written down as sent before the
 * provider hears of it; what the provider did not answer is UNKNOWN, and is asked about before it is sent again.
 */
export const bankSessionMachine = {
  OPENING: { open: "OPEN", fail: "FAILED" },
  OPEN: { close: "CLOSING" },
  CLOSING: { end: "CLOSED" },
  CLOSED: {},
  FAILED: {},
} as const satisfies Record<string, Readonly<Record<string, string>>>;
export type BankSessionState = keyof typeof bankSessionMachine;
export const bankSessionStates = Object.keys(bankSessionMachine) as readonly BankSessionState[];

export const bankTransferMachine = {
  REQUESTED: { send: "SENT" },
  SENT: { confirm: "DONE", refuse: "REFUSED", lose: "UNKNOWN" },
  UNKNOWN: { confirm: "DONE", refuse: "REFUSED", resend: "SENT" },
  DONE: {},
  REFUSED: {},
} as const satisfies Record<string, Readonly<Record<string, string>>>;
export type BankTransferState = keyof typeof bankTransferMachine;
export const bankTransferStates = Object.keys(bankTransferMachine) as [BankTransferState, ...BankTransferState[]];

type EventsOf<M> = { [S in keyof M]: keyof M[S] }[keyof M] & string;
export type BankSessionEvent = EventsOf<typeof bankSessionMachine>;
export type BankTransferEvent = EventsOf<typeof bankTransferMachine>;

export const bankDirections = ["IN", "OUT"] as const;
export type BankDirection = (typeof bankDirections)[number];

export const bankCloseReasons = ["PLAYER", "EXPIRED", "BARRED", "STAFF"] as const;
export type BankCloseReason = (typeof bankCloseReasons)[number];

export function isTransferOver(state: BankTransferState): boolean {
  return state === "DONE" || state === "REFUSED";
}
