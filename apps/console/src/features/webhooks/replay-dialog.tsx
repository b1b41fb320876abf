"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { PlanDialog } from "#features/plans/plan-dialog.tsx";
import { api, keyOf } from "#lib/api.ts";

interface ReplayDialogProps {
  readonly ids: readonly string[];
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onDone?: () => void;
}

/** Has dead letters processed again; what can't be is left out, with why. */
export function ReplayDialog({ ids, open, onClose, onDone }: ReplayDialogProps) {
  const t = useTranslations("webhooks.replay");
  const client = useQueryClient();
  return (
    <PlanDialog
      open={open}
      onClose={onClose}
      title={t("title")}
      action={t("action")}
      ids={ids}
      show={(targets) => api.plan.webhookReplay.show.query({ targets: [...targets], params: {} })}
      carryOut={(plan, items, reason) =>
        api.plan.webhookReplay.carryOut.mutate({ plan, items: [...items], params: {}, reason })
      }
      onDone={() => {
        onDone?.();
        void client.invalidateQueries({ queryKey: keyOf("webhook.list") });
        void client.invalidateQueries({ queryKey: keyOf("webhook.show") });
      }}
    />
  );
}
