/**
 * The assets that the house takes on a chain. A chain counts more finely than the ledger where the ledger's 64 bits would
 * overflow (ETH has 18 decimals and is kept in gwei): what lies below the ledger's unit is cut off, never rounded up.
 */
import { err, ok, type Result } from "../kernel/result.ts";
import { exponentOf } from "../wallet/currency.ts";
import { formatMinor, largestAmount } from "../wallet/money.ts";

export const cryptoAssets = {
  BTC: { chain: "BITCOIN", decimals: 8 },
  ETH: { chain: "ETHEREUM", decimals: 18 },
  USDT: { chain: "ETHEREUM", decimals: 6 },
} as const satisfies Record<string, { chain: "BITCOIN" | "ETHEREUM"; decimals: number }>;

export type CryptoAsset = keyof typeof cryptoAssets;
export const cryptoAssetNames = Object.keys(cryptoAssets) as readonly CryptoAsset[];

export function isCryptoAsset(text: string): text is CryptoAsset {
  return Object.hasOwn(cryptoAssets, text);
}

export interface ChainAmount {
  /** What the ledger can hold of it, minor units. */
  readonly minor: bigint;
  /** True where the chain moved a little more than the ledger can tell. */
  readonly dust: boolean;
}

/** Reads an amount as a custodian writes it: a decimal number, up to the decimals of the chain. */
export function parseChainAmount(text: string, asset: CryptoAsset): Result<ChainAmount> {
  const [, whole, fraction = ""] = /^([0-9]{1,20})(?:\.([0-9]{1,30}))?$/.exec(text) ?? [];
  if (whole === undefined) return err("AMOUNT_INVALID", `${text} is not an amount of ${asset}.`);
  const { decimals } = cryptoAssets[asset];
  if (/[1-9]/.test(fraction.slice(decimals))) {
    return err("AMOUNT_INVALID", `${text} has more decimals than ${asset} has.`);
  }
  const kept = exponentOf(asset);
  const minor = BigInt(whole + fraction.slice(0, kept).padEnd(kept, "0"));
  if (minor > largestAmount) return err("AMOUNT_INVALID", `${text} ${asset} is more than an account can hold.`);
  return ok({ minor, dust: /[1-9]/.test(fraction.slice(kept)) });
}

/** As a custodian takes it: without zeros that say nothing. */
export function formatChainAmount(minor: bigint, asset: CryptoAsset): string {
  const text = formatMinor(minor, asset);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
