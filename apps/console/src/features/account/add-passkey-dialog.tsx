"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { api, keyOf } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { makePasskey } from "#lib/passkey.ts";
import { toast } from "#lib/toasts.ts";
import { Button } from "#ui/button.tsx";
import { FailureNotice } from "#ui/failure-notice.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Modal } from "#ui/modal.tsx";
import { Notice } from "#ui/notice.tsx";
import { TextInput } from "#ui/text-input.tsx";

interface AddPasskeyDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

const longestName = 80;

export function AddPasskeyDialog({ open, onClose }: AddPasskeyDialogProps) {
  const t = useTranslations("account.factors");
  const client = useQueryClient();
  const [name, setName] = useState("");
  const add = useMutation({
    mutationKey: ["account.addPasskey"],
    mutationFn: async (called: string) => {
      const { flow, options } = await api.account.beginPasskey.mutate();
      const response = await makePasskey(options);
      if (response === undefined) return false;
      await api.account.addPasskey.mutate({ flow, name: called, response: { ...response } });
      return true;
    },
    onSuccess: async (added) => {
      if (!added) return;
      await client.invalidateQueries({ queryKey: keyOf("account.factors") });
      toast(t("added"), { tone: "good" });
      setName("");
      onClose();
    },
  });
  return (
    <Modal
      open={open}
      onOpenChange={onClose}
      title={t("addPasskey")}
      description={t("passkeyLead")}
      footer={
        <Button look="solid" busy={add.isPending} disabled={name.trim() === ""} onClick={() => add.mutate(name.trim())}>
          {t("continue")}
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <FormField label={t("passkeyName")} hint={t("passkeyNameHint")}>
          <TextInput
            autoFocus
            value={name}
            maxLength={longestName}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </FormField>
        {add.error !== null && <FailureNotice failure={failureOf(add.error)} />}
        {add.data === false && <Notice tone="warn">{t("passkeyFailed")}</Notice>}
      </div>
    </Modal>
  );
}
