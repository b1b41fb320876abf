"use client";

import { useQuery } from "@tanstack/react-query";
import { Lock, ShieldCheck } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { AlertBanner } from "#features/alerts/alert-banner.tsx";
import { ApprovalStatus } from "#features/approvals/approval-status.tsx";
import { LiveState } from "#features/live/live-state.tsx";
import { LiveTable } from "#features/live/live-table.tsx";
import { useLiveRows } from "#features/live/use-live-rows.ts";
import { BusinessStats } from "#features/overview/business-stats.tsx";
import { WorkTiles } from "#features/overview/work-tiles.tsx";
import { HouseStats } from "#features/overview/house-stats.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { useNow } from "#lib/use-now.ts";
import { Empty } from "#ui/empty.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { Money } from "#ui/money.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ScrollPage } from "#ui/scroll-page.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";

const newest = 14;

/** The first page: what waits for this person, how the house is doing, and what just happened. */
export function OverviewPage() {
  const t = useTranslations("overview");
  return (
    <ScrollPage>
      <PageHeader title={t("title")} summary={<Clock />} />
      <AlertBanner />
      <BusinessStats />
      <WorkTiles />
      <HouseStats />
      <div className="grid grid-cols-1 gap-x-10 px-(--page-x) xl:grid-cols-[minmax(0,1fr)_22rem]">
        <JustHappened />
        <Waiting />
      </div>
    </ScrollPage>
  );
}

/** What time it is for the house, and for the reader. */
function Clock() {
  const now = useNow();
  return now === undefined ? <Skeleton className="my-1 w-44" /> : <Time at={new Date(now).toISOString()} />;
}

/** The newest of the live view. Whoever may see no bets hears nothing, and is told so. */
function JustHappened() {
  const t = useTranslations("overview");
  const may = useMay("bet.read");
  const live = useLiveRows(may);
  return (
    <Section
      title={t("now")}
      aside={
        <span className="flex items-center gap-4">
          {may && <LiveState state={live.state} />}
          <More href="/live" text={t("allNow")} />
        </span>
      }
    >
      {may ? (
        <LiveTable label={t("now")} live={live} most={newest} compact className="[--page-x:0px]" />
      ) : (
        <Empty icon={Lock} title={t("mayNot")} className="py-8" />
      )}
    </Section>
  );
}

function Waiting() {
  const t = useTranslations("overview");
  const approvals = useQuery({ ...read("approval.list", { box: "inbox", limit: 6 }), refetchInterval: 30_000 });
  const rows = approvals.data?.rows;
  return (
    <Section
      title={t("waiting")}
      aside={<More href="/approvals" text={t("allApprovals")} />}
      className="max-xl:order-first"
    >
      {rows === undefined ? (
        approvals.error === null ? (
          <Skeleton className="h-32 rounded-md" />
        ) : (
          <FailureState
            failure={failureOf(approvals.error)}
            onRetry={() => void approvals.refetch()}
            className="py-6"
          />
        )
      ) : rows.length === 0 ? (
        <Empty icon={ShieldCheck} title={t("nothingWaits")} hint={t("nothingWaitsHint")} className="py-8" />
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {rows.map((row) => (
            <li key={row.approvalId}>
              <Link
                href={`/approvals/${row.approvalId}`}
                className="-mx-2 flex flex-col rounded-md px-2 py-2 no-underline hover:bg-hover"
              >
                <span className="flex items-baseline justify-between gap-3">
                  <span className="min-w-0 truncate font-medium">{row.summary}</span>
                  {row.amount !== null && <Money amount={row.amount.amount} currency={row.amount.currency} />}
                </span>
                <span className="flex items-center gap-3 text-xs text-ink-muted">
                  <ApprovalStatus status={row.status} />
                  {row.proposedBy.name}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function More({ href, text }: { href: string; text: string }) {
  return (
    <Link href={href} className="rounded-sm text-xs text-accent no-underline underline-offset-2 hover:underline">
      {text}
    </Link>
  );
}
