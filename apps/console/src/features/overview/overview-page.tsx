"use client";

import { useQuery } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { ApprovalStatus } from "#features/approvals/approval-status.tsx";
import { type BetRow, useBetColumns } from "#features/bets/bet-columns.tsx";
import { HouseStats } from "#features/overview/house-stats.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useNow } from "#lib/use-now.ts";
import { DataTable } from "#ui/data-table.tsx";
import { Empty } from "#ui/empty.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { Money } from "#ui/money.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ScrollPage } from "#ui/scroll-page.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";

const newest = 12;
const betColumns = ["bet", "player", "game", "status", "stake"];

/** The first page: what waits for this person, how the house is doing, and what was just bet. */
export function OverviewPage() {
  const t = useTranslations("overview");
  return (
    <ScrollPage>
      <PageHeader title={t("title")} summary={<Clock />} />
      <HouseStats />
      <div className="grid gap-x-10 px-(--page-x) xl:grid-cols-[minmax(0,1fr)_22rem]">
        <LatestBets />
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

function LatestBets() {
  const t = useTranslations("overview");
  const columns = useBetColumns();
  const bets = useQuery({ ...read("bet.list", { limit: newest }), refetchInterval: 10_000 });
  return (
    <Section title={t("bets")} aside={<More href="/bets" text={t("allBets")} />}>
      <div className="overflow-x-auto [--page-x:0px]">
        <DataTable<BetRow>
          label={t("bets")}
          columns={columns}
          visible={betColumns}
          list={listStateOf(bets, (data) => data.rows)}
          rowId={(bet) => bet.betId}
          rowHref={(bet) => `/bets/${bet.betId}`}
          empty={{ title: t("noBets"), hint: t("noBetsHint") }}
          skeletonRows={newest}
        />
      </div>
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
