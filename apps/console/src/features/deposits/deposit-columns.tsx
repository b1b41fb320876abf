"use client";

import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { DepositState } from "#features/deposits/deposit-state.tsx";
import type { OutputOf } from "#lib/api.ts";
import type { Column } from "#ui/data-table-types.ts";
import { Money } from "#ui/money.tsx";
import { Time } from "#ui/time.tsx";

export type DepositRow = OutputOf<"deposit.list">["rows"][number];

export function useDepositColumns(): readonly Column<DepositRow>[] {
  const t = useTranslations("deposits.columns");
  return useMemo(
    () => [
      {
        id: "deposit",
        header: t("deposit"),
        width: 6,
        cell: (row) => <span className="font-mono text-xs">{row.depositId}</span>,
      },
      { id: "at", header: t("at"), width: 11, cell: (row) => <Time at={row.createdAt} short /> },
      { id: "state", header: t("state"), width: 8.5, cell: (row) => <DepositState state={row.state} /> },
      { id: "player", header: t("player"), cell: (row) => row.nickname },
      { id: "card", header: t("card"), width: 11, cell: (row) => <CardName {...row.card} /> },
      { id: "psp", header: t("psp"), width: 8, optional: true, cell: (row) => row.psp },
      {
        id: "failure",
        header: t("failure"),
        width: 11,
        cell: (row) => (row.failure === null ? null : <span className="font-mono text-xs">{row.failure}</span>),
      },
      {
        id: "amount",
        header: t("amount"),
        width: 8.5,
        align: "end",
        narrow: "end",
        cell: (row) => <Money amount={row.amount} currency={row.currency} />,
      },
      {
        id: "credited",
        header: t("credited"),
        width: 8.5,
        align: "end",
        cell: (row) => (row.credited === null ? null : <Money amount={row.credited} currency={row.currency} />),
      },
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

/** A card as its owner knows it: the brand and the last four digits. */
export function CardName({ brand, last4 }: { brand: string; last4: string }) {
  return (
    <span className="whitespace-nowrap">
      <span className="capitalize">{brand}</span> <span className="tabular text-ink-muted">•••• {last4}</span>
    </span>
  );
}
