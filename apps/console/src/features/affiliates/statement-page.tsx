"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { StatementState } from "#features/affiliates/affiliate-words.tsx";
import { StatementBody, type StatementDetail } from "#features/affiliates/statement-body.tsx";
import { failedOf } from "#features/affiliates/write-affiliate.ts";
import { ExportButton } from "#features/exports/export-button.tsx";
import { read, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { Button, buttonStyle } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { DetailPage } from "#ui/detail-page.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Money } from "#ui/money.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { RecordList } from "#ui/record-list.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";

const refreshEveryMs = 5_000;

/** One version of a month: what it says, who decides on it, and the versions beside it. */
export function StatementPage({ statementId }: { statementId: string }) {
  const t = useTranslations("affiliates");
  const statement = useQuery({ ...read("affiliate.statement", { statementId }), refetchInterval: refreshEveryMs });
  const parent = { label: t("statements.title"), href: "/affiliates/statements" };
  const { data } = statement;
  if (statement.error !== null && data === undefined) {
    return (
      <>
        <PageHeader title={statementId} parent={parent} />
        <FailureState failure={failureOf(statement.error)} onRetry={() => void statement.refetch()} />
      </>
    );
  }
  return (
    <DetailPage
      header={
        <PageHeader
          parent={parent}
          title={data === undefined ? statementId : `${data.affiliate} · ${data.month}`}
          badge={data === undefined ? undefined : <StatementState state={data.state} />}
          summary={<IdChip id={statementId} />}
          actions={data === undefined ? undefined : <StatementActions statement={data} />}
        />
      }
      rail={
        <Section title={t("statements.facts")}>
          {data === undefined ? <Skeleton className="h-56 rounded-md" /> : <StatementFacts statement={data} />}
        </Section>
      }
    >
      <div className="px-(--page-x) [&>section:first-child]:border-t-0">
        <Section title={t("body.title")}>
          {data === undefined ? <Skeleton className="h-72 rounded-md" /> : <StatementBody statement={data} />}
        </Section>
        <Section title={t("statements.versions")}>
          {data === undefined ? <Skeleton className="h-16 rounded-md" /> : <Versions statement={data} />}
        </Section>
      </div>
    </DetailPage>
  );
}

function StatementActions({ statement }: { statement: StatementDetail }) {
  const t = useTranslations("affiliates.statements");
  const router = useRouter();
  const mayPropose = useMay("affiliate.propose");
  const [open, setOpen] = useState(false);
  const { statementId, approvalId } = statement;
  const propose = useMutation({
    ...write("affiliate.proposeStatement"),
    onSuccess: (approval) => router.push(`/approvals/${approval.approvalId}`),
  });
  return (
    <div className="flex flex-wrap items-center gap-2">
      <ExportButton list="affiliate-statement" filters={{ statementId }} formats={["pdf", "csv", "xlsx"]} />
      {approvalId !== null && (
        <Link href={`/approvals/${approvalId}`} className={buttonStyle({})}>
          {t("proposal")}
        </Link>
      )}
      {mayPropose && statement.state === "OPEN" && (
        <Button look="solid" onClick={() => setOpen(true)}>
          {t("propose")}
        </Button>
      )}
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={t("proposeTitle")}
        action={t("propose")}
        busy={propose.isPending}
        failure={failedOf(propose.error)}
        preview={t("proposeEffect", { due: `${statement.due} ${statement.currency}`, affiliate: statement.affiliate })}
        onConfirm={(reason) => propose.mutate({ statementId, reason })}
      />
    </div>
  );
}

function StatementFacts({ statement }: { statement: StatementDetail }) {
  const t = useTranslations("affiliates.statements");
  const { currency, approvedAt, transactionId } = statement;
  return (
    <KeyValues
      items={[
        { label: t("columns.state"), value: <StatementState state={statement.state} /> },
        {
          label: t("columns.affiliate"),
          value: <IdChip id={statement.affiliateId} href={`/affiliates/${statement.affiliateId}`} />,
        },
        { label: t("columns.version"), value: statement.version },
        { label: t("columns.total"), value: <Money amount={statement.total} currency={currency} /> },
        { label: t("columns.due"), value: <Money amount={statement.due} currency={currency} /> },
        { label: t("columns.made"), value: <Time at={statement.madeAt} /> },
        { label: t("columns.why"), value: statement.reason },
        ...(approvedAt === null ? [] : [{ label: t("approved"), value: <Time at={approvedAt} /> }]),
        ...(transactionId === null
          ? []
          : [{ label: t("posted"), value: <IdChip id={transactionId} href={`/ledger/${transactionId}`} /> }]),
        {
          label: t("hash"),
          value: <IdChip id={statement.hash} className="[&>span]:wrap-anywhere [&>span]:whitespace-normal" />,
        },
      ]}
    />
  );
}

function Versions({ statement }: { statement: StatementDetail }) {
  const t = useTranslations("affiliates.statements");
  return (
    <RecordList
      label={t("versions")}
      rows={statement.versions}
      rowKey={(row) => row.statementId}
      empty={null}
      cells={(row) => [
        <IdChip key="id" id={row.statementId} href={`/affiliates/statements/${row.statementId}`} />,
        t("version", { version: String(row.version) }),
        <StatementState key="state" state={row.state} />,
        <span key="why" className="block max-w-72 truncate" title={row.reason}>
          {row.reason}
        </span>,
        <Money key="due" amount={row.due} currency={row.currency} />,
      ]}
    />
  );
}
