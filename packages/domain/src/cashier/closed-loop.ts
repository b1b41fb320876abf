/**
 * The closed loop: money goes back to where it came from, up to what came from there; what was won beyond that goes to
 * a verified instrument, and only once every source has had its own back (Money Laundering Regulations and the card
 * schemes' rules on refunds both want it so). One currency at a time; amounts in minor units.
 */

/** An instrument by what it is, whoever's token names it, of one player. */
export interface PaymentSource {
  readonly fingerprint: string;
  /** The newest instrument of this kind, as its owner knows it. */
  readonly instrumentId: bigint;
  /** Credited deposits from it. */
  readonly deposited: bigint;
  /** Payouts to it that were paid or are on their way. */
  readonly paidOut: bigint;
  /** False where it can't take money, as an expired card. */
  readonly usable: boolean;
}

export interface LoopFacts {
  readonly amount: bigint;
  readonly fingerprint: string;
  readonly sources: readonly PaymentSource[];
}

export type LoopDecision =
  /** How much of it goes back to where it came from; the rest is winnings. */
  | { readonly allowed: true; readonly returned: bigint; readonly winnings: bigint }
  /** Another source comes first: so much has to go there. */
  | { readonly allowed: false; readonly room: bigint; readonly first: PaymentSource; readonly firstRoom: bigint };

export function roomOf({ deposited, paidOut }: PaymentSource): bigint {
  return deposited > paidOut ? deposited - paidOut : 0n;
}

export function decideLoop({ amount, fingerprint, sources }: LoopFacts): LoopDecision {
  const own = sources.find((source) => source.fingerprint === fingerprint);
  const room = own === undefined ? 0n : roomOf(own);
  if (amount <= room) return { allowed: true, returned: amount, winnings: 0n };
  const [first] = sources
    .filter((source) => source.fingerprint !== fingerprint && source.usable && roomOf(source) > 0n)
    .sort((a, b) => (roomOf(a) < roomOf(b) ? 1 : -1));
  if (first !== undefined) return { allowed: false, room, first, firstRoom: roomOf(first) };
  return { allowed: true, returned: room, winnings: amount - room };
}
