/** A batch of commands that the rules have decided, as it is written. */
import type { Accepted, Refused } from "@pitboss/domain/wallet/book";
import type { GateState } from "@pitboss/domain/risk/gate-state";
import type { Envelope } from "./envelope.ts";

export interface AcceptedCommand {
  readonly envelope: Envelope;
  readonly decision: Accepted;
  /** The first answer as it goes over the wire; null on a placed bet, whose answer is in the bet's row. */
  readonly answer: string | null;
}

export interface RefusedCommand {
  readonly envelope: Envelope;
  readonly decision: Refused;
  /** False where the same request may succeed later, so that its refusal is not its answer for ever. */
  readonly final: boolean;
}

/** An event that the ledger's rows don't tell by themselves. */
export type SideEvent = Readonly<Record<string, unknown>> & { readonly type: string };

export interface Batch {
  readonly firstId: bigint;
  readonly stripe: number | undefined;
  readonly accepted: readonly AcceptedCommand[];
  readonly refused: readonly RefusedCommand[];
  readonly events: readonly SideEvent[];
  /** What the gate knows of the batch's players; those that it moved are written. */
  readonly gates?: Iterable<GateState>;
}
