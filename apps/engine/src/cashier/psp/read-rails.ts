/** The ways by which money leaves, from the same file that names the providers. Without the file there are none. */
import { readFile } from "node:fs/promises";
import type { PayoutRail } from "./payout-rail.ts";
import { pspFile, type PspSettings } from "./read-psps.ts";
import { createStripePayouts } from "./stripe/stripe-payouts.ts";

/** One for each dialect that can pay out. */
const rails: Partial<Readonly<Record<PspSettings["adapter"], (settings: PspSettings) => PayoutRail>>> = {
  stripe: createStripePayouts,
};

export async function readRails(path: string): Promise<ReadonlyMap<string, PayoutRail>> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  const { psps } = text === undefined ? { psps: [] } : pspFile.parse(JSON.parse(text));
  return new Map(
    psps.flatMap((settings) => {
      const create = rails[settings.adapter];
      return create === undefined ? [] : [[settings.code, create(settings)] as const];
    }),
  );
}
