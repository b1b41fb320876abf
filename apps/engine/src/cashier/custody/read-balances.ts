/** Reads what the custodians hold of ours, so that checks and reports know it without asking. */
import { keepCustodyBalance } from "@pitboss/db/cashier/custody-store";
import { cryptoAssetNames, parseChainAmount } from "@pitboss/domain/cashier/crypto-asset";
import type { Cashier } from "../cashier.ts";

type Desk = Pick<Cashier, "db" | "clock" | "log" | "chain">;

export async function readBalances({ db, clock, log, chain }: Desk): Promise<void> {
  for (const custodian of chain.custodians.values()) {
    for (const asset of cryptoAssetNames) {
      const vault = custodian.hotVault;
      const readAt = new Date(clock.now());
      const asked = await custodian.readBalance(vault, asset);
      if (asked.kind !== "answered") {
        log.warn({ custodian: custodian.code, asset, why: asked.why }, "what a wallet holds could not be read");
        continue;
      }
      const total = parseChainAmount(asked.value.total, asset);
      const available = parseChainAmount(asked.value.available, asset);
      if (!total.ok || !available.ok) continue;
      await keepCustodyBalance(db, {
        custodian: custodian.code,
        vault,
        asset,
        hot: true,
        total: total.value.minor,
        available: available.value.minor,
        readAt,
      });
    }
  }
}
