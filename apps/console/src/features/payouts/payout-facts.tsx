"use client";

import { useTranslations } from "use-intl";
import { CardName } from "#features/deposits/deposit-columns.tsx";
import { PayoutClock, RiskScore } from "#features/payouts/payout-clock.tsx";
import { PayoutState } from "#features/payouts/payout-state.tsx";
import type { OutputOf } from "#lib/api.ts";
import { IdChip } from "#ui/id-chip.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Money } from "#ui/money.tsx";
import { Time } from "#ui/time.tsx";

export type PayoutDetail = OutputOf<"payout.show">;

export function PayoutFacts({ payout }: { payout: PayoutDetail }) {
  const t = useTranslations("payouts.detail");
  const matches = useTranslations("bankTransfers.nameMatches");
  const { currency, failure, transactions, pspReference, policy, player, snoozedUntil, contentHash } = payout;
  const transaction = (label: string, id: string | null) =>
    id === null ? [] : [{ label, value: <IdChip id={id} href={`/ledger/${id}`} /> }];
  return (
    <KeyValues
      items={[
        { label: t("state"), value: <PayoutState state={payout.state} /> },
        { label: t("due"), value: <PayoutClock dueAt={payout.dueAt} /> },
        { label: t("amount"), value: <Money amount={payout.amount} currency={currency} className="font-medium" /> },
        ...(payout.paid === null
          ? []
          : [{ label: t("paid"), value: <Money amount={payout.paid} currency={currency} className="font-medium" /> }]),
        { label: t("card"), value: <CardName {...payout.card} /> },
        ...(payout.nameMatch === null ? [] : [{ label: t("nameMatch"), value: matches(payout.nameMatch) }]),
        ...(payout.batchId === null
          ? []
          : [{ label: t("batch"), value: <IdChip id={payout.batchId} href={`/payout-batches/${payout.batchId}`} /> }]),
        { label: t("risk"), value: <RiskScore score={payout.score} /> },
        { label: t("people"), value: payout.people ?? "–" },
        ...(policy === null
          ? []
          : [
              {
                label: t("policy"),
                value: t("policyWords", { auto: policy.autoBelow, risk: policy.lowRiskBelow, two: policy.twoFrom }),
              },
            ]),
        ...(failure === null ? [] : [{ label: t("failure"), value: `${failure.message} (${failure.code})` }]),
        { label: t("player"), value: <IdChip id={payout.playerId} href={`/players/${payout.playerId}`} /> },
        { label: t("nickname"), value: payout.nickname },
        { label: t("standing"), value: t("standingWords", { level: player.kycLevel, country: player.country }) },
        ...(player.screening === null ? [] : [{ label: t("screening"), value: t(`screenings.${player.screening}`) }]),
        { label: t("since"), value: <Time at={player.since} precision="minute" /> },
        { label: t("message"), value: payout.message },
        ...(snoozedUntil === null
          ? []
          : [{ label: t("snoozed"), value: <Time at={snoozedUntil} precision="minute" /> }]),
        { label: t("asked"), value: <Time at={payout.createdAt} /> },
        ...(payout.forfeitAccepted ? [{ label: t("forfeit"), value: t("forfeitYes") }] : []),
        { label: t("psp"), value: payout.psp },
        ...(pspReference === null ? [] : [{ label: t("reference"), value: <IdChip id={pspReference} /> }]),
        ...transaction(t("hold"), transactions.hold),
        ...transaction(t("settle"), transactions.settle),
        ...transaction(t("release"), transactions.release),
        ...(contentHash === null
          ? []
          : [
              {
                label: t("hash"),
                value: <IdChip id={contentHash} className="[&>span]:wrap-anywhere [&>span]:whitespace-normal" />,
              },
            ]),
        { label: t("request"), value: <IdChip id={payout.requestId} /> },
        { label: t("trace"), value: <IdChip id={payout.traceId} /> },
      ]}
    />
  );
}
