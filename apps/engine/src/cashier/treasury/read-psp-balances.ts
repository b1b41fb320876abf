/** Asks providers what they owe the house, and keeps it beside what the ledger said at that moment. */
import { keepPspBalance } from "@pitboss/db/cashier/treasury-store";
import type { Context } from "../../kernel/context.ts";
import type { BalanceSource } from "./balance-source.ts";

type Desk = Pick<Context, "db" | "clock" | "log">;

export async function readPspBalances(desk: Desk, sources: readonly BalanceSource[]): Promise<void> {
  await Promise.all(sources.map((source) => readOne(desk, source)));
}

async function readOne({ db, clock, log }: Desk, source: BalanceSource): Promise<void> {
  const asked = await source.read();
  if (asked.kind !== "answered") {
    log.warn({ psp: source.code, why: asked.why }, "what a payment provider owes could not be read");
    return;
  }
  const readAt = new Date(clock.now());
  for (const balance of asked.value) await keepPspBalance(db, { psp: source.code, ...balance, readAt });
}
