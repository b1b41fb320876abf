"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type AmlDecision, amlDecisions, amlStateAfter } from "@pitboss/domain/compliance/aml/case-machine";
import { permissionRow } from "@pitboss/domain/identity/permissions";
import { useTranslations } from "use-intl";
import type { AmlCaseDetail } from "#features/aml/case-state.tsx";
import { useRoleNames } from "#features/identity/role-names.ts";
import { keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { Reason } from "#ui/reason.tsx";

type Asked = AmlDecision | "note";

/** What may be decided of a case now: anybody of the desk takes it, and whoever has it decides. */
export function CaseActions({ found }: { found: AmlCaseDetail }) {
  const t = useTranslations("monitoring.actions");
  const may = useMay("aml.work");
  const roleNames = useRoleNames();
  const client = useQueryClient();
  const [asked, setAsked] = useState<Asked>();
  const done = async () => {
    setAsked(undefined);
    toast(t("done"), { tone: "good" });
    await Promise.all(
      (["aml.case", "aml.cases", "aml.alerts"] as const).map((path) =>
        client.invalidateQueries({ queryKey: keyOf(path) }),
      ),
    );
  };
  const decide = useMutation({ ...write("aml.decide"), onSuccess: done });
  const note = useMutation({ ...write("aml.note"), onSuccess: done });
  const possible = amlDecisions.filter((decision) => amlStateAfter(found.state, decision) !== undefined);
  const error = decide.error ?? note.error;
  const failure = error === null ? undefined : failureOf(error);
  const why = (decision: Asked) => {
    if (!may) return t("onlyFor", { roles: roleNames(permissionRow("aml.work").roles) });
    const free = decision === "take" || decision === "reopen" || decision === "note";
    return free || found.mine ? undefined : t("notYours");
  };

  function open(what: Asked) {
    decide.reset();
    note.reset();
    setAsked(what);
  }

  const all: Asked[] = ["note", ...possible];
  return (
    <>
      {all.map((decision) => (
        <Reason key={decision} text={why(decision)}>
          <Button
            look={decision === "clear" ? "danger" : "plain"}
            disabled={why(decision) !== undefined}
            onClick={() => open(decision)}
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
        danger={asked === "clear"}
        busy={decide.isPending || note.isPending}
        failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
        preview={asked === undefined ? "" : t(`previews.${asked}`)}
        onConfirm={(reason) => {
          const { caseId } = found;
          if (asked === "note") note.mutate({ caseId, text: reason });
          else if (asked !== undefined) decide.mutate({ caseId, decision: asked, reason });
        }}
      />
    </>
  );
}
