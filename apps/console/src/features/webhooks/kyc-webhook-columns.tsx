"use client";

import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { WebhookState } from "#features/webhooks/webhook-state.tsx";
import type { OutputOf } from "#lib/api.ts";
import type { Column } from "#ui/data-table-types.ts";
import { Time } from "#ui/time.tsx";

export type KycWebhookRow = OutputOf<"kyc.webhooks">["rows"][number];

export function useKycWebhookColumns(): readonly Column<KycWebhookRow>[] {
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
      {
        id: "type",
        header: t("type"),
        width: 16,
        cell: (row) => <span className="font-mono text-xs">{row.type ?? "–"}</span>,
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
    ],
    [t],
  );
}
