"use client";

import { permissionRow } from "@pitboss/domain/identity/permissions";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { VoidDialog } from "#features/bets/void-dialog.tsx";
import { useRoleNames } from "#features/identity/role-names.ts";
import type { OutputOf } from "#lib/api.ts";
import { useMay } from "#lib/reader.tsx";
import { Button } from "#ui/button.tsx";
import { Reason } from "#ui/reason.tsx";

type Round = Pick<OutputOf<"round.show">, "playerId" | "provider" | "roundId" | "bets">;

/** Proposes to void what the round still holds; somebody else approves it. Who may not, or can't any more, is told why. */
export function VoidRound({ round }: { round: Round }) {
  const t = useTranslations("bets.inbox");
  const words = useTranslations("bets.void");
  const may = useMay("bet.void");
  const roleNames = useRoleNames();
  const [open, setOpen] = useState(false);
  const why = !may
    ? words("onlyFor", { roles: roleNames(permissionRow("bet.void").roles) })
    : round.bets.some(({ status }) => status === "HELD")
      ? undefined
      : words("notHeld");
  const { playerId, provider, roundId } = round;
  return (
    <>
      <Reason text={why}>
        <Button disabled={why !== undefined} onClick={() => setOpen(true)}>
          {t("voidRound")}
        </Button>
      </Reason>
      <VoidDialog
        open={open}
        title={t("voidTitle")}
        selection={{ by: "round", playerId, provider, roundId }}
        onClose={() => setOpen(false)}
      />
    </>
  );
}
