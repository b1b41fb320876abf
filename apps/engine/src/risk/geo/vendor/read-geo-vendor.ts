/**
 * The vendor that knows addresses which hide, from a file that holds its address and secrets. A house without the file goes
 * by its own list of networks alone.
 */
import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { GeoVendor } from "./geo-vendor.ts";
import { createMaxmind } from "./maxmind.ts";

export const geoVendorFile = z.strictObject({
  name: z.string().min(1).max(80),
  adapter: z.literal("maxmind"),
  url: z.url({ protocol: /^https?$/ }),
  accountId: z.string().regex(/^\d{1,12}$/),
  licenseKey: z.string().min(16),
  /** How long an answer is waited for: somebody wants to play. */
  timeoutMs: z.int().min(50).max(5_000).default(800),
});
export type GeoVendorSettings = z.infer<typeof geoVendorFile>;

export async function readGeoVendor(path: string, production: boolean): Promise<GeoVendor | undefined> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const settings = geoVendorFile.parse(JSON.parse(text));
  if (production && !settings.url.startsWith("https:")) {
    throw new Error(`In production ${settings.name} is reached over https.`);
  }
  return createMaxmind(settings);
}
