"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { ReplayDialog } from "#features/webhooks/replay-dialog.tsx";
import { WebhookContent } from "#features/webhooks/webhook-content.tsx";
import { hrefOfSource, type WebhookSource } from "#features/webhooks/webhook-sources.tsx";
import { type WebhookDetail, WebhookState } from "#features/webhooks/webhook-state.tsx";
import { failureOf } from "#lib/failure.ts";
import { Button } from "#ui/button.tsx";
import { DetailPage } from "#ui/detail-page.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

interface WebhookDetailPageProps<Webhook> {
  readonly source: WebhookSource;
  /** Of the list above. */
  readonly title: string;
  readonly webhookId: string;
  readonly webhook: Pick<UseQueryResult<Webhook>, "data" | "error" | "refetch">;
  readonly mayReplay: (webhook: Webhook) => boolean;
  readonly facts: (webhook: Webhook) => ReactNode;
}

/** One webhook, whoever sent it: its facts, what came, and a way to process a dead one again. */
export function WebhookDetailPage<Webhook extends Pick<WebhookDetail, "type" | "state" | "body" | "headers">>(
  props: WebhookDetailPageProps<Webhook>,
) {
  const { source, title, webhookId, webhook, mayReplay, facts } = props;
  const t = useTranslations("webhooks");
  const [replaying, setReplaying] = useState(false);
  const parent = { label: title, href: hrefOfSource[source] };
  const { data } = webhook;
  if (webhook.error !== null && data === undefined) {
    return (
      <>
        <PageHeader title={webhookId} parent={parent} />
        <FailureState failure={failureOf(webhook.error)} onRetry={() => void webhook.refetch()} />
      </>
    );
  }
  const replayable = data !== undefined && data.state === "DEAD" && mayReplay(data);
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
          {data === undefined ? <Skeleton className="h-64 rounded-md" /> : facts(data)}
        </Section>
      }
    >
      <div className="px-(--page-x) [&>section:first-child]:border-t-0">
        {data === undefined ? <Skeleton className="mt-4 h-64 rounded-md" /> : <WebhookContent webhook={data} />}
      </div>
      <ReplayDialog source={source} ids={[webhookId]} open={replaying} onClose={() => setReplaying(false)} />
    </DetailPage>
  );
}
