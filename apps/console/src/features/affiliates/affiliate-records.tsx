"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { type Affiliate, PaymentState, StatementState } from "#features/affiliates/affiliate-words.tsx";
import { failedOf, useAffiliateChange } from "#features/affiliates/write-affiliate.ts";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { Empty } from "#ui/empty.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { Money } from "#ui/money.tsx";
import { RecordList } from "#ui/record-list.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";

/** The newest statements; older ones are in the list of all. */
export function AffiliateStatements({ affiliateId }: { affiliateId: string }) {
  const t = useTranslations("affiliates.statements");
  const statements = useQuery(read("affiliate.statements", { affiliateId, limit: 24 }));
  if (statements.data === undefined) {
    return statements.error === null ? (
      <Skeleton className="h-16 rounded-md" />
    ) : (
      <FailureState failure={failureOf(statements.error)} onRetry={() => void statements.refetch()} />
    );
  }
  return (
    <RecordList
      label={t("title")}
      rows={statements.data.rows}
      rowKey={(row) => row.statementId}
      empty={<Empty title={t("none")} hint={t("noneHint")} />}
      cells={(row) => [
        <IdChip key="id" id={row.statementId} href={`/affiliates/statements/${row.statementId}`} />,
        <span key="month" className="tabular">
          {row.month}
        </span>,
        t("version", { version: String(row.version) }),
        <StatementState key="state" state={row.state} />,
        <Money key="due" amount={row.due} currency={row.currency} />,
      ]}
    />
  );
}

/** Payments, newest first; one that came back may be let go again. */
export function AffiliatePayments({ affiliate }: { affiliate: Affiliate }) {
  const t = useTranslations("affiliates.payments");
  const may = useMay("affiliate.propose");
  const [paymentId, setPaymentId] = useState<string>();
  const release = useAffiliateChange("affiliate.releasePayment", t("released"), () => setPaymentId(undefined));
  return (
    <>
      <RecordList
        label={t("title")}
        rows={affiliate.payments}
        rowKey={(row) => row.paymentId}
        empty={<Empty title={t("none")} hint={t("noneHint")} />}
        cells={(row) => [
          <span key="id" className="font-mono text-xs">
            {row.paymentId}
          </span>,
          <Time key="at" at={row.createdAt} short />,
          <PaymentState key="state" state={row.state} />,
          <span key="to" className="block max-w-56 truncate" title={row.failure ?? row.label}>
            {row.failure ?? row.label}
          </span>,
          row.waits && may ? (
            <Button key="release" size="sm" onClick={() => setPaymentId(row.paymentId)}>
              {t("release")}
            </Button>
          ) : null,
          <Money key="amount" amount={row.amount} currency={row.currency} />,
        ]}
      />
      <ConfirmDialog
        open={paymentId !== undefined}
        onOpenChange={() => setPaymentId(undefined)}
        title={t("releaseTitle")}
        action={t("release")}
        busy={release.isPending}
        failure={failedOf(release.error)}
        preview={t("releaseEffect")}
        onConfirm={(reason) => {
          if (paymentId !== undefined) release.mutate({ paymentId, reason });
        }}
      />
    </>
  );
}

export function AffiliatePlayers({ affiliateId }: { affiliateId: string }) {
  const t = useTranslations("affiliates.players");
  const [cursor, setCursor] = useState<string | null>(null);
  const players = useQuery(read("affiliate.players", { affiliateId, cursor, limit: 20 }));
  if (players.data === undefined) {
    return players.error === null ? (
      <Skeleton className="h-16 rounded-md" />
    ) : (
      <FailureState failure={failureOf(players.error)} onRetry={() => void players.refetch()} />
    );
  }
  const { rows, next } = players.data;
  return (
    <div className="flex flex-col gap-2">
      <RecordList
        label={t("title")}
        rows={rows}
        rowKey={(row) => row.playerId}
        empty={<Empty title={t("none")} hint={t("noneHint")} />}
        cells={(row) => [
          <IdChip key="id" id={row.playerId} href={`/players/${row.playerId}`} />,
          row.nickname,
          row.code ?? t("byStaff"),
          <Time key="since" at={row.since} short />,
        ]}
      />
      {(cursor !== null || next !== null) && (
        <div className="flex gap-2">
          {cursor !== null && (
            <Button size="sm" onClick={() => setCursor(null)}>
              {t("first")}
            </Button>
          )}
          {next !== null && (
            <Button size="sm" onClick={() => setCursor(next)}>
              {t("more")}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
