"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import {
  type CaseDecision,
  caseDecisions,
  type CaseReason,
  caseReasonNames,
  stateAfter,
} from "@pitboss/domain/compliance/kyc/case-machine";
import type { CaseCheck } from "@pitboss/domain/compliance/kyc/case-policy";
import { permissionRow } from "@pitboss/domain/identity/permissions";
import { useTranslations } from "use-intl";
import { CaseChecklist } from "#features/kyc/case-checklist.tsx";
import { useRoleNames } from "#features/identity/role-names.ts";
import type { CaseDetail } from "#features/kyc/case-state.tsx";
import { keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Reason } from "#ui/reason.tsx";
import { Select } from "#ui/select.tsx";

const told: readonly CaseDecision[] = ["askAgain", "reject", "revoke", "renew"];
const dangerous: readonly CaseDecision[] = ["reject", "revoke"];

/** What may be decided of a case where it is now. */
export function CaseActions({ found }: { found: CaseDetail }) {
  const t = useTranslations("kyc.actions");
  const reasons = useTranslations("words.caseReason");
  const may = useMay("kyc.decide");
  const roleNames = useRoleNames();
  const client = useQueryClient();
  const [asked, setAsked] = useState<CaseDecision>();
  const [code, setCode] = useState<CaseReason>("UNREADABLE");
  const [checked, setChecked] = useState<readonly CaseCheck[]>([]);
  const refresh = async (words: "done" | "proposed") => {
    setAsked(undefined);
    toast(t(words), { tone: "good" });
    await Promise.all([
      client.invalidateQueries({ queryKey: keyOf("kyc.show") }),
      client.invalidateQueries({ queryKey: keyOf("kyc.list") }),
    ]);
  };
  const decideAlone = useMutation({ ...write("kyc.decide"), onSuccess: () => refresh("done") });
  const propose = useMutation({ ...write("kyc.propose"), onSuccess: () => refresh("proposed") });
  const two = asked !== undefined && found.twoPeople.includes(asked);
  const decide = two ? propose : decideAlone;
  const { claimed } = found;
  const why = !may
    ? t("onlyFor", { roles: roleNames(permissionRow("kyc.decide").roles) })
    : claimed !== null && !claimed.mine
      ? t("claimed", { by: claimed.by })
      : undefined;
  const failure = decide.error === null ? undefined : failureOf(decide.error);
  const needsCode = asked !== undefined && told.includes(asked);
  return (
    <>
      {caseDecisions
        .filter((decision) => stateAfter(found.state, decision) !== undefined)
        .map((decision) => (
          <Reason key={decision} text={why}>
            <Button
              look={decision === "approve" ? "solid" : dangerous.includes(decision) ? "danger" : "plain"}
              disabled={why !== undefined}
              onClick={() => {
                decideAlone.reset();
                propose.reset();
                setChecked([]);
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
        danger={asked !== undefined && dangerous.includes(asked)}
        busy={decide.isPending}
        failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
        preview={
          <div className="flex flex-col gap-3">
            <p>{asked === undefined ? "" : t(`previews.${asked}`, { level: found.level })}</p>
            {two && <p className="text-warn">{t("two")}</p>}
            {asked === "approve" && (
              <CaseChecklist checklist={found.checklist} checked={checked} onChange={setChecked} />
            )}
            {needsCode && (
              <FormField label={t("tell")}>
                <Select
                  value={code}
                  onChange={setCode}
                  choices={caseReasonNames.map((value) => ({ value, label: reasons(value) }))}
                />
              </FormField>
            )}
          </div>
        }
        onConfirm={(reason) => {
          if (asked === undefined) return;
          const reasonCode = needsCode ? code : null;
          decide.mutate({ caseId: found.caseId, decision: asked, reason, reasonCode, checked: [...checked] });
        }}
      />
    </>
  );
}
