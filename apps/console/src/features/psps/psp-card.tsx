"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { keyOf, type OutputOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import type { Tone } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Status } from "#ui/status.tsx";
import { Time } from "#ui/time.tsx";

type PspRow = OutputOf<"psp.list">[number];

const breakerTones: Readonly<Record<PspRow["breaker"], Tone>> = { CLOSED: "good", OPEN: "bad", HALF_OPEN: "warn" };

/** One provider: whether it takes new payments, and how its calls ended in the last minutes. */
export function PspCard({ psp }: { psp: PspRow }) {
  const t = useTranslations("psps");
  const mayControl = useMay("psp.control");
  const [asking, setAsking] = useState(false);
  const latency = (ms: number | null): string =>
    psp.calls === 0 ? "–" : ms === null ? t("latencyMore", { ms: "5000" }) : t("latencyMost", { ms: String(ms) });
  return (
    <li className="flex min-w-0 flex-col gap-3 rounded-lg border border-line p-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="min-w-0 font-medium break-words">{psp.name}</h3>
        <Status tone={psp.paused ? "warn" : breakerTones[psp.breaker]} open={psp.breaker === "HALF_OPEN"}>
          {psp.paused ? t("paused") : t(`breaker.${psp.breaker}`)}
        </Status>
      </div>
      <KeyValues
        items={[
          { label: t("calls"), value: psp.calls },
          { label: t("answered"), value: psp.answered },
          { label: t("refused"), value: psp.refused },
          { label: t("unanswered"), value: psp.unanswered },
          { label: t("unsent"), value: psp.unsent },
          { label: t("p50"), value: latency(psp.p50Ms) },
          { label: t("p95"), value: latency(psp.p95Ms) },
        ]}
      />
      {psp.control !== null && (
        <p className="text-xs break-words text-ink-muted">
          {psp.control.reason} · <Time at={psp.control.at} relative />
        </p>
      )}
      {mayControl && (
        <Button className="self-start" size="sm" onClick={() => setAsking(true)}>
          {t(psp.paused ? "resume" : "pause")}
        </Button>
      )}
      <PauseDialog psp={psp} open={asking} onClose={() => setAsking(false)} />
    </li>
  );
}

function PauseDialog({ psp, open, onClose }: { psp: PspRow; open: boolean; onClose: () => void }) {
  const t = useTranslations("psps");
  const client = useQueryClient();
  const act = psp.paused ? "resume" : "pause";
  const change = useMutation({
    ...write(psp.paused ? "psp.resume" : "psp.pause"),
    onSuccess: async () => {
      onClose();
      toast(t("changed"), { tone: "good" });
      await client.invalidateQueries({ queryKey: keyOf("psp.list") });
    },
  });
  const failure = change.error === null ? undefined : failureOf(change.error);
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onClose}
      title={t(`${act}Title`, { name: psp.name })}
      action={t(act)}
      danger={!psp.paused}
      busy={change.isPending}
      failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
      preview={t(`${act}Effect`)}
      onConfirm={(reason) => change.mutate({ psp: psp.psp, reason })}
    />
  );
}
