"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { PlanDialog } from "#features/plans/plan-dialog.tsx";
import { api, keyOf } from "#lib/api.ts";
import { BulkBar } from "#ui/bulk-bar.tsx";
import { Button } from "#ui/button.tsx";
import type { Selection } from "#ui/data-table-types.ts";

/** Voids the chosen bets that are still held. */
export function BulkVoid({ selection }: { selection: Selection }) {
  const t = useTranslations("bets.void");
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const clear = () => selection.change(new Set());
  return (
    <>
      <BulkBar selected={selection.ids.size} onClear={clear}>
        <Button size="sm" onClick={() => setOpen(true)}>
          {t("bulk")}
        </Button>
      </BulkBar>
      <PlanDialog
        open={open}
        onClose={() => setOpen(false)}
        title={t("bulkTitle")}
        action={t("bulkAction")}
        ids={[...selection.ids]}
        show={(targets) => api.plan.betVoid.show.query({ targets: [...targets], params: {} })}
        carryOut={(plan, items, reason) =>
          api.plan.betVoid.carryOut.mutate({ plan, items: [...items], params: {}, reason })
        }
        onDone={() => {
          clear();
          void client.invalidateQueries({ queryKey: keyOf("bet.list") });
        }}
      />
    </>
  );
}
