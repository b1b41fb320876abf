"use client";

import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { ChangesTable, type RuleChange } from "#features/rules/changes-table.tsx";
import type { ViewFailure } from "#lib/failure.ts";
import { Button } from "#ui/button.tsx";
import { FailureNotice } from "#ui/failure-notice.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Modal } from "#ui/modal.tsx";
import { TextArea } from "#ui/text-area.tsx";
import { TextInput } from "#ui/text-input.tsx";

export interface ProposedRules {
  /** ISO 8601, or null for as soon as it is approved. */
  readonly effectiveFrom: string | null;
  readonly reason: string;
}

interface ProposeDialogProps {
  readonly open: boolean;
  readonly title: string;
  /** The fields of what is changed. */
  readonly children: ReactNode;
  readonly diff: { readonly changes: readonly RuleChange[]; readonly players?: number } | undefined;
  readonly failure: ViewFailure | undefined;
  readonly busy: boolean;
  readonly onShow: (effectiveFrom: string | null) => void;
  readonly onPropose: (proposed: ProposedRules) => void;
  readonly onClose: () => void;
}

const shortest = 5;

/** Rules are proposed only once their difference was shown, with how many players it reaches where that is counted. */
export function ProposeDialog(props: ProposeDialogProps) {
  const { open, title, children, diff, failure, busy, onShow, onPropose, onClose } = props;
  const t = useTranslations("rg.rules");
  const [begins, setBegins] = useState("");
  const [reason, setReason] = useState("");
  const effectiveFrom = begins === "" ? null : new Date(`${begins}:00Z`).toISOString();
  return (
    <Modal
      open={open}
      onOpenChange={onClose}
      title={title}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button onClick={() => onShow(effectiveFrom)}>{t("show")}</Button>
          <Button
            look="solid"
            busy={busy}
            disabled={diff === undefined || reason.trim().length < shortest}
            onClick={() => onPropose({ effectiveFrom, reason: reason.trim() })}
          >
            {t("propose")}
          </Button>
        </>
      }
    >
      <div className="flex min-w-0 flex-col gap-4">
        {children}
        <FormField label={t("begins")} hint={t("beginsHint")} className="w-64">
          <TextInput type="datetime-local" value={begins} onChange={(event) => setBegins(event.currentTarget.value)} />
        </FormField>
        {diff !== undefined && (
          <div className="min-w-0 rounded-lg border border-line bg-sunken px-3 py-2.5">
            {diff.players !== undefined && <p className="mb-2 font-medium">{t("reaches", { count: diff.players })}</p>}
            <ChangesTable changes={diff.changes} />
          </div>
        )}
        <FormField label={t("reason")}>
          <TextArea
            rows={2}
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </FormField>
        {failure !== undefined && failure.code !== "STEP_UP_NEEDED" && <FailureNotice failure={failure} />}
      </div>
    </Modal>
  );
}
