"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { AlertText, alertTitle } from "#features/alerts/alert-text.tsx";
import { ProposeStaleVoid } from "#features/alerts/propose-stale-void.tsx";
import { keyOf, type OutputOf, read, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Notice } from "#ui/notice.tsx";
import { Time } from "#ui/time.tsx";

export type HouseAlert = OutputOf<"alert.list">[number];

interface AlertBannerProps {
  /** Undefined shows all. */
  readonly kinds?: readonly HouseAlert["kind"][];
}

/** What the house warns of by itself, above what it concerns. Nothing is shown while nothing is open. */
export function AlertBanner({ kinds }: AlertBannerProps) {
  const alerts = useQuery({ ...read("alert.list"), refetchInterval: 30_000 });
  const shown = (alerts.data ?? []).filter(({ kind }) => kinds === undefined || kinds.includes(kind));
  if (shown.length === 0) return null;
  return (
    <div className="flex shrink-0 flex-col gap-2 px-(--page-x) pb-3">
      {shown.map((alert) => (
        <OneAlert key={alert.alertId} alert={alert} />
      ))}
    </div>
  );
}

function OneAlert({ alert }: { alert: HouseAlert }) {
  const t = useTranslations("alerts");
  const { acknowledged } = alert;
  return (
    <Notice tone={acknowledged === null ? "bad" : "warn"} title={alertTitle(t, alert)} live>
      <AlertText alert={alert} />
      <div className="mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-1.5">
        <span className="text-xs">
          {t("since")} <Time at={alert.openedAt} short />
        </span>
        {acknowledged === null ? (
          <Acknowledge alert={alert} />
        ) : (
          <span className="text-xs">{t("acknowledged", { name: acknowledged.by })}</span>
        )}
        {alert.kind === "STALE_BETS" && <ProposeStaleVoid provider={alert.subject} />}
      </div>
    </Notice>
  );
}

function Acknowledge({ alert }: { alert: HouseAlert }) {
  const t = useTranslations("alerts");
  const may = useMay("alert.acknowledge");
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const acknowledge = useMutation({
    ...write("alert.acknowledge"),
    onSuccess: async () => {
      setOpen(false);
      toast(t("acknowledgedToast"), { tone: "good" });
      await client.invalidateQueries({ queryKey: keyOf("alert.list") });
    },
  });
  if (!may) return null;
  const failure = acknowledge.error === null ? undefined : failureOf(acknowledge.error);
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        {t("acknowledge")}
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={t("acknowledgeTitle")}
        action={t("acknowledge")}
        busy={acknowledge.isPending}
        failure={failure}
        preview={
          <KeyValues
            items={[
              { label: t("what"), value: alertTitle(t, alert) },
              { label: t("effect"), value: t("acknowledgeEffect") },
            ]}
          />
        }
        onConfirm={(reason) => acknowledge.mutate({ alertId: alert.alertId, reason })}
      />
    </>
  );
}
