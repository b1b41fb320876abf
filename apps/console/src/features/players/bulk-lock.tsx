"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { PlanDialog } from "#features/plans/plan-dialog.tsx";
import { api, keyOf } from "#lib/api.ts";
import { BulkBar } from "#ui/bulk-bar.tsx";
import { Button } from "#ui/button.tsx";
import type { Selection } from "#ui/data-table-types.ts";

/** Locks the chosen players that may still play. */
export function BulkLock({ selection }: { selection: Selection }) {
  const t = useTranslations("players.actions");
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const clear = () => selection.change(new Set());
  return (
    <>
      <BulkBar selected={selection.ids.size} onClear={clear}>
        <Button size="sm" onClick={() => setOpen(true)}>
          {t("lock")}
        </Button>
      </BulkBar>
      <PlanDialog
        open={open}
        onClose={() => setOpen(false)}
        title={t("bulkLockTitle")}
        action={t("lock")}
        ids={[...selection.ids]}
        show={(targets) => api.plan.playerLock.show.query({ targets: [...targets], params: { signOut: true } })}
        carryOut={(plan, items, reason) =>
          api.plan.playerLock.carryOut.mutate({ plan, items: [...items], params: { signOut: true }, reason })
        }
        onDone={() => {
          clear();
          void client.invalidateQueries({ queryKey: keyOf("player.list") });
        }}
      />
    </>
  );
}
