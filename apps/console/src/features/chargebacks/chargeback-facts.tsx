"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleX, Flag, Handshake, Send } from "lucide-react";
import { useTranslations } from "use-intl";
import { ChargebackState, chargebackTones } from "#features/chargebacks/chargeback-state.tsx";
import { type OutputOf, read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Money } from "#ui/money.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";
import { Timeline, type TimelineEntry } from "#ui/timeline.tsx";

export type ChargebackDetail = OutputOf<"chargeback.show">;

export function ChargebackFacts({ chargeback }: { chargeback: ChargebackDetail }) {
  const t = useTranslations("chargebacks.detail");
  const { currency, dueAt, closedAt, reversalId } = chargeback;
  return (
    <KeyValues
      items={[
        { label: t("state"), value: <ChargebackState state={chargeback.state} /> },
        { label: t("amount"), value: <Money amount={chargeback.amount} currency={currency} /> },
        { label: t("lost"), value: <Money amount={chargeback.lost} currency={currency} /> },
        { label: t("reason"), value: `${chargeback.reason} (${chargeback.reasonCode})` },
        { label: t("due"), value: dueAt === null ? t("noDue") : <Time at={dueAt} /> },
        { label: t("deposit"), value: <IdChip id={chargeback.depositId} href={`/deposits/${chargeback.depositId}`} /> },
        { label: t("player"), value: <IdChip id={chargeback.playerId} href={`/players/${chargeback.playerId}`} /> },
        { label: t("nickname"), value: chargeback.nickname },
        { label: t("psp"), value: chargeback.psp },
        { label: t("reference"), value: <IdChip id={chargeback.reference} /> },
        {
          label: t("taken"),
          value: <IdChip id={chargeback.transactionId} href={`/ledger/${chargeback.transactionId}`} />,
        },
        ...(reversalId === null
          ? []
          : [{ label: t("returned"), value: <IdChip id={reversalId} href={`/ledger/${reversalId}`} /> }]),
        { label: t("opened"), value: <Time at={chargeback.openedAt} /> },
        ...(closedAt === null ? [] : [{ label: t("closed"), value: <Time at={closedAt} /> }]),
      ]}
    />
  );
}

const icons = { OPENED: Flag, SUBMITTED: Send, ACCEPTED: Handshake, WON: CircleCheck, LOST: CircleX } as const;

/** Every step, newest first: who made it, and what was said. */
export function ChargebackHistory({ chargeback }: { chargeback: ChargebackDetail }) {
  const t = useTranslations("chargebacks");
  const entries = chargeback.steps.toReversed().map(
    (step): TimelineEntry => ({
      id: String(step.number),
      at: step.at,
      icon: icons[step.to],
      tone: chargebackTones[step.to],
      text: (
        <span className="inline-flex flex-wrap items-center gap-x-2">
          {t(`states.${step.to}`)}
          <span className="text-ink-muted">{step.actor}</span>
          {step.webhookId !== null && <IdChip id={step.webhookId} href={`/webhooks/${step.webhookId}`} />}
        </span>
      ),
      ...(step.note === null ? {} : { detail: step.note }),
    }),
  );
  return <Timeline entries={entries} empty={{ title: t("history") }} />;
}

export function ChargebackPeek({ chargebackId }: { chargebackId: string }) {
  const chargeback = useQuery(read("chargeback.show", { chargebackId }));
  if (chargeback.data === undefined) {
    return chargeback.error === null ? (
      <Skeleton className="m-4 h-64 rounded-md" />
    ) : (
      <FailureState failure={failureOf(chargeback.error)} onRetry={() => void chargeback.refetch()} />
    );
  }
  return (
    <div className="flex flex-col gap-4 px-4 py-3">
      <ChargebackFacts chargeback={chargeback.data} />
      <ChargebackHistory chargeback={chargeback.data} />
    </div>
  );
}
