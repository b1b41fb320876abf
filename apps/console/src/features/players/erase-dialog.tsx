"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { type OutputOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { Button } from "#ui/button.tsx";
import { FailureNotice } from "#ui/failure-notice.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Modal } from "#ui/modal.tsx";
import { Notice } from "#ui/notice.tsx";
import { TextArea } from "#ui/text-area.tsx";

interface EraseDialogProps {
  readonly player: OutputOf<"player.show">;
  readonly open: boolean;
  readonly onClose: () => void;
}

const shortest = 5;

/** Proposes to erase a player's personal data; a second person decides, and sees what the law keeps. */
export function EraseDialog({ player, open, onClose }: EraseDialogProps) {
  const t = useTranslations("players.erase");
  const router = useRouter();
  const [request, setRequest] = useState("");
  const [reason, setReason] = useState("");
  const propose = useMutation({
    ...write("approval.proposeErasure"),
    onSuccess: (approval) => router.push(`/approvals/${approval.approvalId}`),
  });
  const failure = propose.error === null ? undefined : failureOf(propose.error);
  const ready = request.trim().length >= shortest && reason.trim().length >= shortest;
  return (
    <Modal
      open={open}
      onOpenChange={onClose}
      title={t("title", { name: player.nickname })}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button
            look="danger"
            busy={propose.isPending}
            disabled={!ready}
            onClick={() =>
              propose.mutate({ playerId: player.playerId, request: request.trim(), reason: reason.trim() })
            }
          >
            {t("propose")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Notice tone="warn">{t("lead")}</Notice>
        <FormField label={t("request")} hint={t("requestHint")}>
          <TextArea
            rows={2}
            value={request}
            maxLength={500}
            onChange={(event) => setRequest(event.currentTarget.value)}
          />
        </FormField>
        <FormField label={t("reason")}>
          <TextArea
            rows={2}
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </FormField>
        {failure !== undefined && failure.code !== "STEP_UP_NEEDED" && <FailureNotice failure={failure} />}
      </div>
    </Modal>
  );
}
