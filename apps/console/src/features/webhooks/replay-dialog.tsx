"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { PlanDialog } from "#features/plans/plan-dialog.tsx";
import type { WebhookSource } from "#features/webhooks/webhook-sources.tsx";
import { api, keyOf } from "#lib/api.ts";

interface ReplayDialogProps {
  readonly source: WebhookSource;
  readonly ids: readonly string[];
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onDone?: () => void;
}

/** What is read again when some were processed. */
const shown = { psp: ["webhook.list", "webhook.show"], kyc: ["kyc.webhooks", "kyc.webhook"] } as const;

/** Has dead letters processed again; what can't be is left out, with why. */
export function ReplayDialog({ source, ids, open, onClose, onDone }: ReplayDialogProps) {
  const t = useTranslations("webhooks.replay");
  const client = useQueryClient();
  const plans = source === "psp" ? api.plan.webhookReplay : api.plan.kycWebhookReplay;
  return (
    <PlanDialog
      open={open}
      onClose={onClose}
      title={t("title")}
      action={t("action")}
      ids={ids}
      show={(targets) => plans.show.query({ targets: [...targets], params: {} })}
      carryOut={(plan, items, reason) => plans.carryOut.mutate({ plan, items: [...items], params: {}, reason })}
      onDone={() => {
        onDone?.();
        for (const path of shown[source]) void client.invalidateQueries({ queryKey: keyOf(path) });
      }}
    />
  );
}
