"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ReplayDialog } from "#features/webhooks/replay-dialog.tsx";
import { WebhookContent } from "#features/webhooks/webhook-content.tsx";
import { WebhookFacts } from "#features/webhooks/webhook-facts.tsx";
import { WebhookState } from "#features/webhooks/webhook-state.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { Button } from "#ui/button.tsx";
import { DetailPage } from "#ui/detail-page.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

export function WebhookPage({ webhookId }: { webhookId: string }) {
  const t = useTranslations("webhooks");
  const mayReplay = useMay("webhook.replay");
  const [replaying, setReplaying] = useState(false);
  const webhook = useQuery(read("webhook.show", { webhookId }));
  const parent = { label: t("title"), href: "/webhooks" };
  const { data } = webhook;
  if (webhook.error !== null && data === undefined) {
    return (
      <>
        <PageHeader title={webhookId} parent={parent} />
        <FailureState failure={failureOf(webhook.error)} onRetry={() => void webhook.refetch()} />
      </>
    );
  }
  const replayable = mayReplay && data?.state === "DEAD" && data.eventId !== null;
  return (
    <DetailPage
      header={
        <PageHeader
          parent={parent}
          title={data === undefined ? <Skeleton className="h-5 w-40" /> : (data.type ?? t("detail.untyped"))}
          badge={data === undefined ? undefined : <WebhookState state={data.state} />}
          summary={<IdChip id={webhookId} />}
          actions={replayable ? <Button onClick={() => setReplaying(true)}>{t("replay.action")}</Button> : undefined}
        />
      }
      rail={
        <Section title={t("detail.facts")}>
          {data === undefined ? <Skeleton className="h-64 rounded-md" /> : <WebhookFacts webhook={data} />}
        </Section>
      }
    >
      <div className="px-(--page-x) [&>section:first-child]:border-t-0">
        {data === undefined ? <Skeleton className="mt-4 h-64 rounded-md" /> : <WebhookContent webhook={data} />}
      </div>
      <ReplayDialog source="psp" ids={[webhookId]} open={replaying} onClose={() => setReplaying(false)} />
    </DetailPage>
  );
}
