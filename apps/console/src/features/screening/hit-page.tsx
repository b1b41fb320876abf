"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { Eye } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { HitActions } from "#features/screening/hit-actions.tsx";
import { HitComparison } from "#features/screening/hit-comparison.tsx";
import { EntryFacts, HitFacts } from "#features/screening/hit-entry.tsx";
import { HitHistory } from "#features/screening/hit-history.tsx";
import { type HitDetails, HitState } from "#features/screening/hit-state.tsx";
import { read, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { DetailPage } from "#ui/detail-page.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Timeline } from "#ui/timeline.tsx";

/** How long the player's side stays in clear on the screen. */
const shownMs = 300_000;

export function HitPage({ hitId }: { hitId: string }) {
  const t = useTranslations("screening");
  const mayReveal = useMay("player.reveal");
  const [asking, setAsking] = useState(false);
  const [clear, setClear] = useState<HitDetails>();
  const hit = useQuery(read("screening.hit", { hitId }));
  const reveal = useMutation({
    ...write("screening.reveal"),
    onSuccess: (details) => {
      setAsking(false);
      setClear(details);
      setTimeout(() => setClear(undefined), shownMs);
    },
  });
  const parent = { label: t("title"), href: "/screening" };
  const { data } = hit;
  if (hit.error !== null && data === undefined) {
    return (
      <>
        <PageHeader title={hitId} parent={parent} />
        <FailureState failure={failureOf(hit.error)} onRetry={() => void hit.refetch()} />
      </>
    );
  }
  const details = clear ?? data?.details;
  const failure = reveal.error === null ? undefined : failureOf(reveal.error);
  return (
    <DetailPage
      header={
        <PageHeader
          parent={parent}
          title={data === undefined ? <Skeleton className="h-5 w-40" /> : (data.entry.names[0]?.full ?? data.ref)}
          badge={data === undefined ? undefined : <HitState state={data.state} />}
          summary={<IdChip id={hitId} />}
          actions={data === undefined ? undefined : <HitActions hit={data} />}
        />
      }
      rail={
        <>
          <Section title={t("detail.facts")}>
            {data === undefined ? <Skeleton className="h-64 rounded-md" /> : <HitFacts hit={data} />}
          </Section>
          <Section title={t("entry.title")}>
            {data === undefined ? <Skeleton className="h-48 rounded-md" /> : <EntryFacts hit={data} />}
          </Section>
        </>
      }
    >
      <div className="px-(--page-x) [&>section:first-child]:border-t-0">
        <Section title={t("comparison.title")}>
          {data === undefined || details === undefined ? (
            <Skeleton className="h-64 rounded-md" />
          ) : details === null ? (
            <p className="text-ink-muted">{t("comparison.erased")}</p>
          ) : (
            <>
              {mayReveal && clear === undefined && (
                <Button className="mb-3" onClick={() => setAsking(true)}>
                  <Eye aria-hidden className="size-4" />
                  {t("reveal.action")}
                </Button>
              )}
              <HitComparison details={details} hit={data} />
            </>
          )}
        </Section>
        <Section title={t("history.title")}>
          {data === undefined ? (
            <Timeline entries={undefined} empty={{ title: t("history.empty") }} />
          ) : (
            <HitHistory hit={data} />
          )}
        </Section>
        {data !== undefined && data.others.length > 0 && (
          <Section title={t("others")}>
            <ul className="flex flex-col gap-2">
              {data.others.map((other) => (
                <li key={other.hitId} className="flex flex-wrap items-center gap-2">
                  <IdChip id={other.hitId} href={`/screening/${other.hitId}`} />
                  <HitState state={other.state} />
                  <span className="text-ink-muted">
                    {other.source} {other.ref}
                  </span>
                </li>
              ))}
            </ul>
          </Section>
        )}
      </div>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("reveal.title")}
        action={t("reveal.action")}
        preview={t("reveal.preview", { minutes: shownMs / 60_000 })}
        busy={reveal.isPending}
        failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
        onConfirm={(reason) => reveal.mutate({ hitId, reason })}
      />
    </DetailPage>
  );
}
