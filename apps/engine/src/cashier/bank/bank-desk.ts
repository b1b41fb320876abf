/** What money by bank transfer takes beside everything else. */
import type { Bank } from "./bank.ts";
import type { BankVault } from "./bank-vault.ts";

export interface BankDesk {
  readonly banks: ReadonlyMap<string, Bank>;
  readonly vault: BankVault;
}
