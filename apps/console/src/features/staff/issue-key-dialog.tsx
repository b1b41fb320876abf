"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { Button } from "#ui/button.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { FailureNotice } from "#ui/failure-notice.tsx";
import { FormField } from "#ui/form-field.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { Modal } from "#ui/modal.tsx";
import { Notice } from "#ui/notice.tsx";
import { Select } from "#ui/select.tsx";
import { TextInput } from "#ui/text-input.tsx";

interface IssueKeyDialogProps {
  readonly scopes: readonly string[];
  readonly open: boolean;
  readonly onClose: () => void;
}

const blank = { name: "", scopes: [] as readonly string[], networks: "", days: "90", reason: "" };
const spans = ["7", "30", "90", "365"] as const;
const shortest = { name: 3, reason: 5 } as const;

export function IssueKeyDialog({ scopes, open, onClose }: IssueKeyDialogProps) {
  const t = useTranslations("staff.machines");
  const client = useQueryClient();
  const [draft, setDraft] = useState(blank);
  const change = (part: Partial<typeof blank>) => setDraft((before) => ({ ...before, ...part }));
  const issue = useMutation({
    ...write("machineKey.issue"),
    onSuccess: () => client.invalidateQueries({ queryKey: keyOf("machineKey.list") }),
  });
  const ready =
    draft.name.trim().length >= shortest.name &&
    draft.scopes.length > 0 &&
    draft.reason.trim().length >= shortest.reason;
  const failure = issue.error === null ? undefined : failureOf(issue.error);

  function close() {
    setDraft(blank);
    issue.reset();
    onClose();
  }

  if (issue.data !== undefined) {
    return (
      <Modal
        open={open}
        onOpenChange={close}
        title={t("made")}
        footer={
          <Button look="solid" onClick={close}>
            {t("kept")}
          </Button>
        }
      >
        <div className="flex flex-col gap-3">
          <Notice tone="warn">{t("once")}</Notice>
          <IdChip
            id={issue.data.key}
            className="rounded-md bg-sunken px-3 py-2 [&>span]:wrap-anywhere [&>span]:whitespace-normal"
          />
        </div>
      </Modal>
    );
  }
  return (
    <Modal
      open={open}
      onOpenChange={close}
      title={t("issue")}
      description={t("lead")}
      footer={
        <>
          <Button onClick={close}>{t("cancel")}</Button>
          <Button
            look="solid"
            busy={issue.isPending}
            disabled={!ready}
            onClick={() =>
              issue.mutate({
                name: draft.name.trim(),
                scopes: [...draft.scopes],
                networks: draft.networks.split(/[\s,]+/).filter((network) => network !== ""),
                days: Number(draft.days),
                reason: draft.reason.trim(),
              })
            }
          >
            {t("issue")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <div className="grid grid-cols-[1fr_8rem] gap-3">
          <FormField label={t("name")}>
            <TextInput
              autoFocus
              value={draft.name}
              maxLength={80}
              onChange={(event) => change({ name: event.currentTarget.value })}
            />
          </FormField>
          <FormField label={t("days")}>
            <Select
              value={draft.days}
              onChange={(days) => change({ days })}
              choices={spans.map((value) => ({ value, label: t("daysOf", { count: Number(value) }) }))}
            />
          </FormField>
        </div>
        <fieldset>
          <legend className="mb-1 text-xs font-medium text-ink-muted">{t("scopes")}</legend>
          <div className="grid max-h-52 gap-x-4 overflow-y-auto rounded-md border border-line px-3 py-1.5 sm:grid-cols-2">
            {scopes.map((scope) => (
              <label key={scope} className="flex min-h-7 items-center gap-2 font-mono text-xs">
                <Checkbox
                  checked={draft.scopes.includes(scope)}
                  onChange={(checked) =>
                    change({
                      scopes: checked ? [...draft.scopes, scope] : draft.scopes.filter((each) => each !== scope),
                    })
                  }
                />
                {scope}
              </label>
            ))}
          </div>
        </fieldset>
        <FormField label={t("networks")} hint={t("networksHint")}>
          <TextInput
            placeholder="203.0.113.0/24"
            value={draft.networks}
            onChange={(event) => change({ networks: event.currentTarget.value })}
          />
        </FormField>
        <FormField label={t("reason")}>
          <TextInput
            value={draft.reason}
            maxLength={500}
            onChange={(event) => change({ reason: event.currentTarget.value })}
          />
        </FormField>
        {failure !== undefined && failure.code !== "STEP_UP_NEEDED" && <FailureNotice failure={failure} />}
      </div>
    </Modal>
  );
}
