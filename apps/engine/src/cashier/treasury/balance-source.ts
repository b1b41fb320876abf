/** What a provider says that it owes the house: a port with one adapter for each provider's own way. */
import type { Currency } from "@pitboss/domain/wallet/currency";
import type { Asked } from "../psp/psp.ts";

/** Minor units. */
export interface ToldBalance {
  readonly currency: Currency;
  /** Ready to be paid out. */
  readonly available: bigint;
  /** Taken, and not ready yet. */
  readonly pending: bigint;
  /** Withheld against later losses; null where the provider doesn't tell it here. */
  readonly reserved: bigint | null;
}

export interface BalanceSource {
  /** The provider's code. */
  readonly code: string;
  read(): Promise<Asked<readonly ToldBalance[]>>;
}
