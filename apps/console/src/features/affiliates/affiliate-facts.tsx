"use client";

import { useTranslations } from "use-intl";
import { type Affiliate, AffiliateStatus } from "#features/affiliates/affiliate-words.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Money } from "#ui/money.tsx";
import { Time } from "#ui/time.tsx";

export function AffiliateFacts({ affiliate }: { affiliate: Affiliate }) {
  const t = useTranslations("affiliates.facts");
  const { currency, payee } = affiliate;
  return (
    <KeyValues
      items={[
        { label: t("status"), value: <AffiliateStatus status={affiliate.status} /> },
        { label: t("email"), value: affiliate.email },
        { label: t("plan"), value: affiliate.plan ?? t("noPlan") },
        { label: t("players"), value: affiliate.players },
        { label: t("owed"), value: <Money amount={affiliate.owed} currency={currency} /> },
        { label: t("least"), value: <Money amount={affiliate.leastPayment} currency={currency} /> },
        { label: t("payee"), value: payee === null ? t("noPayee") : `${payee.label} (${payee.psp})` },
        { label: t("created"), value: <Time at={affiliate.createdAt} /> },
      ]}
    />
  );
}
