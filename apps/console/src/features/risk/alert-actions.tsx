"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { permissionRow } from "@pitboss/domain/identity/permissions";
import { type AlertDecision, alertDecisions, alertStateAfter } from "@pitboss/domain/risk/monitoring/alert-machine";
import { useTranslations } from "use-intl";
import { useRoleNames } from "#features/identity/role-names.ts";
import type { RiskAlertDetail } from "#features/risk/alert-columns.tsx";
import { keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { Reason } from "#ui/reason.tsx";

export function AlertActions({ alert }: { alert: RiskAlertDetail }) {
  const t = useTranslations("monitoring.actions");
  const may = useMay("risk.work");
  const roleNames = useRoleNames();
  const client = useQueryClient();
  const [asked, setAsked] = useState<AlertDecision>();
  const decide = useMutation({
    ...write("risk.decide"),
    onSuccess: async () => {
      setAsked(undefined);
      toast(t("done"), { tone: "good" });
      await Promise.all(
        (["risk.alert", "risk.alerts"] as const).map((path) => client.invalidateQueries({ queryKey: keyOf(path) })),
      );
    },
  });
  const failure = decide.error === null ? undefined : failureOf(decide.error);
  const why = may ? undefined : t("onlyFor", { roles: roleNames(permissionRow("risk.work").roles) });
  return (
    <>
      {alertDecisions
        .filter((decision) => alertStateAfter(alert.state, decision) !== undefined)
        .map((decision) => (
          <Reason key={decision} text={why}>
            <Button
              disabled={why !== undefined}
              onClick={() => {
                decide.reset();
                setAsked(decision);
              }}
            >
              {t(decision)}
            </Button>
          </Reason>
        ))}
      <ConfirmDialog
        open={asked !== undefined}
        onOpenChange={() => setAsked(undefined)}
        title={asked === undefined ? "" : t(asked)}
        action={asked === undefined ? "" : t(asked)}
        preview={asked === undefined ? "" : t(`alertPreviews.${asked}`)}
        busy={decide.isPending}
        failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
        onConfirm={(reason) => {
          if (asked !== undefined) decide.mutate({ alertId: alert.alertId, decision: asked, reason });
        }}
      />
    </>
  );
}
