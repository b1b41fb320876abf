"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { GameDetail } from "#features/games/game-facts.tsx";
import { PlanMaintenance } from "#features/games/plan-maintenance.tsx";
import { keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { RecordList } from "#ui/record-list.tsx";
import { Section } from "#ui/section.tsx";
import { Time } from "#ui/time.tsx";

type Window = GameDetail["maintenance"][number];

/** When this game, or all of its provider's, takes no bets. */
export function GameMaintenance({ game }: { game: GameDetail }) {
  const t = useTranslations("games.maintenance");
  const may = useMay("game.change");
  const client = useQueryClient();
  const [calledOff, setCalledOff] = useState<Window>();
  const cancel = useMutation({
    ...write("game.cancelMaintenance"),
    onSuccess: async () => {
      setCalledOff(undefined);
      toast(t("cancelled"), { tone: "good" });
      await client.invalidateQueries({ queryKey: keyOf("game.show") });
    },
  });
  const failure = cancel.error === null ? undefined : failureOf(cancel.error);
  const targetOf = ({ game: one }: Window) =>
    one === null ? t("provider", { provider: game.providerName }) : t("game");
  return (
    <Section title={t("title")} aside={may && <PlanMaintenance game={game} />}>
      <RecordList
        label={t("title")}
        rows={game.maintenance}
        rowKey={({ maintenanceId }) => maintenanceId}
        empty={<p className="text-ink-muted">{t("none")}</p>}
        cells={(row) => [
          <Time key="from" at={row.from} short />,
          <Time key="until" at={row.until} short />,
          targetOf(row),
          row.reason,
          <span key="by" className="text-ink-faint">
            {t("by", { name: row.by })}
          </span>,
          may && (
            <Button key="cancel" size="sm" look="quiet" onClick={() => setCalledOff(row)}>
              {t("cancel")}
            </Button>
          ),
        ]}
      />
      <ConfirmDialog
        open={calledOff !== undefined}
        onOpenChange={() => setCalledOff(undefined)}
        title={t("cancelTitle")}
        action={t("cancel")}
        busy={cancel.isPending}
        failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
        preview={
          calledOff === undefined ? null : (
            <KeyValues
              items={[
                { label: t("target"), value: targetOf(calledOff) },
                { label: t("from"), value: <Time at={calledOff.from} /> },
                { label: t("until"), value: <Time at={calledOff.until} /> },
              ]}
            />
          )
        }
        onConfirm={(reason) => {
          if (calledOff !== undefined) cancel.mutate({ maintenanceId: calledOff.maintenanceId, reason });
        }}
      />
    </Section>
  );
}
