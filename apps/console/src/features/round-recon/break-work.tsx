"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { BreakDetail } from "#features/round-recon/break-facts.tsx";
import { keyOf, write } from "#lib/api.ts";
import { type ViewFailure, failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";

/** Taking a break on, giving it back and writing on it, where this person may. */
export function BreakWork({ found }: { found: Pick<BreakDetail, "breakId" | "state"> }) {
  const t = useTranslations("roundRecon.actions");
  const [asked, setAsked] = useState(false);
  const mayWork = useMay("break.work");
  const changed = useBreakChanged();
  const assign = useMutation({ ...write("recon.assign"), onSuccess: changed });
  const unassign = useMutation({ ...write("recon.unassign"), onSuccess: changed });
  const note = useMutation({
    ...write("recon.note"),
    onSuccess: async () => {
      setAsked(false);
      await changed();
    },
  });
  const { breakId, state } = found;
  if (!mayWork) return null;
  return (
    <>
      {(state === "OPEN" || state === "REOPENED") && (
        <Button disabled={assign.isPending} onClick={() => assign.mutate({ breakId })}>
          {t("assign")}
        </Button>
      )}
      {state === "ASSIGNED" && (
        <Button disabled={unassign.isPending} onClick={() => unassign.mutate({ breakId })}>
          {t("unassign")}
        </Button>
      )}
      <Button onClick={() => setAsked(true)}>{t("note")}</Button>
      <ConfirmDialog
        open={asked}
        onOpenChange={() => setAsked(false)}
        title={t("noteTitle")}
        action={t("note")}
        busy={note.isPending}
        failure={failureToShow(note.error)}
        preview={t("noteEffect")}
        onConfirm={(text) => note.mutate({ breakId, note: text })}
      />
    </>
  );
}

/** Says that it is done, and has what is shown of breaks read anew. */
export function useBreakChanged(): () => Promise<void> {
  const t = useTranslations("roundRecon.actions");
  const client = useQueryClient();
  return async () => {
    toast(t("done"), { tone: "good" });
    await Promise.all(
      (["recon.show", "recon.breaks", "recon.triage"] as const).map((name) =>
        client.invalidateQueries({ queryKey: keyOf(name) }),
      ),
    );
  };
}

/** A fresh second factor is asked for by itself. */
export function failureToShow(error: Error | null): ViewFailure | undefined {
  const failure = error === null ? undefined : failureOf(error);
  return failure?.code === "STEP_UP_NEEDED" ? undefined : failure;
}
