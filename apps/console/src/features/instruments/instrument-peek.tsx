"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { CardName } from "#features/deposits/deposit-columns.tsx";
import type { InstrumentRow } from "#features/instruments/instruments-page.tsx";
import { keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Money } from "#ui/money.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";

/** An instrument beside its list, and the word on whether it is the player's. */
export function InstrumentPeek({ row }: { row: InstrumentRow | undefined }) {
  const t = useTranslations("instruments");
  if (row === undefined) return <Skeleton className="m-4 h-48 rounded-md" />;
  return (
    <div className="flex flex-col gap-4 px-4 py-3">
      <KeyValues
        items={[
          { label: t("columns.card"), value: <CardName brand={row.brand} last4={row.last4} /> },
          { label: t("columns.player"), value: <IdChip id={row.playerId} href={`/players/${row.playerId}`} /> },
          {
            label: t("columns.verified"),
            value: (
              <Badge tone={row.verified ? "good" : "warn"}>{t(row.verified ? "columns.yes" : "columns.no")}</Badge>
            ),
          },
          { label: t("columns.others"), value: row.otherOwners },
          { label: t("columns.expires"), value: row.expires },
          { label: t("columns.country"), value: row.country ?? "–" },
          { label: t("columns.fingerprint"), value: <IdChip id={row.fingerprint} /> },
          { label: t("columns.since"), value: <Time at={row.since} precision="minute" /> },
          ...row.loop.map(({ currency, deposited, paidOut, room }) => ({
            label: currency,
            value: (
              <span className="flex flex-wrap gap-x-3">
                <Money amount={deposited} currency={currency} />
                <Money amount={`-${paidOut}`} currency={currency} />
                <Money amount={room} currency={currency} className="font-medium" />
              </span>
            ),
          })),
        ]}
      />
      <Verdict row={row} />
    </div>
  );
}

function Verdict({ row }: { row: InstrumentRow }) {
  const t = useTranslations("instruments.verdict");
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const act = row.verified ? "distrust" : "verify";
  const saying = useMutation({
    ...write("instrument.verify"),
    onSuccess: async () => {
      setOpen(false);
      toast(t("done"), { tone: "good" });
      await client.invalidateQueries({ queryKey: keyOf("instrument.list") });
    },
  });
  const failure = saying.error === null ? undefined : failureOf(saying.error);
  if (!useMay("instrument.verify")) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t(act)}</Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={t(act)}
        action={t(act)}
        danger={row.verified}
        busy={saying.isPending}
        failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
        preview={<p>{t(`effects.${act}`)}</p>}
        onConfirm={(reason) => saying.mutate({ instrumentId: row.instrumentId, verified: !row.verified, reason })}
      />
    </>
  );
}
