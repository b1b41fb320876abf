/** What Fireblocks says of a transaction, in the house's words (https://developers.fireblocks.com/reference/primary-transaction-statuses). */
import { type CryptoAsset, cryptoAssetNames } from "@pitboss/domain/cashier/crypto-asset";
import { z } from "zod";
import type { ChainTransfer } from "../custodian.ts";

/** Fireblocks' names of the assets. */
export const assetIds: Readonly<Record<CryptoAsset, string>> = { BTC: "BTC", ETH: "ETH", USDT: "USDT_ERC20" };

function assetOfId(id: string): CryptoAsset | undefined {
  return cryptoAssetNames.find((asset) => assetIds[asset] === id);
}

const party = z.object({ type: z.string(), id: z.string().nullish() });

export const fireblocksTransaction = z.object({
  id: z.string().min(1).max(100),
  externalTxId: z.string().nullish(),
  assetId: z.string(),
  status: z.string(),
  subStatus: z.string().nullish(),
  txHash: z.string().nullish(),
  numOfConfirmations: z.int().min(0).nullish(),
  source: party,
  sourceAddress: z.string().nullish(),
  destination: party,
  destinationAddress: z.string().nullish(),
  amountInfo: z.object({ amount: z.string() }),
  feeInfo: z.object({ networkFee: z.string().nullish() }).nullish(),
  feeCurrency: z.string().nullish(),
});
export type FireblocksTransaction = z.infer<typeof fireblocksTransaction>;

export const fireblocksEvent = z.object({
  id: z.string().min(1).max(100),
  eventType: z.string().min(1).max(100),
  eventVersion: z.number(),
  resourceId: z.string().nullish(),
  createdAt: z.int(),
  data: z.unknown(),
});

export const fireblocksError = z.object({ code: z.int().nullish(), message: z.string().nullish() });

type State = ChainTransfer["state"];
const states: Readonly<Record<string, State>> = {
  BROADCASTING: "BROADCAST",
  CONFIRMING: "CONFIRMING",
  COMPLETED: "COMPLETED",
  CANCELLED: "FAILED",
  BLOCKED: "FAILED",
  REJECTED: "FAILED",
  FAILED: "FAILED",
};

/** Undefined where it is in an asset that the house does not take. */
export function readTransaction(transaction: FireblocksTransaction): ChainTransfer | undefined {
  const asset = assetOfId(transaction.assetId);
  if (asset === undefined) return undefined;
  const { source, destination, status, subStatus, sourceAddress, feeInfo } = transaction;
  const incoming = destination.type === "VAULT_ACCOUNT" && source.type !== "VAULT_ACCOUNT";
  return {
    id: transaction.id,
    externalId: transaction.externalTxId ?? null,
    asset,
    amount: transaction.amountInfo.amount,
    // Words that are not in the table are of the time before it is sent.
    state: states[status] ?? "PENDING",
    status,
    reason: subStatus == null || subStatus === "" ? null : subStatus,
    vault: incoming ? (destination.id ?? null) : null,
    address: transaction.destinationAddress ?? "",
    sources: (sourceAddress ?? "").split(",").flatMap((address) => (address.trim() === "" ? [] : [address.trim()])),
    hash: transaction.txHash == null || transaction.txHash === "" ? null : transaction.txHash,
    confirmations: transaction.numOfConfirmations ?? 0,
    fee:
      feeInfo?.networkFee == null
        ? null
        : { asset: transaction.feeCurrency ?? transaction.assetId, amount: feeInfo.networkFee },
  };
}
