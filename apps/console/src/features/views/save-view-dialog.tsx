"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import type { SavedState } from "#lib/use-list-url.ts";
import { Button } from "#ui/button.tsx";
import { FailureNotice } from "#ui/failure-notice.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Modal } from "#ui/modal.tsx";
import { Switch } from "#ui/switch.tsx";
import { TextInput } from "#ui/text-input.tsx";

interface SaveViewDialogProps {
  readonly list: string;
  readonly state: SavedState;
  readonly open: boolean;
  readonly onClose: () => void;
}

const longestName = 80;

export function SaveViewDialog({ list, state, open, onClose }: SaveViewDialogProps) {
  const t = useTranslations("views");
  const client = useQueryClient();
  const mayShare = useMay("view.share");
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const save = useMutation({
    ...write("view.save"),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keyOf("view.list") });
      toast(t("saved"), { tone: "good" });
      setName("");
      onClose();
    },
  });
  function submit() {
    save.mutate({
      list,
      name: name.trim(),
      shared,
      state: structuredClone(state) as Record<string, string | string[]>,
    });
  }
  return (
    <Modal
      open={open}
      onOpenChange={onClose}
      title={t("save")}
      description={t("saveLead")}
      className="max-w-md"
      footer={
        <Button look="solid" busy={save.isPending} disabled={name.trim() === ""} onClick={submit}>
          {t("saveAction")}
        </Button>
      }
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== "") submit();
        }}
      >
        <FormField label={t("name")} hint={t("nameHint")}>
          <TextInput
            autoFocus
            value={name}
            maxLength={longestName}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </FormField>
        <Switch
          label={t("share")}
          {...(mayShare ? {} : { hint: t("mayNotShare") })}
          checked={shared}
          disabled={!mayShare}
          onChange={setShared}
        />
        {save.error !== null && <FailureNotice failure={failureOf(save.error)} />}
      </form>
    </Modal>
  );
}
