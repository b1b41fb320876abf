"use client";

import { useTranslations } from "use-intl";
import { CardName } from "#features/deposits/deposit-columns.tsx";
import { DepositState } from "#features/deposits/deposit-state.tsx";
import type { OutputOf } from "#lib/api.ts";
import { IdChip } from "#ui/id-chip.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Money } from "#ui/money.tsx";
import { Time } from "#ui/time.tsx";

export type DepositDetail = OutputOf<"deposit.show">;

export function DepositFacts({ deposit }: { deposit: DepositDetail }) {
  const t = useTranslations("deposits.detail");
  const { currency, credited, pspFee, pspReference, transactionId, failure, failureMessage, followAt } = deposit;
  return (
    <KeyValues
      items={[
        { label: t("state"), value: <DepositState state={deposit.state} /> },
        ...(failure === null
          ? []
          : [{ label: t("failure"), value: failureMessage === null ? failure : `${failureMessage} (${failure})` }]),
        { label: t("player"), value: <IdChip id={deposit.playerId} href={`/players/${deposit.playerId}`} /> },
        { label: t("nickname"), value: deposit.nickname },
        { label: t("amount"), value: <Money amount={deposit.amount} currency={currency} /> },
        { label: t("credited"), value: credited === null ? "–" : <Money amount={credited} currency={currency} /> },
        ...(pspFee === null ? [] : [{ label: t("fee"), value: <Money amount={pspFee} currency={currency} /> }]),
        { label: t("psp"), value: deposit.psp },
        { label: t("reference"), value: pspReference === null ? t("noReference") : <IdChip id={pspReference} /> },
        ...(transactionId === null
          ? []
          : [{ label: t("transaction"), value: <IdChip id={transactionId} href={`/ledger/${transactionId}`} /> }]),
        { label: t("asked"), value: <Time at={deposit.createdAt} /> },
        { label: t("expires"), value: <Time at={deposit.expiresAt} /> },
        ...(followAt === null
          ? []
          : [
              { label: t("followed"), value: t("followedTimes", { count: deposit.followed }) },
              { label: t("followAt"), value: <Time at={followAt} /> },
            ]),
        { label: t("request"), value: <IdChip id={deposit.requestId} /> },
        { label: t("trace"), value: <IdChip id={deposit.traceId} /> },
      ]}
    />
  );
}

export function InstrumentFacts({ deposit }: { deposit: DepositDetail }) {
  const t = useTranslations("deposits.instrument");
  const { instrument } = deposit;
  return (
    <KeyValues
      items={[
        { label: t("card"), value: <CardName brand={instrument.brand} last4={instrument.last4} /> },
        ...(instrument.expires === null ? [] : [{ label: t("expires"), value: instrument.expires }]),
        { label: t("country"), value: instrument.country ?? "–" },
        { label: t("fingerprint"), value: <IdChip id={instrument.fingerprint} /> },
        { label: t("since"), value: <Time at={instrument.since} /> },
      ]}
    />
  );
}
