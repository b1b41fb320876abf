"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Experiment } from "#features/lobby/experiment-page.tsx";
import { keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";

export function StopExperiment({ experiment }: { experiment: Experiment }) {
  const t = useTranslations("lobby");
  const may = useMay("game.change");
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const stop = useMutation({
    ...write("lobby.stop"),
    onSuccess: async () => {
      setOpen(false);
      toast(t("stopDone"), { tone: "good" });
      await client.invalidateQueries({ queryKey: keyOf("lobby.show") });
      await client.invalidateQueries({ queryKey: keyOf("lobby.list") });
    },
  });
  if (!may) return null;
  const failure = stop.error === null ? undefined : failureOf(stop.error);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("stop")}</Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={t("stopTitle", { name: experiment.name })}
        action={t("stop")}
        danger
        busy={stop.isPending}
        failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
        preview={<p>{t("stopEffect")}</p>}
        onConfirm={(reason) => stop.mutate({ code: experiment.code, reason })}
      />
    </>
  );
}
