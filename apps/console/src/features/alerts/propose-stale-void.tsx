"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { VoidDialog } from "#features/bets/void-dialog.tsx";
import { useMay } from "#lib/reader.tsx";
import { Button } from "#ui/button.tsx";

/** All stale bets of a provider as one proposal, for somebody else to approve. */
export function ProposeStaleVoid({ provider }: { provider: string }) {
  const t = useTranslations("alerts.STALE_BETS");
  const may = useMay("bet.void");
  const [open, setOpen] = useState(false);
  if (!may) return null;
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        {t("propose")}
      </Button>
      <VoidDialog
        open={open}
        title={t("proposeTitle", { provider })}
        selection={{ by: "stale", provider }}
        onClose={() => setOpen(false)}
      />
    </>
  );
}
