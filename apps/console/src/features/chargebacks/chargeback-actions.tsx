"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { ChargebackDetail } from "#features/chargebacks/chargeback-facts.tsx";
import { keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FormField } from "#ui/form-field.tsx";
import { TextArea } from "#ui/text-area.tsx";

const shortestStatement = 20;

/** Submitting evidence and accepting, where this person may and the chargeback is open. */
export function ChargebackActions({ chargeback }: { chargeback: ChargebackDetail }) {
  const t = useTranslations("chargebacks.actions");
  const client = useQueryClient();
  const mayRespond = useMay("chargeback.respond");
  const [asking, setAsking] = useState<"submit" | "accept">();
  const [statement, setStatement] = useState("");
  const done = async () => {
    setAsking(undefined);
    toast(t("done"), { tone: "good" });
    await client.invalidateQueries({ queryKey: keyOf("chargeback.show") });
  };
  const submit = useMutation({ ...write("chargeback.submit"), onSuccess: done });
  const accept = useMutation({ ...write("chargeback.accept"), onSuccess: done });
  if (!mayRespond || chargeback.state !== "OPENED") return null;
  const { chargebackId, evidence } = chargeback;
  const failed = (error: Error | null) => {
    const failure = error === null ? undefined : failureOf(error);
    return failure?.code === "STEP_UP_NEEDED" ? undefined : failure;
  };
  return (
    <div className="flex flex-wrap gap-2">
      <Button onClick={() => setAsking("accept")}>{t("accept")}</Button>
      <Button look="solid" onClick={() => setAsking("submit")}>
        {t("submit")}
      </Button>
      <ConfirmDialog
        open={asking === "submit"}
        onOpenChange={() => setAsking(undefined)}
        title={t("submitTitle")}
        action={t("submit")}
        disabled={evidence.length === 0 || statement.trim().length < shortestStatement}
        busy={submit.isPending}
        failure={failed(submit.error)}
        preview={
          <div className="flex flex-col gap-3">
            <p>{t("submitEffect", { count: evidence.length })}</p>
            <FormField label={t("statement")} hint={t("statementHint", { count: String(shortestStatement) })}>
              <TextArea
                rows={5}
                maxLength={5_000}
                value={statement}
                onChange={(event) => setStatement(event.currentTarget.value)}
              />
            </FormField>
          </div>
        }
        onConfirm={(reason) => submit.mutate({ chargebackId, statement: statement.trim(), reason })}
      />
      <ConfirmDialog
        open={asking === "accept"}
        onOpenChange={() => setAsking(undefined)}
        title={t("acceptTitle")}
        action={t("accept")}
        danger
        busy={accept.isPending}
        failure={failed(accept.error)}
        preview={t("acceptEffect")}
        onConfirm={(reason) => accept.mutate({ chargebackId, reason })}
      />
    </div>
  );
}
