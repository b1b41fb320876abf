"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { PlanDialog } from "#features/plans/plan-dialog.tsx";
import { api, keyOf } from "#lib/api.ts";
import { BulkBar } from "#ui/bulk-bar.tsx";
import { Button } from "#ui/button.tsx";
import type { Selection } from "#ui/data-table-types.ts";

/** Proposes to void the chosen bets that are still held; somebody else approves it. */
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
        together
        show={(betIds) => api.bet.planVoid.query({ selection: { by: "list", betIds: [...betIds] } })}
        carryOut={async (plan, items, reason) => {
          const betIds = items.map(({ id }) => id);
          const { approvalId, status } = await api.bet.proposeVoid.mutate({
            selection: { by: "list", betIds },
            plan,
            reason,
          });
          return { items: betIds.map((id) => ({ id, done: true as const, result: { approvalId, status } })) };
        }}
        onDone={() => {
          clear();
          void client.invalidateQueries({ queryKey: keyOf("bet.list") });
        }}
      />
    </>
  );
}
