"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { VoidDialog } from "#features/bets/void-dialog.tsx";
import { BulkBar } from "#ui/bulk-bar.tsx";
import { Button } from "#ui/button.tsx";
import type { Selection } from "#ui/data-table-types.ts";

/** Proposes to void the chosen bets that are still held; somebody else approves it. */
export function BulkVoid({ selection }: { selection: Selection }) {
  const t = useTranslations("bets.void");
  const [open, setOpen] = useState(false);
  const clear = () => selection.change(new Set());
  return (
    <>
      <BulkBar selected={selection.ids.size} onClear={clear}>
        <Button size="sm" onClick={() => setOpen(true)}>
          {t("bulk")}
        </Button>
      </BulkBar>
      {selection.ids.size > 0 && (
        <VoidDialog
          open={open}
          title={t("bulkTitle")}
          selection={{ by: "list", betIds: [...selection.ids] }}
          onClose={() => setOpen(false)}
          onProposed={clear}
        />
      )}
    </>
  );
}
