"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { failedOf } from "#features/affiliates/write-affiliate.ts";
import { write } from "#lib/api.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FormField } from "#ui/form-field.tsx";
import { TextInput } from "#ui/text-input.tsx";

export function NewAffiliate() {
  const t = useTranslations("affiliates.create");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [leastPayment, setLeastPayment] = useState("50.00");
  const create = useMutation({
    ...write("affiliate.create"),
    onSuccess: ({ affiliateId }) => router.push(`/affiliates/${affiliateId}`),
  });
  return (
    <>
      <Button look="solid" onClick={() => setOpen(true)}>
        {t("action")}
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={t("title")}
        action={t("action")}
        disabled={name.trim().length < 2 || !email.includes("@")}
        busy={create.isPending}
        failure={failedOf(create.error)}
        preview={
          <div className="flex flex-col gap-3">
            <FormField label={t("name")}>
              <TextInput value={name} maxLength={120} onChange={(event) => setName(event.currentTarget.value)} />
            </FormField>
            <FormField label={t("email")}>
              <TextInput
                type="email"
                value={email}
                maxLength={254}
                onChange={(event) => setEmail(event.currentTarget.value)}
              />
            </FormField>
            <FormField label={t("least")} hint={t("leastHint")}>
              <TextInput
                inputMode="decimal"
                value={leastPayment}
                onChange={(event) => setLeastPayment(event.currentTarget.value)}
              />
            </FormField>
          </div>
        }
        onConfirm={(reason) => create.mutate({ name: name.trim(), email: email.trim(), leastPayment, reason })}
      />
    </>
  );
}
