"use client";

import { useQuery } from "@tanstack/react-query";
import { WebhookContent } from "#features/webhooks/webhook-content.tsx";
import { WebhookFacts } from "#features/webhooks/webhook-facts.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { FailureState } from "#ui/failure-state.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

export function WebhookPeek({ webhookId }: { webhookId: string }) {
  const webhook = useQuery(read("webhook.show", { webhookId }));
  if (webhook.data === undefined) {
    return webhook.error === null ? (
      <Skeleton className="m-4 h-64 rounded-md" />
    ) : (
      <FailureState failure={failureOf(webhook.error)} onRetry={() => void webhook.refetch()} />
    );
  }
  return (
    <div className="flex flex-col gap-4 px-4 py-3">
      <WebhookFacts webhook={webhook.data} />
      <WebhookContent webhook={webhook.data} />
    </div>
  );
}
