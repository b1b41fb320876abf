"use client";

import { useQuery } from "@tanstack/react-query";
import { KycWebhookFacts } from "#features/webhooks/kyc-webhook-facts.tsx";
import { WebhookContent } from "#features/webhooks/webhook-content.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { FailureState } from "#ui/failure-state.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

/** For whoever decides cases: the body may say what the vendor thinks of a player. Others are told so. */
export function KycWebhookPeek({ webhookId }: { webhookId: string }) {
  const webhook = useQuery({ ...read("kyc.webhook", { webhookId }), retry: false });
  if (webhook.data === undefined) {
    return webhook.error === null ? (
      <Skeleton className="m-4 h-64 rounded-md" />
    ) : (
      <FailureState failure={failureOf(webhook.error)} onRetry={() => void webhook.refetch()} />
    );
  }
  return (
    <div className="flex flex-col gap-4 px-4 py-3">
      <KycWebhookFacts webhook={webhook.data} />
      <WebhookContent webhook={webhook.data} />
    </div>
  );
}
