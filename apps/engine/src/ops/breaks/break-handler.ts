/** What each source of breaks brings: how its breaks may be ended, and what there is to see on both sides. */
import type { BreakRecord } from "@pitboss/db/ops/break-store";
import type { Transaction } from "@pitboss/db/kernel/executor";
import type { Result } from "@pitboss/domain/kernel/result";
import type { ResolutionMethod } from "@pitboss/domain/ops/breaks/break-types";
import type { BreakResolutionContent, HousePosting } from "@pitboss/domain/ops/breaks/resolution";
import type { RoundCorrection } from "@pitboss/domain/gaming/reconciliation/plan-corrections";
import type { ApprovalRecord } from "@pitboss/db/identity/approval-store";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import type { Acting } from "../../audit/acting.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";

export interface AskedResolution {
  readonly method: ResolutionMethod;
  /** What a POST is booked as: a difference that waits for its explanation, or a fee of the provider. */
  readonly booking: "CORRECTION" | "FEE";
  /** Records that are said to be the same, for MATCH. */
  readonly matches: readonly string[];
}

export interface PlannedResolution {
  readonly posting: HousePosting | null;
  /** What moves players' money; none where it is absent. */
  readonly corrections?: readonly RoundCorrection[];
  readonly matches: readonly string[];
}

/** One record that a break is about, as a person reads it. */
export interface BreakEvidence {
  readonly side: "OURS" | "THEIRS";
  /** A word of the source's own: `LEDGER`, `SETTLEMENT_LINE`, `BANK_ENTRY`. */
  readonly record: string;
  readonly facts: Readonly<Record<string, string>>;
}

export interface AppliedCorrection {
  readonly acting: Acting;
  readonly approval: ApprovalRecord;
  readonly found: BreakRecord;
  readonly content: BreakResolutionContent;
}

export interface BreakHandler {
  /** What would be posted or matched to end the break so; refused where it does not fit. */
  plan(deps: StaffDeps, found: BreakRecord, asked: AskedResolution): Promise<Result<PlannedResolution>>;
  /** Writes what belongs to an end without money, in its transaction, as a match by hand. */
  settle(tx: Transaction, found: BreakRecord, content: BreakResolutionContent): Promise<Result<undefined>>;
  /** Carries out what moves players' money, with the approval's end in the transaction of the last of it. */
  correct?(deps: StaffDeps, applied: AppliedCorrection): Promise<Result<JsonObject>>;
  /** The records on both sides. */
  show(deps: StaffDeps, found: BreakRecord): Promise<readonly BreakEvidence[]>;
}
