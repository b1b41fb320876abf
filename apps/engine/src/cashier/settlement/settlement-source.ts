/** A provider's settlement reports: a port with one adapter for each provider's own way and format. */
import type { Failure, Result } from "@pitboss/domain/kernel/result";
import type { SettlementReport } from "@pitboss/domain/cashier/settlement";
import type { Asked } from "../psp/psp.ts";

export interface SettlementSource {
  /** The provider's code. */
  readonly code: string;
  /** Reports of payouts that were made since then, by names that `fetch` takes. */
  list(since: Date): Promise<Asked<readonly string[]>>;
  /** The file as the provider writes it. */
  fetch(name: string): Promise<Asked<string>>;
  /** The payouts that a file explains, one for each payout and currency. */
  parse(text: string): Result<readonly SettlementReport[], Failure<"REPORT_UNREADABLE">>;
}
