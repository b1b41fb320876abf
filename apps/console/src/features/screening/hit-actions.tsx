"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { mostDismissalDays } from "@pitboss/domain/compliance/screening/hit-machine";
import { permissionRow } from "@pitboss/domain/identity/permissions";
import { useTranslations } from "use-intl";
import { useRoleNames } from "#features/identity/role-names.ts";
import type { HitDetail } from "#features/screening/hit-state.tsx";
import { keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { Reason } from "#ui/reason.tsx";

/** What may be decided of a hit now. A decision that takes two people leads to its proposal. */
export function HitActions({ hit }: { hit: HitDetail }) {
  const t = useTranslations("screening.actions");
  const may = useMay("screening.decide");
  const roleNames = useRoleNames();
  const client = useQueryClient();
  const router = useRouter();
  const [asked, setAsked] = useState<"dismiss" | "confirm" | "lift">();
  const refresh = () =>
    Promise.all(
      (["screening.hit", "screening.hits", "screening.status", "approval.list"] as const).map((path) =>
        client.invalidateQueries({ queryKey: keyOf(path) }),
      ),
    );
  const dismiss = useMutation({
    ...write("screening.dismiss"),
    onSuccess: async () => {
      setAsked(undefined);
      toast(t("dismissed"), { tone: "good" });
      await refresh();
    },
  });
  const propose = useMutation({
    ...write("screening.proposeDecision"),
    onSuccess: async ({ approvalId }) => {
      setAsked(undefined);
      toast(t("proposed"), { tone: "good" });
      await refresh();
      router.push(`/approvals/${approvalId}`);
    },
  });
  const why = (state: HitDetail["state"]) =>
    !may
      ? t("onlyFor", { roles: roleNames(permissionRow("screening.decide").roles) })
      : hit.state === state
        ? undefined
        : t("notNow");
  const error = dismiss.error ?? propose.error;
  const failure = error === null ? undefined : failureOf(error);

  function open(what: NonNullable<typeof asked>) {
    dismiss.reset();
    propose.reset();
    setAsked(what);
  }

  function decide(reason: string) {
    const { hitId } = hit;
    if (asked === "dismiss") dismiss.mutate({ hitId, reason });
    else if (asked !== undefined) propose.mutate({ hitId, reason, decision: asked === "confirm" ? "CONFIRM" : "LIFT" });
  }

  return (
    <>
      {hit.state === "TRUE_POSITIVE" ? (
        <Reason text={why("TRUE_POSITIVE")}>
          <Button disabled={why("TRUE_POSITIVE") !== undefined} onClick={() => open("lift")}>
            {t("lift")}
          </Button>
        </Reason>
      ) : (
        <>
          <Reason text={why("OPEN")}>
            <Button disabled={why("OPEN") !== undefined} onClick={() => open("dismiss")}>
              {t("dismiss")}
            </Button>
          </Reason>
          <Reason text={why("OPEN")}>
            <Button look="danger" disabled={why("OPEN") !== undefined} onClick={() => open("confirm")}>
              {t("confirm")}
            </Button>
          </Reason>
        </>
      )}
      <ConfirmDialog
        open={asked !== undefined}
        onOpenChange={() => setAsked(undefined)}
        title={asked === undefined ? "" : t(`titles.${asked}`)}
        action={asked === undefined ? "" : t(asked)}
        danger={asked === "confirm"}
        busy={dismiss.isPending || propose.isPending}
        failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
        preview={asked === undefined ? "" : t(`previews.${asked}`, { days: mostDismissalDays })}
        onConfirm={decide}
      />
    </>
  );
}
