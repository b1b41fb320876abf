"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { permissionRow } from "@pitboss/domain/identity/permissions";
import { useTranslations } from "use-intl";
import type { BetDetail } from "#features/bets/bet-facts.tsx";
import { useRoleNames } from "#features/identity/role-names.ts";
import { keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Money } from "#ui/money.tsx";
import { Reason } from "#ui/reason.tsx";

/** Proposes to give a held bet's stake back; somebody else approves it. Shown to everybody; who may not, or can't any more, is told why. */
export function VoidBet({ bet }: { bet: BetDetail }) {
  const t = useTranslations("bets.void");
  const may = useMay("bet.void");
  const roleNames = useRoleNames();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const voiding = useMutation({
    ...write("bet.proposeVoid"),
    onSuccess: async ({ status }) => {
      setOpen(false);
      toast(t(status === "APPLIED" ? "done" : "proposed"), { tone: "good" });
      await Promise.all([
        client.invalidateQueries({ queryKey: keyOf("bet.show") }),
        client.invalidateQueries({ queryKey: keyOf("bet.list") }),
        client.invalidateQueries({ queryKey: keyOf("player.balances") }),
      ]);
    },
  });
  const why = !may
    ? t("onlyFor", { roles: roleNames(permissionRow("bet.void").roles) })
    : bet.status === "HELD"
      ? undefined
      : t("notHeld");
  const failure = voiding.error === null ? undefined : failureOf(voiding.error);
  return (
    <>
      <Reason text={why}>
        <Button
          disabled={why !== undefined}
          onClick={() => {
            voiding.reset();
            setOpen(true);
          }}
        >
          {t("action")}
        </Button>
      </Reason>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={t("title")}
        action={t("action")}
        danger
        busy={voiding.isPending}
        failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
        preview={
          <KeyValues
            items={[
              { label: t("bet"), value: <span className="font-mono text-xs">{bet.betId}</span> },
              { label: t("player"), value: `${bet.nickname} (${bet.playerId})` },
              { label: t("change"), value: t("heldToVoided") },
              { label: t("returns"), value: <Money amount={bet.stake} currency={bet.currency} signed /> },
            ]}
          />
        }
        onConfirm={(reason) => voiding.mutate({ selection: { by: "bet", betId: bet.betId }, reason })}
      />
    </>
  );
}
