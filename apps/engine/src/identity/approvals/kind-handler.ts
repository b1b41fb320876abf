/** What each kind of proposal brings to the primitive: how it is described when proposed, and how it is applied. */
import type { ApprovalRecord } from "@pitboss/db/identity/approval-store";
import type { Transaction } from "@pitboss/db/kernel/executor";
import type { Envelope } from "@pitboss/db/wallet/door/envelope";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import type { Result } from "@pitboss/domain/kernel/result";
import type { Currency } from "@pitboss/domain/wallet/currency";
import type { TakeNote } from "../../audit/with-audit.ts";
import type { StaffActor } from "../actor.ts";
import type { StaffDeps } from "../staff-deps.ts";

export interface Described {
  /** What is hashed and approved: the input with the facts that it was proposed on. */
  readonly content: JsonObject;
  readonly summary: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly money?: { readonly amount: bigint; readonly currency: Currency };
}

export interface KindHandler<C> {
  describe(deps: StaffDeps, content: C, maker: StaffActor): Promise<Result<Described>>;
  readonly apply: ApplyHere<C> | ApplyAtDoor<C>;
}

/** Applied in the transaction that also marks the proposal as applied. */
interface ApplyHere<C> {
  readonly where: "here";
  run(work: ApplyWork<C>): Promise<Result<JsonObject>>;
}

/** Applied by the ledger's door, which marks the proposal in the same transaction. */
interface ApplyAtDoor<C> {
  readonly where: "door";
  envelope(content: C, approval: ApprovalRecord): Result<Pick<Envelope, "command" | "requestId">>;
}

export interface ApplyWork<C> {
  readonly tx: Transaction;
  readonly deps: StaffDeps;
  readonly content: C;
  readonly approval: ApprovalRecord;
  readonly note: TakeNote;
}
