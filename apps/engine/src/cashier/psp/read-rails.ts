/** The ways by which money leaves, from the same file that names the providers. Without the file there are none. */
import type { Bank } from "../bank/bank.ts";
import { createBankRail } from "../bank/bank-rail.ts";
import { createCustodianRail } from "../custody/custodian-rail.ts";
import { createFireblocks } from "../custody/fireblocks/fireblocks.ts";
import { readPspFile } from "../custody/read-custodians.ts";
import type { PayoutRail } from "./payout-rail.ts";
import type { PspSettings } from "./read-psps.ts";
import { createStripePayouts } from "./stripe/stripe-payouts.ts";

/** One for each dialect that can pay out. */
const rails: Partial<Readonly<Record<PspSettings["adapter"], (settings: PspSettings) => PayoutRail>>> = {
  stripe: createStripePayouts,
};

export async function readRails(
  path: string,
  banks: ReadonlyMap<string, Bank> = new Map(),
): Promise<ReadonlyMap<string, PayoutRail>> {
  const { psps, custodians } = await readPspFile(path);
  const cards = psps.flatMap((settings) => {
    const create = rails[settings.adapter];
    return create === undefined ? [] : [create(settings)];
  });
  const chains = custodians.map((settings) => createCustodianRail(createFireblocks(settings)));
  return new Map([...cards, ...chains, ...[...banks.values()].map(createBankRail)].map((rail) => [rail.code, rail]));
}
