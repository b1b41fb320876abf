import { listControls } from "@pitboss/db/cashier/routing-store";
import type { Cashier } from "../cashier.ts";

/** The providers that may be given new payments now, by code, in the house's own order. */
export async function findOpenPsps({ db, psps, mayTry }: Cashier): Promise<string[]> {
  const paused = new Set((await listControls(db)).filter((control) => control.paused).map(({ psp }) => psp));
  return [...psps.keys()].filter((code) => !paused.has(code) && mayTry(code));
}
