"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { BringDialog } from "#features/reconciliation/bring-dialog.tsx";
import { RunDialog } from "#features/reconciliation/run-dialog.tsx";
import { useMay } from "#lib/reader.tsx";
import { Button } from "#ui/button.tsx";

/** Comparing now, and bringing a report or statement that did not come by itself. */
export function ReconActions() {
  const t = useTranslations("reconciliation");
  const mayWork = useMay("break.work");
  const [asked, setAsked] = useState<"run" | "bring">();
  if (!mayWork) return null;
  return (
    <div className="flex flex-wrap gap-2">
      <Button onClick={() => setAsked("bring")}>{t("bring.open")}</Button>
      <Button look="solid" onClick={() => setAsked("run")}>
        {t("run.open")}
      </Button>
      <RunDialog open={asked === "run"} onClose={() => setAsked(undefined)} />
      <BringDialog open={asked === "bring"} onClose={() => setAsked(undefined)} />
    </div>
  );
}
