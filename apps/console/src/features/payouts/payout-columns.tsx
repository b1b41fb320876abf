"use client";

import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { CardName } from "#features/deposits/deposit-columns.tsx";
import { PayoutClock, RiskScore } from "#features/payouts/payout-clock.tsx";
import { PayoutState } from "#features/payouts/payout-state.tsx";
import type { OutputOf } from "#lib/api.ts";
import type { Column } from "#ui/data-table-types.ts";
import { Money } from "#ui/money.tsx";
import { Time } from "#ui/time.tsx";

export type PayoutRow = OutputOf<"payout.list">["rows"][number];

export function usePayoutColumns(): readonly Column<PayoutRow>[] {
  const t = useTranslations("payouts.columns");
  return useMemo(
    () => [
      {
        id: "payout",
        header: t("payout"),
        width: 6,
        cell: (row) => <span className="font-mono text-xs">{row.payoutId}</span>,
      },
      { id: "state", header: t("state"), width: 10, cell: (row) => <PayoutState state={row.state} /> },
      { id: "due", header: t("due"), width: 9, cell: (row) => <PayoutClock dueAt={row.dueAt} /> },
      { id: "risk", header: t("risk"), width: 4, align: "end", cell: (row) => <RiskScore score={row.score} /> },
      {
        id: "people",
        header: t("people"),
        width: 5,
        align: "end",
        cell: (row) => <span className="tabular text-ink-muted">{row.people ?? "–"}</span>,
      },
      { id: "player", header: t("player"), cell: (row) => row.nickname },
      { id: "card", header: t("card"), width: 11, cell: (row) => <CardName {...row.card} /> },
      {
        id: "amount",
        header: t("amount"),
        width: 8.5,
        align: "end",
        narrow: "end",
        cell: (row) => <Money amount={row.amount} currency={row.currency} />,
      },
      { id: "claimed", header: t("claimed"), width: 9, cell: (row) => row.claimedBy?.name ?? null },
      { id: "at", header: t("at"), width: 11, optional: true, cell: (row) => <Time at={row.createdAt} short /> },
      {
        id: "snoozed",
        header: t("snoozed"),
        width: 11,
        optional: true,
        cell: (row) => (row.snoozedUntil === null ? null : <Time at={row.snoozedUntil} short />),
      },
      { id: "psp", header: t("psp"), width: 8, optional: true, cell: (row) => row.psp },
      {
        id: "reference",
        header: t("reference"),
        width: 18,
        optional: true,
        cell: (row) => <span className="font-mono text-xs">{row.pspReference}</span>,
      },
    ],
    [t],
  );
}
