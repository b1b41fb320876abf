"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { WebhookDetailPage } from "#features/webhooks/webhook-detail-page.tsx";
import { WebhookFacts } from "#features/webhooks/webhook-facts.tsx";
import { read } from "#lib/api.ts";
import { useMay } from "#lib/reader.tsx";

export function WebhookPage({ webhookId }: { webhookId: string }) {
  const t = useTranslations("webhooks");
  const mayReplay = useMay("webhook.replay");
  return (
    <WebhookDetailPage
      source="psp"
      title={t("title")}
      webhookId={webhookId}
      webhook={useQuery(read("webhook.show", { webhookId }))}
      mayReplay={({ eventId }) => mayReplay && eventId !== null}
      facts={(webhook) => <WebhookFacts webhook={webhook} />}
    />
  );
}
