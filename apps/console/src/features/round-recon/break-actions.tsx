"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { BreakDetail } from "#features/round-recon/break-facts.tsx";
import { keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";

type Asked = "note" | "POST" | "EXPLAIN";

/** Taking a break on, writing on it, and proposing its end, where this person may and it is open. */
export function BreakActions({ found }: { found: BreakDetail }) {
  const t = useTranslations("roundRecon.actions");
  const client = useQueryClient();
  const [mayWork, mayResolve] = [useMay("break.work"), useMay("break.resolve")];
  const [asked, setAsked] = useState<Asked>();
  const done = async () => {
    setAsked(undefined);
    toast(t("done"), { tone: "good" });
    await Promise.all(
      (["recon.show", "recon.breaks"] as const).map((name) => client.invalidateQueries({ queryKey: keyOf(name) })),
    );
  };
  const assign = useMutation({ ...write("recon.assign"), onSuccess: done });
  const unassign = useMutation({ ...write("recon.unassign"), onSuccess: done });
  const note = useMutation({ ...write("recon.note"), onSuccess: done });
  const propose = useMutation({ ...write("recon.propose"), onSuccess: done });
  const { breakId, state, open, methods } = found;
  const failed = (error: Error | null) => {
    const failure = error === null ? undefined : failureOf(error);
    return failure?.code === "STEP_UP_NEEDED" ? undefined : failure;
  };
  const proposable = open && state !== "PROPOSED" && mayResolve;
  return (
    <div className="flex flex-wrap gap-2">
      {mayWork && (state === "OPEN" || state === "REOPENED") && (
        <Button disabled={assign.isPending} onClick={() => assign.mutate({ breakId })}>
          {t("assign")}
        </Button>
      )}
      {mayWork && state === "ASSIGNED" && (
        <Button disabled={unassign.isPending} onClick={() => unassign.mutate({ breakId })}>
          {t("unassign")}
        </Button>
      )}
      {mayWork && <Button onClick={() => setAsked("note")}>{t("note")}</Button>}
      {proposable && methods.includes("EXPLAIN") && <Button onClick={() => setAsked("EXPLAIN")}>{t("EXPLAIN")}</Button>}
      {proposable && methods.includes("POST") && (
        <Button look="solid" onClick={() => setAsked("POST")}>
          {t("POST")}
        </Button>
      )}
      <ConfirmDialog
        open={asked === "note"}
        onOpenChange={() => setAsked(undefined)}
        title={t("noteTitle")}
        action={t("note")}
        busy={note.isPending}
        failure={failed(note.error)}
        preview={t("noteEffect")}
        onConfirm={(text) => note.mutate({ breakId, note: text })}
      />
      {(["POST", "EXPLAIN"] as const).map((method) => (
        <ConfirmDialog
          key={method}
          open={asked === method}
          onOpenChange={() => setAsked(undefined)}
          title={t(`${method}Title`)}
          action={t(method)}
          busy={propose.isPending}
          failure={failed(propose.error)}
          preview={t(`${method}Effect`)}
          onConfirm={(reason) => propose.mutate({ breakId, method, reason })}
        />
      ))}
    </div>
  );
}
