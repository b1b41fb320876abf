"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { BreakDetail } from "#features/round-recon/break-facts.tsx";
import { BreakWork, failureToShow, useBreakChanged } from "#features/round-recon/break-work.tsx";
import { write } from "#lib/api.ts";
import { useMay } from "#lib/reader.tsx";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";

type Asked = "POST" | "EXPLAIN";

/** Taking a break on, writing on it, and proposing its end, where this person may and it is open. */
export function BreakActions({ found }: { found: BreakDetail }) {
  const t = useTranslations("roundRecon.actions");
  const mayResolve = useMay("break.resolve");
  const [asked, setAsked] = useState<Asked>();
  const changed = useBreakChanged();
  const propose = useMutation({
    ...write("recon.propose"),
    onSuccess: async () => {
      setAsked(undefined);
      await changed();
    },
  });
  const { breakId, state, open, methods } = found;
  const proposable = open && state !== "PROPOSED" && mayResolve;
  return (
    <div className="flex flex-wrap gap-2">
      <BreakWork found={found} />
      {proposable && methods.includes("EXPLAIN") && <Button onClick={() => setAsked("EXPLAIN")}>{t("EXPLAIN")}</Button>}
      {proposable && methods.includes("POST") && (
        <Button look="solid" onClick={() => setAsked("POST")}>
          {t("POST")}
        </Button>
      )}
      {(["POST", "EXPLAIN"] as const).map((method) => (
        <ConfirmDialog
          key={method}
          open={asked === method}
          onOpenChange={() => setAsked(undefined)}
          title={t(`${method}Title`)}
          action={t(method)}
          busy={propose.isPending}
          failure={failureToShow(propose.error)}
          preview={t(`${method}Effect`)}
          onConfirm={(reason) => propose.mutate({ breakId, method, reason })}
        />
      ))}
    </div>
  );
}
