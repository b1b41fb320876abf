"use client";

import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { type WebhookRow, WebhookState } from "#features/webhooks/webhook-state.tsx";
import type { Column } from "#ui/data-table-types.ts";
import { IdChip } from "#ui/id-chip.tsx";
import { Time } from "#ui/time.tsx";

export function useWebhookColumns(): readonly Column<WebhookRow>[] {
  const t = useTranslations("webhooks.columns");
  return useMemo(
    () => [
      {
        id: "webhook",
        header: t("webhook"),
        width: 6,
        cell: (row) => <span className="font-mono text-xs">{row.webhookId}</span>,
      },
      { id: "received", header: t("received"), width: 11, cell: (row) => <Time at={row.receivedAt} short /> },
      { id: "state", header: t("state"), width: 8, narrow: "end", cell: (row) => <WebhookState state={row.state} /> },
      { id: "psp", header: t("psp"), width: 8, optional: true, cell: (row) => row.psp },
      {
        id: "type",
        header: t("type"),
        width: 16,
        cell: (row) => <span className="font-mono text-xs">{row.type ?? "–"}</span>,
      },
      {
        id: "deposit",
        header: t("deposit"),
        width: 6,
        cell: (row) =>
          row.depositId === null ? null : <IdChip id={row.depositId} href={`/deposits/${row.depositId}`} />,
      },
      { id: "outcome", header: t("outcome"), cell: (row) => row.outcome },
      { id: "attempts", header: t("attempts"), width: 6, align: "end", optional: true, cell: (row) => row.attempts },
      {
        id: "deliveries",
        header: t("deliveries"),
        width: 7,
        align: "end",
        optional: true,
        cell: (row) => row.deliveries,
      },
      {
        id: "event",
        header: t("event"),
        width: 16,
        optional: true,
        cell: (row) => <span className="font-mono text-xs">{row.eventId}</span>,
      },
    ],
    [t],
  );
}
