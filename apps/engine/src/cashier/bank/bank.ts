/**
 * A bank that holds an account of the house: a port. It takes files of payments, says where they stand, and tells what
 * moves on the account. It guesses nothing: what was not answered is `unanswered`, and has to be asked again.
 */
import type { Currency } from "@pitboss/domain/wallet/currency";
import type { Asked, WebhookReading } from "../psp/psp.ts";
import type { BankSettings } from "./bank-settings.ts";

export interface PaymentStatus {
  /** The house's own id of the payment. */
  readonly endToEndId: string;
  readonly state: "PENDING" | "PAID" | "FAILED";
  /** The bank's word, `ACCP`, `ACSC`, `RJCT`, `PDNG`. */
  readonly status: string;
  /** Why it was not paid, ISO 20022 external code. */
  readonly reason: string | null;
  /** The bank's reference of the order; null where it took none. */
  readonly reference: string | null;
  /** What was paid, minor units; null where the bank does not say, and then it is what was ordered. */
  readonly settled: bigint | null;
}

/** Where a file stands, or some of its payments. */
export interface StatusReport {
  readonly id: string;
  readonly messageId: string;
  readonly status: string;
  /** Why nothing of it was taken; null where it was. */
  readonly refused: string | null;
  readonly payments: readonly PaymentStatus[];
}

/** One movement on the account. */
export interface Movement {
  /** The bank's own reference of it, the same in every message that tells it. */
  readonly reference: string;
  /** Minor units of the account's currency; below zero where it left. */
  readonly amount: bigint;
  readonly currency: Currency;
  readonly bookedOn: string;
  readonly endToEndId: string | null;
  /** The bank's reference of the order that it executes, or takes back. */
  readonly order: string | null;
  /** What stands where a reference belongs, and what was written in words. */
  readonly creditorReference: string | null;
  readonly remittance: string | null;
  readonly name: string | null;
  readonly iban: string | null;
  /** Why an order of ours came back. */
  readonly returnReason: string | null;
}

/** What a message tells of the account. */
export interface MovementReport {
  readonly id: string;
  readonly iban: string;
  readonly movements: readonly Movement[];
}

export type BankMessage =
  | { readonly kind: "status"; readonly report: StatusReport }
  | { readonly kind: "movements"; readonly reports: readonly MovementReport[] }
  | { readonly kind: "unknown"; readonly why: string };

export interface PaymentFile {
  readonly messageId: string;
  readonly at: Date;
  readonly payments: readonly {
    readonly endToEndId: string;
    readonly amount: bigint;
    readonly name: string;
    readonly iban: string;
    readonly remittance: string;
  }[];
}

export interface Bank {
  readonly code: string;
  readonly name: string;
  readonly account: BankSettings["account"];
  readonly batchMs: number;
  /** Payment services by the accounts that they pay from. */
  readonly settlers: ReadonlyMap<string, string>;
  /** Before this has passed its "no such file" is not believed, ms. */
  readonly quietMs: number;
  /** How long it takes a file under the same id once, ms. */
  readonly keyLivesMs: number;
  /** The bytes that are sent; the same for the same file. */
  renderFile(file: PaymentFile): Buffer;
  submit(file: Buffer): Promise<Asked<StatusReport>>;
  /** Undefined where it has no such file. */
  findFile(messageId: string): Promise<Asked<StatusReport | undefined>>;
  findPayment(endToEndId: string): Promise<Asked<StatusReport | undefined>>;
  /** Ids of the statements behind that one, or of all. */
  listStatements(after: string | null): Promise<Asked<readonly string[]>>;
  readStatement(id: string): Promise<Asked<string>>;
  readWebhook(body: Buffer, headers: Readonly<Record<string, string>>, nowMs: number): WebhookReading;
  readMessage(body: Buffer): BankMessage;
  readonly keptHeaders: readonly string[];
  readonly webhookAnswer: { readonly type: string; readonly body: string };
}
