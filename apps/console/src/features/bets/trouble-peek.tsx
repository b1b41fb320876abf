"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { type Trouble, TroubleStatus } from "#features/bets/trouble-columns.tsx";
import { VoidRound } from "#features/bets/void-round.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { Empty } from "#ui/empty.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Money } from "#ui/money.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";

/** What is the matter with one round, and the action that this person may take. */
export function TroublePeek({ trouble }: { trouble: Trouble | undefined }) {
  const t = useTranslations("bets.inbox");
  if (trouble === undefined) return <Empty title={t("gone")} />;
  const { provider, playerId, roundId, requestId, amount, approvalId } = trouble;
  const named = provider === null || roundId === null ? undefined : { provider, playerId, roundId };
  return (
    <div className="flex flex-col gap-4 px-4 py-3">
      <KeyValues
        items={[
          { label: t("columns.trouble"), value: <TroubleStatus trouble={trouble.trouble} /> },
          { label: t("columns.since"), value: <Time at={trouble.since} /> },
          { label: t("columns.cause"), value: t(`causes.${trouble.cause}`) },
          { label: t("columns.action"), value: t(`actions.${trouble.action}`) },
          { label: t("columns.player"), value: <IdChip id={playerId} href={`/players/${playerId}`} /> },
          ...(provider === null ? [] : [{ label: t("columns.provider"), value: provider }]),
          { label: t("columns.round"), value: <span className="font-mono text-xs">{roundId ?? requestId}</span> },
          ...(amount === null
            ? []
            : [{ label: t("columns.amount"), value: <Money amount={amount.amount} currency={amount.currency} /> }]),
        ]}
      />
      {approvalId !== null && <Link href={`/approvals/${approvalId}`}>{t("openApproval")}</Link>}
      {named !== undefined && (
        <>
          <Link href={`/rounds/${encodeURIComponent(named.provider)}/${playerId}/${encodeURIComponent(named.roundId)}`}>
            {t("open")}
          </Link>
          {approvalId === null && <VoidNamed {...named} />}
        </>
      )}
    </div>
  );
}

function VoidNamed(named: { readonly provider: string; readonly playerId: string; readonly roundId: string }) {
  const round = useQuery(read("round.show", named));
  if (round.data !== undefined) return <VoidRound round={round.data} />;
  return round.error === null ? (
    <Skeleton className="h-8 w-28 rounded-md" />
  ) : (
    <FailureState failure={failureOf(round.error)} onRetry={() => void round.refetch()} />
  );
}
