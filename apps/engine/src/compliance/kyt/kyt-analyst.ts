/** Who knows the past of addresses on chains: a port. What it tells is alerts; what they mean the house decides itself. */
import type { CryptoAsset } from "@pitboss/domain/cashier/crypto-asset";
import type { ChainAlert } from "@pitboss/domain/compliance/kyt/decide-kyt";
import type { JsonObject } from "@pitboss/domain/kernel/json";

export interface KytQuestion {
  readonly direction: "IN" | "OUT";
  readonly playerId: string;
  /** The house's own name of what is asked about: the same question again is the same one to the analyst. */
  readonly reference: string;
  readonly asset: CryptoAsset;
  /** Decimal. */
  readonly amount: string;
  /** Where it came to, or is to go. */
  readonly address: string;
  /** The chain's id of it; null before it was sent. */
  readonly hash: string | null;
  readonly atMs: number;
}

export type KytAnswer =
  | { readonly kind: "answered"; readonly alerts: readonly ChainAlert[]; readonly raw: JsonObject }
  /** It is being looked at: ask again. */
  | { readonly kind: "pending" }
  | { readonly kind: "unanswered"; readonly why: string };

export interface KytAnalyst {
  readonly code: string;
  ask(question: KytQuestion): Promise<KytAnswer>;
}
