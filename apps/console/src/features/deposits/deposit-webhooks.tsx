"use client";

import { useTranslations } from "use-intl";
import type { DepositDetail } from "#features/deposits/deposit-facts.tsx";
import { WebhookState } from "#features/webhooks/webhook-state.tsx";
import { useMay } from "#lib/reader.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { Time } from "#ui/time.tsx";

/** What the provider sent about this deposit. */
export function DepositWebhooks({ webhooks }: Pick<DepositDetail, "webhooks">) {
  const t = useTranslations("deposits.webhooks");
  const mayOpen = useMay("webhook.read");
  if (webhooks.length === 0) return <p className="text-ink-muted">{t("none")}</p>;
  return (
    <ul className="flex flex-col gap-1.5">
      {webhooks.map(({ webhookId, type, state, receivedAt, deliveries, outcome }) => (
        <li key={webhookId} className="flex flex-wrap items-baseline gap-x-3">
          <IdChip id={webhookId} {...(mayOpen ? { href: `/webhooks/${webhookId}` } : {})} />
          <span className="font-mono text-xs">{type}</span>
          <WebhookState state={state} />
          <span className="text-xs text-ink-muted">
            {outcome} {deliveries > 1 && t("deliveries", { count: deliveries })}
          </span>
          <Time at={receivedAt} className="ms-auto text-xs text-ink-muted" />
        </li>
      ))}
    </ul>
  );
}
