"use client";

import { useMutation } from "@tanstack/react-query";
import { type CashierRuleFamily, fieldsOf } from "@pitboss/domain/cashier/cashier-rule";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { CashierRule } from "#features/cashier-rules/cashier-rules-page.tsx";
import { currencyOfField, useSubjectName } from "#features/cashier-rules/rule-value.tsx";
import { ProposeDialog } from "#features/rules/propose-dialog.tsx";
import { api, type InputOf, type OutputOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { FormField } from "#ui/form-field.tsx";
import { Select } from "#ui/select.tsx";
import { TextInput } from "#ui/text-input.tsx";

interface CashierRuleDialogProps {
  readonly family: CashierRuleFamily;
  /** Subjects that have no rule yet; empty where any country may be written. */
  readonly offered: readonly string[];
  /** Empty where it is yet to be chosen. */
  readonly subject: string;
  readonly newest: CashierRule | undefined;
  readonly onClose: () => void;
}

/** Proposes the next version of a rule, from the newest one, or the first one of a subject. */
export function CashierRuleDialog({ family, offered, newest, onClose, ...props }: CashierRuleDialogProps) {
  const t = useTranslations("cashierRules");
  const name = useSubjectName();
  const router = useRouter();
  const [subject, setSubject] = useState(props.subject);
  const [values, setValues] = useState<Readonly<Record<string, string>>>(
    () => newest?.values ?? Object.fromEntries(Object.keys(fieldsOf(family)).map((field) => [field, ""])),
  );
  const [diff, setDiff] = useState<OutputOf<"cashierRule.diff">>();
  const show = useMutation({
    mutationFn: (input: InputOf<"cashierRule.diff">) => api.cashierRule.diff.query(input),
    onSuccess: setDiff,
  });
  const propose = useMutation({
    ...write("cashierRule.propose"),
    onSuccess: ({ approvalId }) => router.push(`/approvals/${approvalId}`),
  });
  const error = propose.error ?? show.error;
  const terms = { family, subject: subject.trim(), values };
  return (
    <ProposeDialog
      open
      title={newest === undefined ? t(`addTitles.${family}`) : t("changeTitle", { subject: name(newest) })}
      diff={
        diff === undefined
          ? undefined
          : { changes: diff.changes.map((one) => ({ ...one, path: t(`fields.${one.path as "minAmount"}`) })) }
      }
      failure={error === null ? undefined : failureOf(error)}
      busy={propose.isPending}
      onShow={(effectiveFrom) => {
        setDiff(undefined);
        show.mutate({ ...terms, effectiveFrom });
      }}
      onPropose={(proposed) => propose.mutate({ ...terms, ...proposed })}
      onClose={onClose}
    >
      {newest === undefined && (
        <FormField label={t(`subjects.${family}`)} className="w-64">
          {offered.length > 0 ? (
            <Select
              value={subject === "" ? undefined : subject}
              onChange={setSubject}
              choices={offered.map((value) => ({ value, label: name({ family, subject: value }) }))}
            />
          ) : (
            <TextInput value={subject} maxLength={2} onChange={(event) => setSubject(event.currentTarget.value)} />
          )}
        </FormField>
      )}
      <div className="grid grid-cols-1 items-end gap-3 sm:grid-cols-2">
        {Object.keys(fieldsOf(family)).map((field) => (
          <ValueField
            key={field}
            rule={{ family, subject }}
            field={field}
            value={values[field] ?? ""}
            onChange={(value) => {
              setValues({ ...values, [field]: value });
              setDiff(undefined);
            }}
          />
        ))}
      </div>
    </ProposeDialog>
  );
}

interface ValueFieldProps {
  readonly rule: Pick<CashierRule, "family" | "subject">;
  readonly field: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function ValueField({ rule, field, value, onChange }: ValueFieldProps) {
  const t = useTranslations("cashierRules");
  const flag = fieldsOf(rule.family)[field]?.kind === "flag";
  const currency = currencyOfField(rule, field);
  const label = t(`fields.${field as "minAmount"}`);
  return (
    <FormField label={currency === undefined ? label : `${label} (${currency})`}>
      {flag ? (
        <Select
          value={value === "yes" || value === "no" ? value : undefined}
          onChange={onChange}
          choices={(["yes", "no"] as const).map((choice) => ({ value: choice, label: t(choice) }))}
        />
      ) : (
        <TextInput
          value={value}
          inputMode={currency === undefined ? "numeric" : "decimal"}
          maxLength={20}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </FormField>
  );
}
