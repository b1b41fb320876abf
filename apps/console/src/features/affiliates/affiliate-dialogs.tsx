"use client";

import { useRouter } from "next/navigation";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Affiliate } from "#features/affiliates/affiliate-words.tsx";
import { failedOf, useAffiliateChange } from "#features/affiliates/write-affiliate.ts";
import { write } from "#lib/api.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Select } from "#ui/select.tsx";
import { TextInput } from "#ui/text-input.tsx";

interface DialogProps {
  readonly affiliate: Affiliate;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Another tracking code. */
export function CodeDialog({ affiliate, open, onClose }: DialogProps) {
  const t = useTranslations("affiliates.codes");
  const [code, setCode] = useState("");
  const [label, setLabel] = useState("");
  const [landing, setLanding] = useState("https://");
  const add = useAffiliateChange("affiliate.addCode", t("added"), onClose);
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onClose}
      title={t("add")}
      action={t("add")}
      disabled={!/^[a-z0-9][a-z0-9-]{2,39}$/.test(code) || label.trim() === "" || !/^https?:\/\/./.test(landing)}
      busy={add.isPending}
      failure={failedOf(add.error)}
      preview={
        <div className="flex flex-col gap-3">
          <FormField label={t("code")} hint={t("codeHint")}>
            <TextInput value={code} maxLength={40} onChange={(event) => setCode(event.currentTarget.value)} />
          </FormField>
          <FormField label={t("label")}>
            <TextInput value={label} maxLength={80} onChange={(event) => setLabel(event.currentTarget.value)} />
          </FormField>
          <FormField label={t("landing")} hint={t("landingHint")}>
            <TextInput value={landing} maxLength={500} onChange={(event) => setLanding(event.currentTarget.value)} />
          </FormField>
        </div>
      }
      onConfirm={(reason) =>
        add.mutate({ affiliateId: affiliate.affiliateId, code, label: label.trim(), landing, reason })
      }
    />
  );
}

/** Where the affiliate is paid: proposed here, and decided by somebody else. */
export function PayeeDialog({ affiliate, open, onClose }: DialogProps) {
  const t = useTranslations("affiliates.payee");
  const router = useRouter();
  const [psp, setPsp] = useState<string | undefined>(affiliate.payee?.psp ?? affiliate.rails[0]);
  const [token, setToken] = useState("");
  const [label, setLabel] = useState("");
  const propose = useMutation({
    ...write("affiliate.proposePayee"),
    onSuccess: ({ approvalId }) => router.push(`/approvals/${approvalId}`),
  });
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onClose}
      title={t("title")}
      action={t("propose")}
      disabled={psp === undefined || token.trim().length < 3 || label.trim().length < 3}
      busy={propose.isPending}
      failure={failedOf(propose.error)}
      preview={
        <div className="flex flex-col gap-3">
          <FormField label={t("rail")}>
            <Select
              choices={affiliate.rails.map((value) => ({ value, label: value }))}
              value={psp}
              onChange={setPsp}
              placeholder={t("noRail")}
            />
          </FormField>
          <FormField label={t("token")} hint={t("tokenHint")}>
            <TextInput value={token} maxLength={200} onChange={(event) => setToken(event.currentTarget.value)} />
          </FormField>
          <FormField label={t("label")} hint={t("labelHint")}>
            <TextInput value={label} maxLength={80} onChange={(event) => setLabel(event.currentTarget.value)} />
          </FormField>
        </div>
      }
      onConfirm={(reason) => {
        const { affiliateId } = affiliate;
        if (psp !== undefined) propose.mutate({ affiliateId, psp, token: token.trim(), label: label.trim(), reason });
      }}
    />
  );
}
