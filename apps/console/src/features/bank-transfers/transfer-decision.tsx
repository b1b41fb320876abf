"use client";

import { parseId } from "@pitboss/domain/kernel/public-id";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { BankTransferDetail } from "#features/bank-transfers/transfer-facts.tsx";
import { keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Money } from "#ui/money.tsx";
import { TextInput } from "#ui/text-input.tsx";

/** Crediting and sending back take two people: this proposes either. */
export function TransferDecision({ transfer }: { transfer: BankTransferDetail }) {
  const t = useTranslations("bankTransfers.decision");
  const client = useQueryClient();
  const router = useRouter();
  const [asking, setAsking] = useState<"CREDIT" | "RETURN">();
  const [playerId, setPlayerId] = useState(transfer.candidates[0]?.playerId ?? "");
  const propose = useMutation({
    ...write("bankCredit.propose"),
    onSuccess: async ({ approvalId }) => {
      setAsking(undefined);
      await client.invalidateQueries({ queryKey: keyOf("bankCredit.show") });
      router.push(`/approvals/${approvalId}`);
    },
  });
  if (!transfer.mayDecide) return <p className="text-ink-muted">{t("none")}</p>;
  const failure = propose.error === null ? undefined : failureOf(propose.error);
  const shown = failure?.code === "STEP_UP_NEEDED" ? undefined : failure;
  const { creditId, amount, currency, payer } = transfer;
  const money = <Money amount={amount} currency={currency} />;
  return (
    <div className="flex flex-wrap gap-2">
      <Button look="solid" onClick={() => setAsking("CREDIT")}>
        {t("credit")}
      </Button>
      <Button disabled={payer.iban === null} onClick={() => setAsking("RETURN")}>
        {t("return")}
      </Button>
      <ConfirmDialog
        open={asking === "CREDIT"}
        onOpenChange={() => setAsking(undefined)}
        title={t("creditTitle")}
        action={t("credit")}
        disabled={parseId("player", playerId) === undefined}
        busy={propose.isPending}
        failure={shown}
        preview={
          <div className="flex flex-col gap-3">
            <p>
              {money} {t("creditEffect")}
            </p>
            <FormField label={t("player")} hint={t("playerHint")}>
              <TextInput value={playerId} onChange={(event) => setPlayerId(event.currentTarget.value.trim())} />
            </FormField>
          </div>
        }
        onConfirm={(reason) => propose.mutate({ creditId, decision: "CREDIT", playerId, reason })}
      />
      <ConfirmDialog
        open={asking === "RETURN"}
        onOpenChange={() => setAsking(undefined)}
        title={t("returnTitle")}
        action={t("return")}
        danger
        busy={propose.isPending}
        failure={shown}
        preview={
          <p>
            {money} {t("returnEffect", { account: payer.iban ?? "" })}
          </p>
        }
        onConfirm={(reason) => propose.mutate({ creditId, decision: "RETURN", reason })}
      />
    </div>
  );
}
