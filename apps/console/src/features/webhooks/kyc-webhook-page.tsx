"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { KycWebhookFacts } from "#features/webhooks/kyc-webhook-facts.tsx";
import { WebhookDetailPage } from "#features/webhooks/webhook-detail-page.tsx";
import { read } from "#lib/api.ts";
import { useMay } from "#lib/reader.tsx";

export function KycWebhookPage({ webhookId }: { webhookId: string }) {
  const t = useTranslations("webhooks");
  const mayDecide = useMay("kyc.decide");
  return (
    <WebhookDetailPage
      source="kyc"
      title={t("kycTitle")}
      webhookId={webhookId}
      webhook={useQuery(read("kyc.webhook", { webhookId }))}
      // Of what can't be read there is no type, and nothing to be processed.
      mayReplay={({ type }) => mayDecide && type !== null}
      facts={(webhook) => <KycWebhookFacts webhook={webhook} />}
    />
  );
}
