import { listCharges } from "@pitboss/db/reporting/charges-store";
import { listPacks } from "@pitboss/db/risk/rules-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import { type ChargeVersion, feeSegments, taxSegments } from "@pitboss/domain/reporting/charges";
import { createPacks } from "@pitboss/domain/risk/jurisdiction-pack";
import type { ChargeRates } from "./charge-columns.ts";

export interface LoadedCharges extends ChargeRates {
  readonly versions: readonly ChargeVersion[];
}

/** What is charged, as of now: few rows, read for each report, so that a version holds as soon as it is approved. */
export async function loadCharges(db: Executor): Promise<LoadedCharges> {
  const versions = await listCharges(db);
  const packs = createPacks(await listPacks(db));
  return { versions, fees: feeSegments(versions), taxes: taxSegments(versions, packs) };
}
