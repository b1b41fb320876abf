"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Affiliate } from "#features/affiliates/affiliate-words.tsx";
import { CodeDialog, PayeeDialog } from "#features/affiliates/affiliate-dialogs.tsx";
import { PlanDialog } from "#features/affiliates/plan-dialog.tsx";
import { failedOf, useAffiliateChange } from "#features/affiliates/write-affiliate.ts";
import { useMay } from "#lib/reader.tsx";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FormField } from "#ui/form-field.tsx";
import { TextInput } from "#ui/text-input.tsx";

type Asked = "code" | "plan" | "payee" | "statement" | "status";

/** What this person may do with the affiliate. */
export function AffiliateActions({ affiliate }: { affiliate: Affiliate }) {
  const t = useTranslations("affiliates.actions");
  const mayManage = useMay("affiliate.manage");
  const mayPropose = useMay("affiliate.propose");
  const [asked, setAsked] = useState<Asked>();
  const close = () => setAsked(undefined);
  const [month, setMonth] = useState(lastMonth);
  const { affiliateId } = affiliate;
  const active = affiliate.status === "ACTIVE";
  const make = useAffiliateChange("affiliate.makeStatement", t("made"), close);
  const change = useAffiliateChange("affiliate.change", t("changed"), close);
  return (
    <div className="flex flex-wrap gap-2">
      {mayManage && (
        <>
          <Button onClick={() => setAsked("status")}>{t(active ? "suspend" : "resume")}</Button>
          <Button onClick={() => setAsked("code")}>{t("code")}</Button>
          <Button onClick={() => setAsked("plan")}>{t("plan")}</Button>
        </>
      )}
      {mayPropose && (
        <>
          <Button onClick={() => setAsked("payee")}>{t("payee")}</Button>
          <Button look="solid" onClick={() => setAsked("statement")}>
            {t("statement")}
          </Button>
        </>
      )}
      <CodeDialog affiliate={affiliate} open={asked === "code"} onClose={close} />
      <PayeeDialog affiliate={affiliate} open={asked === "payee"} onClose={close} />
      <PlanDialog affiliate={affiliate} open={asked === "plan"} onClose={close} />
      <ConfirmDialog
        open={asked === "statement"}
        onOpenChange={close}
        title={t("statementTitle")}
        action={t("statement")}
        disabled={!/^20\d{2}-(0[1-9]|1[0-2])$/.test(month)}
        busy={make.isPending}
        failure={failedOf(make.error)}
        preview={
          <FormField label={t("month")} hint={t("monthHint")}>
            <TextInput value={month} maxLength={7} onChange={(event) => setMonth(event.currentTarget.value)} />
          </FormField>
        }
        onConfirm={(reason) => make.mutate({ affiliateId, month, reason })}
      />
      <ConfirmDialog
        open={asked === "status"}
        onOpenChange={close}
        title={t(active ? "suspend" : "resume")}
        action={t(active ? "suspend" : "resume")}
        danger={active}
        busy={change.isPending}
        failure={failedOf(change.error)}
        preview={t(active ? "suspendEffect" : "resumeEffect", { players: affiliate.players })}
        onConfirm={(reason) => change.mutate({ affiliateId, status: active ? "SUSPENDED" : "ACTIVE", reason })}
      />
    </div>
  );
}

/** Of UTC, as statements are. */
function lastMonth(): string {
  return new Date(new Date().setUTCDate(0)).toISOString().slice(0, 7);
}
