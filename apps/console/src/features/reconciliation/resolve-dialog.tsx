"use client";

import type { ResolutionMethod } from "@pitboss/domain/ops/breaks/break-types";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { BreakDetail } from "#features/round-recon/break-facts.tsx";
import { BreakWork, failureToShow, useBreakChanged } from "#features/round-recon/break-work.tsx";
import { read, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { Button } from "#ui/button.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FailureNotice } from "#ui/failure-notice.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Select } from "#ui/select.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { TextInput } from "#ui/text-input.tsx";

/** Taking a break on, writing on it, and proposing how it is ended, where this person may and it is open. */
export function ReconBreakActions({ found }: { found: BreakDetail }) {
  const t = useTranslations("reconciliation.resolve");
  const mayResolve = useMay("break.resolve");
  const [asked, setAsked] = useState(false);
  return (
    <div className="flex flex-wrap gap-2">
      <BreakWork found={found} />
      {mayResolve && found.open && found.state !== "PROPOSED" && (
        <Button look="solid" onClick={() => setAsked(true)}>
          {t("open")}
        </Button>
      )}
      {asked && <ResolveDialog found={found} onClose={() => setAsked(false)} />}
    </div>
  );
}

interface Params {
  readonly method: ResolutionMethod;
  readonly booking: "CORRECTION" | "FEE";
  readonly matches: string[];
}

/** What would be posted is shown as it is chosen; it happens once somebody else has approved exactly that. */
function ResolveDialog({ found, onClose }: { found: BreakDetail; onClose: () => void }) {
  const t = useTranslations("reconciliation.resolve");
  const { breakId, methods } = found;
  const changed = useBreakChanged();
  const [method, setMethod] = useState<ResolutionMethod>(methods[0] ?? "EXPLAIN");
  const [fee, setFee] = useState(false);
  const [match, setMatch] = useState("");
  const params: Params = {
    method,
    booking: method === "POST" && fee ? "FEE" : "CORRECTION",
    matches: method === "MATCH" && match.trim() !== "" ? [match.trim()] : [],
  };
  const complete = method !== "MATCH" || params.matches.length > 0;
  const plan = useQuery({
    ...read("plan.breakResolve.show", { targets: [breakId], params }),
    enabled: complete,
    retry: false,
  });
  const propose = useMutation({
    ...write("recon.propose"),
    onSuccess: async () => {
      onClose();
      await changed();
    },
  });
  const [item] = plan.data?.items ?? [];
  const [left] = plan.data?.leftOut ?? [];
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t("title")}
      action={t("propose")}
      disabled={item === undefined || !complete}
      busy={propose.isPending}
      failure={failureToShow(propose.error)}
      preview={
        <div className="flex flex-col gap-3">
          <FormField label={t("method")}>
            <Select
              choices={methods.map((value) => ({ value, label: t(`methods.${value}`) }))}
              value={method}
              onChange={setMethod}
            />
          </FormField>
          <p>{t(`effects.${method}`)}</p>
          {method === "POST" && (
            <label className="flex items-center gap-2">
              <Checkbox checked={fee} onChange={setFee} />
              {t("fee")}
            </label>
          )}
          {method === "MATCH" && (
            <FormField label={t("match")} hint={t("matchHint")}>
              <TextInput value={match} onChange={(event) => setMatch(event.currentTarget.value)} />
            </FormField>
          )}
          {complete && plan.isPending && <Skeleton className="h-5 rounded" />}
          {item !== undefined && complete && <p className="font-medium">{item.what}</p>}
          {left !== undefined && <p>{left.detail ?? left.sentence}</p>}
          {plan.error !== null && failureToShow(plan.error) !== undefined && (
            <FailureNotice failure={failureOf(plan.error)} />
          )}
          <p className="text-ink-muted">{t("second")}</p>
        </div>
      }
      onConfirm={(reason) => propose.mutate({ breakId, ...params, reason })}
    />
  );
}
