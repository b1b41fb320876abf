/**
 * The verification vendor that the house works with, from a file that holds its address and secrets. A house without the
 * file verifies with its own people alone.
 */
import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { KycVendor } from "./kyc-vendor.ts";
import { createSumsubVendor } from "./sumsub/sumsub-vendor.ts";

export const kycVendorFile = z.strictObject({
  name: z.string().min(1).max(80),
  adapter: z.literal("sumsub"),
  url: z.url({ protocol: /^https?$/ }),
  appToken: z.string().min(16),
  secretKey: z.string().min(16),
  /** Several while a secret is being changed: each of them is believed. */
  webhookSecrets: z.array(z.string().min(16)).min(1).max(4),
  /** The vendor's levels, by the house's own. */
  levels: z.strictObject({ "1": z.string().min(1), "2": z.string().min(1), "3": z.string().min(1) }),
});
export type KycVendorSettings = z.infer<typeof kycVendorFile>;

export async function readKycVendor(path: string, production: boolean): Promise<KycVendor | undefined> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const settings = kycVendorFile.parse(JSON.parse(text));
  if (production && !settings.url.startsWith("https:")) {
    throw new Error(`In production ${settings.name} is reached over https.`);
  }
  return createSumsubVendor(settings);
}
