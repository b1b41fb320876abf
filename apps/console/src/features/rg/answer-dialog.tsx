"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { PlayerRgView } from "#features/rg/player-rg.tsx";
import { keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { toast } from "#lib/toasts.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Select } from "#ui/select.tsx";

interface AnswerDialogProps {
  readonly exclusion: PlayerRgView["exclusions"][number];
  readonly onClose: () => void;
}

/** A person answers an excluded player who asks for play again. */
export function AnswerDialog({ exclusion, onClose }: AnswerDialogProps) {
  const t = useTranslations("rg.act");
  const client = useQueryClient();
  const [answer, setAnswer] = useState<"grant" | "refuse">("refuse");
  const decide = useMutation({
    ...write("rg.answerReactivation"),
    onSuccess: async () => {
      onClose();
      toast(t("done"), { tone: "good" });
      await Promise.all(
        (["rg.show", "rg.exclusions", "rg.interactions"] as const).map((path) =>
          client.invalidateQueries({ queryKey: keyOf(path) }),
        ),
      );
    },
  });
  const failure = decide.error === null ? undefined : failureOf(decide.error);
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t("answerTitle")}
      action={t(answer)}
      danger={answer === "grant"}
      busy={decide.isPending}
      failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
      preview={
        <div className="flex flex-col gap-3">
          <p>{t("answerLead")}</p>
          <p>
            <span className="text-ink-muted">{t("asked")}:</span>{" "}
            <span className="wrap-anywhere">{exclusion.askedReason}</span>
          </p>
          <FormField label={t("answer")}>
            <Select
              value={answer}
              onChange={setAnswer}
              choices={(["refuse", "grant"] as const).map((value) => ({ value, label: t(value) }))}
            />
          </FormField>
        </div>
      }
      onConfirm={(reason) => decide.mutate({ exclusionId: exclusion.exclusionId, granted: answer === "grant", reason })}
    />
  );
}
