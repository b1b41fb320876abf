/** What each kind of proposal brings to the primitive: how it is described when proposed, and how it is applied. */
import type { ApprovalRecord } from "@pitboss/db/identity/approval-store";
import type { Transaction } from "@pitboss/db/kernel/executor";
import type { Envelope } from "@pitboss/db/wallet/door/envelope";
import type { ProposedMoney } from "@pitboss/domain/identity/approval-policy";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import type { Result } from "@pitboss/domain/kernel/result";
import type { Acting } from "../../audit/acting.ts";
import type { TakeNote } from "../../audit/with-audit.ts";
import type { StaffActor } from "../actor.ts";
import type { StaffDeps } from "../staff-deps.ts";

export interface Described {
  /** What is hashed and approved: the input with the facts that it was proposed on. */
  readonly content: JsonObject;
  readonly summary: string;
  readonly subject: { readonly kind: string; readonly id: string };
  /** What it moves, by currency. One that moves a single currency also shows it as its amount. */
  readonly sums?: readonly ProposedMoney[];
  /** How many others it takes at least, where what is proposed says so itself; a policy can ask for more. */
  readonly others?: number;
  /** How many records it reaches, where there may be many. */
  readonly items?: number;
  /** Writes what belongs to the proposal beside its row, in the same transaction. */
  readonly attach?: (tx: Transaction, approvalId: bigint) => Promise<void>;
}

/** `C` is the content as it is kept and approved, `I` what it is made from. */
export interface KindHandler<C, I = C> {
  describe(deps: StaffDeps, input: I, maker: StaffActor): Promise<Result<Described>>;
  readonly apply: ApplyHere<C> | ApplyAtDoor<C> | ApplyInSteps<C>;
}

/** Applied in the transaction that also marks the proposal as applied. */
interface ApplyHere<C> {
  readonly where: "here";
  run(work: ApplyWork<C>): Promise<Result<JsonObject>>;
}

/** Applied by the ledger's door, which marks the proposal in the same transaction. */
interface ApplyAtDoor<C> {
  readonly where: "door";
  envelope(content: C, approval: ApprovalRecord): Result<Pick<Envelope, "command" | "requestId" | "alongside">>;
}

/**
 * Applied in many transactions, each of which leaves its mark, so that it goes on where it was cut off. It marks the
 * proposal as applied with the last of them; until then a background job comes back to it.
 */
interface ApplyInSteps<C> {
  readonly where: "steps";
  run(
    work: Pick<ApplyWork<C>, "deps" | "content" | "approval"> & { readonly acting: Acting },
  ): Promise<Result<JsonObject>>;
}

export interface ApplyWork<C> {
  readonly tx: Transaction;
  readonly deps: StaffDeps;
  readonly content: C;
  readonly approval: ApprovalRecord;
  readonly note: TakeNote;
}
