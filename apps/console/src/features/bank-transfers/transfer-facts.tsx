"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleDot } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { TransferReason, TransferState, transferTones } from "#features/bank-transfers/transfer-state.tsx";
import { type OutputOf, read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { Badge } from "#ui/badge.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Money } from "#ui/money.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";
import { Timeline, type TimelineEntry } from "#ui/timeline.tsx";

export type BankTransferDetail = OutputOf<"bankCredit.show">;

export function TransferFacts({ transfer }: { transfer: BankTransferDetail }) {
  const t = useTranslations("bankTransfers.detail");
  const linked = (label: string, id: string | null, place: string) =>
    id === null ? [] : [{ label, value: <IdChip id={id} href={`${place}/${id}`} /> }];
  const { payer, remittance, reference, returnReason, why, endToEndId } = transfer;
  return (
    <KeyValues
      items={[
        { label: t("state"), value: <TransferState state={transfer.state} /> },
        ...(why === null ? [] : [{ label: t("why"), value: <TransferReason why={why} /> }]),
        { label: t("amount"), value: <Money amount={transfer.amount} currency={transfer.currency} /> },
        { label: t("payer"), value: payer.name ?? "–" },
        { label: t("account"), value: payer.iban === null ? "–" : <IdChip id={payer.iban} /> },
        { label: t("remittance"), value: remittance ?? "–" },
        { label: t("reference"), value: reference === null ? "–" : <IdChip id={reference} /> },
        ...(returnReason === null ? [] : [{ label: t("returnReason"), value: returnReason }]),
        ...(endToEndId === null ? [] : [{ label: t("endToEnd"), value: <IdChip id={endToEndId} /> }]),
        ...linked(t("player"), transfer.playerId, "/players"),
        ...linked(t("deposit"), transfer.depositId, "/deposits"),
        ...linked(t("payout"), transfer.payoutId, "/payouts"),
        { label: t("bank"), value: transfer.bank },
        { label: t("entry"), value: <IdChip id={transfer.entryReference} /> },
        { label: t("booked"), value: transfer.bookedOn },
        { label: t("received"), value: <Time at={transfer.receivedAt} /> },
      ]}
    />
  );
}

/** Whose it may be, and what says so. */
export function TransferCandidates({ transfer }: { transfer: BankTransferDetail }) {
  const t = useTranslations("bankTransfers.candidates");
  const matches = useTranslations("bankTransfers.nameMatches");
  if (transfer.candidates.length === 0) return <p className="text-ink-muted">{t("none")}</p>;
  return (
    <ul className="flex flex-col gap-1.5">
      {transfer.candidates.map((one) => (
        <li key={one.playerId} className="flex flex-wrap items-baseline gap-x-3">
          <Link
            href={`/players/${one.playerId}`}
            className="font-mono text-xs text-accent no-underline hover:underline"
          >
            {one.playerId}
          </Link>
          <span>{one.nickname}</span>
          <span className="text-ink-muted">{one.country}</span>
          {one.by.map((by) => (
            <Badge key={by} tone="neutral">
              {t(by)}
            </Badge>
          ))}
          <Badge tone={one.nameMatch === "MATCH" ? "good" : one.nameMatch === "MISMATCH" ? "bad" : "warn"}>
            {matches(one.nameMatch)}
          </Badge>
        </li>
      ))}
    </ul>
  );
}

export function TransferHistory({ transfer }: { transfer: BankTransferDetail }) {
  const t = useTranslations("bankTransfers");
  const entries = transfer.steps.toReversed().map(
    (step): TimelineEntry => ({
      id: String(step.number),
      at: step.at,
      icon: CircleDot,
      tone: transferTones[step.to],
      text: (
        <span className="inline-flex flex-wrap items-center gap-x-2">
          {t(`states.${step.to}`)}
          <span className="text-ink-muted">{step.actor}</span>
        </span>
      ),
      ...(step.details === null ? {} : { detail: <StepDetails details={step.details} /> }),
    }),
  );
  return <Timeline entries={entries} empty={{ title: t("history") }} />;
}

/** What was said with a step: the reason in words, and everything else as it was told. */
function StepDetails({ details }: { details: NonNullable<BankTransferDetail["steps"][number]["details"]> }) {
  const { why, ...others } = details;
  return (
    <span className="inline-flex flex-wrap gap-x-2">
      {typeof why === "string" && <TransferReason why={why} />}
      {Object.values(others).map((value) => {
        const text = typeof value === "string" ? value : JSON.stringify(value);
        return (
          <span key={text} className="font-mono text-xs wrap-anywhere">
            {text}
          </span>
        );
      })}
    </span>
  );
}

export function TransferPeek({ creditId }: { creditId: string }) {
  const transfer = useQuery(read("bankCredit.show", { creditId }));
  if (transfer.data === undefined) {
    return transfer.error === null ? (
      <Skeleton className="m-4 h-64 rounded-md" />
    ) : (
      <FailureState failure={failureOf(transfer.error)} onRetry={() => void transfer.refetch()} />
    );
  }
  return (
    <div className="flex flex-col gap-4 px-4 py-3">
      <TransferFacts transfer={transfer.data} />
      <TransferCandidates transfer={transfer.data} />
    </div>
  );
}
