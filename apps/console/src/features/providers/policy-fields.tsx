"use client";

import { useTranslations } from "use-intl";
import { settledRollbacks } from "@pitboss/domain/gaming/commands";
import {
  type PolicyDraft,
  type PolicyField,
  type PolicyGroup,
  policyGroups,
  type PolicyPath,
} from "#features/providers/policy-draft.ts";
import { FormField } from "#ui/form-field.tsx";
import { Select } from "#ui/select.tsx";
import { Switch } from "#ui/switch.tsx";
import { TextArea } from "#ui/text-area.tsx";
import { TextInput } from "#ui/text-input.tsx";

interface PolicyFieldsProps {
  readonly draft: PolicyDraft;
  readonly wrong: ReadonlySet<PolicyPath>;
  readonly onChange: (path: PolicyPath, text: string) => void;
}

/** Groups that are there only where the provider has what they are about. */
const switches: Partial<Record<PolicyGroup, PolicyPath>> = { bank: "gameBank.on", spins: "freeSpins.on" };

/** All of a policy, in groups. */
export function PolicyFields({ draft, wrong, onChange }: PolicyFieldsProps) {
  const t = useTranslations("providers.policy");
  return (
    <div className="flex flex-col gap-4">
      {(Object.keys(policyGroups) as PolicyGroup[]).map((group) => (
        <fieldset key={group} className="min-w-0">
          <legend className="mb-2 font-medium">{t(`groups.${group}`)}</legend>
          <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
            {policyGroups[group]
              .filter(({ path }) => isShown(path, switches[group], draft))
              .map((field) => (
                <OneField
                  key={field.path}
                  field={field}
                  text={draft[field.path]}
                  error={wrong.has(field.path) ? t("wrong") : undefined}
                  onChange={(text) => onChange(field.path, text)}
                />
              ))}
          </div>
        </fieldset>
      ))}
    </div>
  );
}

function isShown(path: PolicyPath, by: PolicyPath | undefined, draft: PolicyDraft): boolean {
  return by === undefined || path === by || draft[by] === "true";
}

interface OneFieldProps {
  readonly field: PolicyField;
  readonly text: string;
  readonly error: string | undefined;
  readonly onChange: (text: string) => void;
}

function OneField({ field: { path, kind }, text, error, onChange }: OneFieldProps) {
  const t = useTranslations("providers.policy");
  const rollback = useTranslations("providers.rollback");
  const label = t(`fields.${path}`);
  if (kind === "switch") {
    return (
      <div className="sm:col-span-2">
        <Switch label={label} checked={text === "true"} onChange={(on) => onChange(String(on))} />
      </div>
    );
  }
  if (kind === "rollback") {
    return (
      <FormField label={label} className="sm:col-span-2">
        <Select
          value={settledRollbacks.find((one) => one === text)}
          onChange={onChange}
          choices={settledRollbacks.map((value) => ({ value, label: rollback(value) }))}
        />
      </FormField>
    );
  }
  const isNumber = kind === "number" || kind === "maybeNumber";
  const hint = kind === "list" || kind === "amounts" || kind === "maybeNumber" ? t(`hints.${kind}`) : undefined;
  return (
    <FormField label={label} error={error} hint={hint} className={isNumber ? "" : "sm:col-span-2"}>
      {kind === "amounts" ? (
        <TextArea
          rows={2}
          spellCheck={false}
          value={text}
          maxLength={2_000}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      ) : (
        <TextInput
          value={text}
          spellCheck={false}
          maxLength={2_000}
          {...(isNumber ? { inputMode: "numeric" as const } : {})}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </FormField>
  );
}
