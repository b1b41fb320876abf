"use client";

import { useTranslations } from "use-intl";
import { WebhookState } from "#features/webhooks/webhook-state.tsx";
import type { OutputOf } from "#lib/api.ts";
import { KeyValues } from "#ui/key-values.tsx";
import { Time } from "#ui/time.tsx";

export function KycWebhookFacts({ webhook }: { webhook: OutputOf<"kyc.webhook"> }) {
  const t = useTranslations("webhooks.detail");
  const { type, outcome, doneAt, dueAt } = webhook;
  return (
    <KeyValues
      items={[
        { label: t("state"), value: <WebhookState state={webhook.state} /> },
        { label: t("outcome"), value: outcome ?? "–" },
        { label: t("type"), value: type === null ? "–" : <span className="font-mono text-xs">{type}</span> },
        { label: t("received"), value: <Time at={webhook.receivedAt} /> },
        ...(doneAt === null ? [] : [{ label: t("done"), value: <Time at={doneAt} /> }]),
        ...(dueAt === null ? [] : [{ label: t("due"), value: <Time at={dueAt} /> }]),
        { label: t("attempts"), value: webhook.attempts },
        { label: t("deliveries"), value: webhook.deliveries },
      ]}
    />
  );
}
