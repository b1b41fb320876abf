"use client";

import { useTranslations } from "use-intl";
import { KytFindings } from "#features/payouts/kyt-findings.tsx";
import type { PayoutDetail } from "#features/payouts/payout-facts.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Time } from "#ui/time.tsx";

/** Where a payout stands on its chain, who was told of it, and what is known of where it goes. */
export function PayoutChain({ chain, kyt }: { chain: NonNullable<PayoutDetail["chain"]>; kyt: PayoutDetail["kyt"] }) {
  const t = useTranslations("payouts.chain");
  const { travel, fee } = chain;
  return (
    <>
      <KeyValues
        items={[
          {
            label: t("address"),
            value: <IdChip id={chain.address} className="[&>span]:wrap-anywhere [&>span]:whitespace-normal" />,
          },
          { label: t("hosting"), value: chain.provider ?? t("own") },
          {
            label: t("hash"),
            value:
              chain.txHash === null ? (
                t("notSent")
              ) : (
                <IdChip id={chain.txHash} className="[&>span]:wrap-anywhere [&>span]:whitespace-normal" />
              ),
          },
          { label: t("confirmations"), value: chain.confirmations },
          ...(fee === null ? [] : [{ label: t("fee"), value: `${fee.amount} ${fee.asset}` }]),
          ...(travel === null
            ? []
            : [
                { label: t("travel"), value: t(`travelStates.${travel.state}`) },
                ...(travel.why === null ? [] : [{ label: t("travelWhy"), value: travel.why }]),
                ...(travel.sentAt === null ? [] : [{ label: t("told"), value: <Time at={travel.sentAt} /> }]),
              ]),
        ]}
      />
      <KytFindings kyt={kyt} />
    </>
  );
}
