"use client";

import { useTranslations } from "use-intl";
import { type WebhookDetail, WebhookState } from "#features/webhooks/webhook-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Time } from "#ui/time.tsx";

export function WebhookFacts({ webhook }: { webhook: WebhookDetail }) {
  const t = useTranslations("webhooks.detail");
  const { eventId, type, outcome, depositId, payoutId, doneAt, dueAt } = webhook;
  return (
    <KeyValues
      items={[
        { label: t("state"), value: <WebhookState state={webhook.state} /> },
        { label: t("outcome"), value: outcome ?? "–" },
        { label: t("psp"), value: webhook.psp },
        { label: t("type"), value: type === null ? "–" : <span className="font-mono text-xs">{type}</span> },
        { label: t("event"), value: eventId === null ? "–" : <IdChip id={eventId} /> },
        ...(payoutId === null
          ? []
          : [{ label: t("payout"), value: <IdChip id={payoutId} href={`/payouts/${payoutId}`} /> }]),
        ...(depositId === null
          ? []
          : [{ label: t("deposit"), value: <IdChip id={depositId} href={`/deposits/${depositId}`} /> }]),
        { label: t("received"), value: <Time at={webhook.receivedAt} /> },
        ...(doneAt === null ? [] : [{ label: t("done"), value: <Time at={doneAt} /> }]),
        ...(dueAt === null ? [] : [{ label: t("due"), value: <Time at={dueAt} /> }]),
        { label: t("attempts"), value: webhook.attempts },
        { label: t("deliveries"), value: webhook.deliveries },
        { label: t("bytes"), value: webhook.bytes },
      ]}
    />
  );
}
