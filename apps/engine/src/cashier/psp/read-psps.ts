/**
 * The providers that the house works with, from a file that holds their addresses and secrets. A house without the file
 * takes no deposits.
 */
import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { Logger } from "../../kernel/log.ts";
import { custodianSettings, serviceSettings } from "../custody/custodian-settings.ts";
import { adapters } from "./adapters.ts";
import type { Psp } from "./psp.ts";

const pspSettings = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
  name: z.string().min(1).max(80),
  adapter: z.enum(["stripe", "adyen", "checkout"]),
  url: z.url({ protocol: /^https?$/ }),
  secretKey: z.string().min(16),
  /** Adyen's merchant account, Checkout.com's processing channel; Stripe has none. */
  merchant: z.string().min(1).max(80).optional(),
  /** Whose balances are read: Adyen's balance account, Checkout.com's entity. Without it those two tell none. */
  balanceAccount: z.string().min(1).max(80).optional(),
  /** Where, if not at `url`: both have hosts of their own for it. */
  balanceUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** Several while a secret is being changed: each of them is believed. */
  webhookSecrets: z.array(z.string().min(16)).min(1).max(4),
});

export const pspFile = z.strictObject({
  psps: z.array(pspSettings).max(20),
  custodians: z.array(custodianSettings).max(4).default([]),
  /** Who looks at the past of addresses on chains. */
  kyt: serviceSettings.optional(),
  /** Who tells other providers who sends and who receives. */
  travelRule: serviceSettings.optional(),
});
export type PspFile = z.infer<typeof pspFile>;
export type PspSettings = z.infer<typeof pspSettings>;

export async function readPsps(path: string, production: boolean, log: Logger): Promise<ReadonlyMap<string, Psp>> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) {
    log.warn({ path }, "there is no file of payment providers, so that deposits are not offered");
    return new Map();
  }
  const { psps } = pspFile.parse(JSON.parse(text));
  for (const { code, url, balanceUrl = url } of psps) {
    if (production && !(url.startsWith("https:") && balanceUrl.startsWith("https:")))
      throw new Error(`In production ${code} is reached over https.`);
  }
  return new Map(psps.map((settings) => [settings.code, adapters[settings.adapter](settings)]));
}
