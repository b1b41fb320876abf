/**
 * Who keeps the house's money on chains: a port with one adapter for each custodian. It gives addresses to players, tells
 * what comes to them, sends what leaves, and says what it holds. It guesses nothing: what was not answered has to be
 * asked again, and a webhook is a hint alone: what it is about is read anew, so that late and mixed-up ones do no harm.
 */
import type { CryptoAsset } from "@pitboss/domain/cashier/crypto-asset";
import type { Asked, WebhookReading } from "../psp/psp.ts";

/** One transfer as the custodian tells of it. */
export interface ChainTransfer {
  /** The custodian's own id of it. */
  readonly id: string;
  /** The house's id, of what the house sent. */
  readonly externalId: string | null;
  readonly asset: CryptoAsset;
  /** Decimal, as fine as the chain counts. */
  readonly amount: string;
  readonly state: "PENDING" | "BROADCAST" | "CONFIRMING" | "COMPLETED" | "FAILED";
  /** The custodian's word for where it is, and for why it failed. */
  readonly status: string;
  readonly reason: string | null;
  /** The account of ours that it came to; null where it left. */
  readonly vault: string | null;
  readonly address: string;
  /** Addresses that it came from, as far as they are known. */
  readonly sources: readonly string[];
  readonly hash: string | null;
  readonly confirmations: number;
  readonly fee: { readonly asset: string; readonly amount: string } | null;
}

export interface ChainOrder {
  /** The house's id, which the custodian takes once for ever. */
  readonly externalId: string;
  readonly idempotencyKey: string;
  readonly playerId: string;
  readonly asset: CryptoAsset;
  /** Decimal. */
  readonly amount: string;
  readonly address: string;
}

export interface CustodyAmounts {
  /** Decimal. */
  readonly total: string;
  readonly available: string;
}

export type ChainSent =
  | { readonly kind: "accepted"; readonly id: string }
  /** A no to the order itself: it was not sent, and will not be. */
  | { readonly kind: "refused"; readonly code: string; readonly why: string }
  | { readonly kind: "unanswered"; readonly why: string };

export type ChainEvent =
  | { readonly kind: "transfer"; readonly id: string }
  | { readonly kind: "nothing"; readonly why: string }
  | { readonly kind: "unknown"; readonly why: string };

export interface Custodian {
  readonly code: string;
  readonly name: string;
  /** The account that payouts leave from. */
  readonly hotVault: string;
  /** An address for this player; the same for the same player and asset. */
  openAddress(
    playerId: string,
    asset: CryptoAsset,
  ): Promise<Asked<{ readonly vault: string; readonly address: string }>>;
  send(order: ChainOrder): Promise<ChainSent>;
  /** Undefined where it has none. */
  findTransfer(id: string): Promise<Asked<ChainTransfer | undefined>>;
  findSent(externalId: string): Promise<Asked<ChainTransfer | undefined>>;
  readBalance(vault: string, asset: CryptoAsset): Promise<Asked<CustodyAmounts>>;
  /** Checks the signature on the raw bytes. It may have to read the custodian's keys. */
  readWebhook(body: Buffer, headers: Readonly<Record<string, string>>, nowMs: number): Promise<WebhookReading>;
  readonly keptHeaders: readonly string[];
  readonly webhookAnswer: { readonly type: string; readonly body: string };
  readEvent(body: Buffer): ChainEvent;
}
