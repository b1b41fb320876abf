"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { ReplayDialog } from "#features/webhooks/replay-dialog.tsx";
import type { WebhookSource } from "#features/webhooks/webhook-sources.tsx";
import { BulkBar } from "#ui/bulk-bar.tsx";
import { Button } from "#ui/button.tsx";
import type { Selection } from "#ui/data-table-types.ts";

export function BulkReplay({ source, selection }: { source: WebhookSource; selection: Selection }) {
  const t = useTranslations("webhooks.replay");
  const [open, setOpen] = useState(false);
  const clear = () => selection.change(new Set());
  return (
    <>
      <BulkBar selected={selection.ids.size} onClear={clear}>
        <Button size="sm" onClick={() => setOpen(true)}>
          {t("action")}
        </Button>
      </BulkBar>
      <ReplayDialog
        source={source}
        ids={[...selection.ids]}
        open={open}
        onClose={() => setOpen(false)}
        onDone={clear}
      />
    </>
  );
}
