/** The public contract of money over chains: addresses that it comes to, and wallets that it goes to. */
import { z } from "zod";
import { plainText } from "../kernel/plain-text.ts";
import { currencies, type Currency } from "../wallet/currency.ts";
import { type CryptoAsset, cryptoAssetNames, isCryptoAsset } from "./crypto-asset.ts";

const playerId = z.string().max(20).meta({ example: "p_1" });
const asset = z.enum(cryptoAssetNames as [CryptoAsset, ...CryptoAsset[]]).meta({ example: "BTC" });
const fiat = (Object.keys(currencies) as Currency[]).filter((code) => !isCryptoAsset(code));

export const depositAddressBody = z
  .strictObject({
    playerId,
    asset,
    convertTo: z
      .enum(fiat as [Currency, ...Currency[]])
      .nullable()
      .optional()
      .meta({
        description:
          "What comes is converted to this currency at the rate of that moment. Left out or null keeps it as it is.",
        example: "EUR",
      }),
  })
  .meta({ id: "AskDepositAddress", examples: [{ playerId: "p_1", asset: "BTC", convertTo: "EUR" }] });

const addressFields = {
  asset,
  network: z.string().meta({ example: "BITCOIN" }),
  address: z.string().meta({ example: "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4" }),
  convertTo: z.string().nullable().meta({ example: "EUR" }),
  confirmations: z
    .int()
    .meta({ description: "How many blocks a deposit waits for before it is credited.", example: 2 }),
};

export const depositAddressAnswer = z.object(addressFields).meta({
  id: "DepositAddress",
  examples: [
    {
      asset: "BTC",
      network: "BITCOIN",
      address: "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
      convertTo: "EUR",
      confirmations: 2,
    },
  ],
});

export const walletBody = z
  .strictObject({
    playerId,
    asset,
    address: z.string().min(20).max(100).meta({ example: "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4" }),
    hosting: z.enum(["self", "provider"]).meta({
      description: "Whether the player keeps the wallet, or somebody keeps it for them, as an exchange.",
      example: "provider",
    }),
    provider: plainText(2, 80).optional().meta({
      description: "Who keeps it; named where somebody does.",
      example: "Kraken",
    }),
  })
  .refine(({ hosting, provider }) => (hosting === "provider") === (provider !== undefined), {
    path: ["provider"],
    message: "A provider is named where one keeps the wallet, and only there.",
  })
  .meta({
    id: "BringWallet",
    examples: [
      {
        playerId: "p_1",
        asset: "BTC",
        address: "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        hosting: "provider",
        provider: "Kraken",
      },
    ],
  });
export type WalletBody = z.infer<typeof walletBody>;
