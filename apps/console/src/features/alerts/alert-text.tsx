"use client";

import { staleStops } from "@pitboss/domain/gaming/judge-stale-run";
import { circuitCauses } from "@pitboss/domain/gaming/provider-circuit";
import { useTranslations } from "use-intl";
import { z } from "zod";
import type { OutputOf } from "#lib/api.ts";
import { Money } from "#ui/money.tsx";

type HouseAlert = OutputOf<"alert.list">[number];

const stale = z.object({
  stop: z.enum(staleStops),
  over: z.string(),
  bets: z.number(),
  more: z.boolean(),
  sums: z.array(z.object({ currency: z.string(), amount: z.string() })),
});
const down = z.object({ cause: z.enum(circuitCauses), bad: z.number(), calls: z.number(), runbook: z.string() });
const unknown = z.object({ transfers: z.number(), runbook: z.string() });
const drift = z.object({ open: z.number() });

export function alertTitle(t: ReturnType<typeof useTranslations<"alerts">>, { kind, subject }: HouseAlert): string {
  return kind === "RECONCILIATION_DRIFT"
    ? t("RECONCILIATION_DRIFT.title", { source: subject })
    : t(`${kind}.title`, { provider: subject });
}

/** What an alert's data say, in a sentence. */
export function AlertText({ alert: { kind, data } }: { alert: HouseAlert }) {
  const t = useTranslations("alerts");
  if (kind === "PROVIDER_DOWN") {
    const parsed = down.safeParse(data);
    return parsed.success ? t(`PROVIDER_DOWN.${parsed.data.cause}`, parsed.data) : null;
  }
  if (kind === "TRANSFERS_UNKNOWN") {
    const parsed = unknown.safeParse(data);
    return parsed.success ? t("TRANSFERS_UNKNOWN.body", { ...parsed.data, count: parsed.data.transfers }) : null;
  }
  if (kind === "RECONCILIATION_DRIFT") {
    const parsed = drift.safeParse(data);
    return parsed.success ? t("RECONCILIATION_DRIFT.body", { count: parsed.data.open }) : null;
  }
  const parsed = stale.safeParse(data);
  if (!parsed.success) return null;
  const { stop, over, bets, more, sums } = parsed.data;
  return (
    <>
      <span className="flex flex-wrap gap-x-3">
        {t("STALE_BETS.bets", { more: String(more), count: bets, limit: bets - 1 })}
        {sums.map(({ currency, amount }) => (
          <Money key={currency} amount={amount} currency={currency} />
        ))}
      </span>
      <span>{stop === "TOO_MUCH_MONEY" ? t("STALE_BETS.TOO_MUCH_MONEY", { over }) : t(`STALE_BETS.${stop}`)}</span>
    </>
  );
}
