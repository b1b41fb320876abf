"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { DepositDetail } from "#features/deposits/deposit-facts.tsx";
import { KytFindings } from "#features/payouts/kyt-findings.tsx";
import { keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Money } from "#ui/money.tsx";
import { Notice } from "#ui/notice.tsx";

const long = "[&>span]:wrap-anywhere [&>span]:whitespace-normal";

/** Where a deposit stands on its chain, what is known of where it came from, and whether it is held for that. */
export function DepositChain({
  deposit,
  chain,
}: {
  deposit: DepositDetail;
  chain: NonNullable<DepositDetail["chain"]>;
}) {
  const t = useTranslations("deposits.chain");
  const { frozen } = deposit;
  return (
    <>
      {frozen?.releasedBy === null && (
        <Notice tone="warn">
          <span className="flex flex-wrap items-center gap-2">
            {t("frozen")}
            {deposit.mayRelease && <ReleaseButton deposit={deposit} />}
          </span>
        </Notice>
      )}
      <KeyValues
        items={[
          { label: t("address"), value: <IdChip id={chain.address} className={long} /> },
          {
            label: t("hash"),
            value: chain.txHash === null ? "–" : <IdChip id={chain.txHash} className={long} />,
          },
          { label: t("confirmations"), value: t("ofNeeded", { count: chain.confirmations, needed: chain.needed }) },
          ...chain.sources.map((source) => ({ label: t("source"), value: <IdChip id={source} className={long} /> })),
          ...(chain.convertTo === null ? [] : [{ label: t("convertTo"), value: chain.convertTo }]),
          ...(chain.conversionId === null
            ? []
            : [
                {
                  label: t("conversion"),
                  value: <IdChip id={chain.conversionId} href={`/ledger/${chain.conversionId}`} />,
                },
              ]),
        ]}
      />
      <KytFindings kyt={deposit.kyt} />
    </>
  );
}

/** Letting go takes two people: this proposes it. */
function ReleaseButton({ deposit }: { deposit: DepositDetail }) {
  const t = useTranslations("deposits.chain");
  const client = useQueryClient();
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const propose = useMutation({
    ...write("deposit.release"),
    onSuccess: async ({ approvalId }) => {
      setOpen(false);
      await client.invalidateQueries({ queryKey: keyOf("deposit.show") });
      router.push(`/approvals/${approvalId}`);
    },
  });
  const failure = propose.error === null ? undefined : failureOf(propose.error);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("release")}</Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={t("releaseTitle")}
        action={t("release")}
        preview={
          <>
            <Money amount={deposit.credited ?? deposit.amount} currency={deposit.currency} /> {t("releaseEffect")}
          </>
        }
        busy={propose.isPending}
        failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
        onConfirm={(reason: string) => propose.mutate({ depositId: deposit.depositId, reason })}
      />
    </>
  );
}
