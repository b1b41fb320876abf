"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { isPowerful, type Role, roles } from "@pitboss/domain/identity/roles";
import { useTranslations } from "use-intl";
import { keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { toast } from "#lib/toasts.ts";
import { Button } from "#ui/button.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { FailureNotice } from "#ui/failure-notice.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Modal } from "#ui/modal.tsx";
import { TextInput } from "#ui/text-input.tsx";

interface InviteDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

const blank = { name: "", email: "", reason: "", roles: [] as readonly Role[] };
const shortestReason = 5;

export function InviteDialog({ open, onClose }: InviteDialogProps) {
  const t = useTranslations("staff.invite");
  const roleWords = useTranslations("roles");
  const client = useQueryClient();
  const [draft, setDraft] = useState(blank);
  const change = (part: Partial<typeof blank>) => setDraft((before) => ({ ...before, ...part }));
  const invite = useMutation({
    ...write("staff.invite"),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keyOf("staff.list") });
      toast(t("sent"), { tone: "good", description: draft.email });
      setDraft(blank);
      onClose();
    },
  });
  const failure = invite.error === null ? undefined : failureOf(invite.error);
  const ready = draft.name.trim() !== "" && draft.email.includes("@") && draft.reason.trim().length >= shortestReason;
  return (
    <Modal
      open={open}
      onOpenChange={onClose}
      title={t("title")}
      description={t("lead")}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button
            look="solid"
            busy={invite.isPending}
            disabled={!ready}
            onClick={() =>
              invite.mutate({ ...draft, name: draft.name.trim(), reason: draft.reason.trim(), roles: [...draft.roles] })
            }
          >
            {t("send")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <div className="grid gap-3 sm:grid-cols-2">
          <FormField label={t("name")}>
            <TextInput
              autoFocus
              value={draft.name}
              maxLength={120}
              onChange={(event) => change({ name: event.currentTarget.value })}
            />
          </FormField>
          <FormField label={t("email")}>
            <TextInput
              type="email"
              value={draft.email}
              maxLength={320}
              onChange={(event) => change({ email: event.currentTarget.value })}
            />
          </FormField>
        </div>
        <fieldset>
          <legend className="mb-1 text-xs font-medium text-ink-muted">{t("roles")}</legend>
          <div className="grid gap-x-4 sm:grid-cols-2">
            {roles.map((role) => {
              const powerful = isPowerful(role);
              return (
                <label key={role} className="flex min-h-8 items-center gap-2">
                  <Checkbox
                    checked={draft.roles.includes(role)}
                    disabled={powerful}
                    onChange={(checked) =>
                      change({ roles: checked ? [...draft.roles, role] : draft.roles.filter((each) => each !== role) })
                    }
                  />
                  <span>{roleWords(role)}</span>
                  {powerful && <span className="text-xs text-ink-faint">{t("powerful")}</span>}
                </label>
              );
            })}
          </div>
        </fieldset>
        <FormField label={t("reason")}>
          <TextInput
            value={draft.reason}
            maxLength={500}
            onChange={(event) => change({ reason: event.currentTarget.value })}
          />
        </FormField>
        {failure !== undefined && failure.code !== "STEP_UP_NEEDED" && <FailureNotice failure={failure} />}
      </div>
    </Modal>
  );
}
