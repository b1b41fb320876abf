"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { type SarIndicator, sarIndicatorNames } from "@pitboss/domain/compliance/aml/sar-document";
import { useTranslations } from "use-intl";
import { type OutputOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { Button } from "#ui/button.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { FailureNotice } from "#ui/failure-notice.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Modal } from "#ui/modal.tsx";
import { TextArea } from "#ui/text-area.tsx";
import { TextInput } from "#ui/text-input.tsx";

interface DraftDialogProps {
  readonly caseId: string;
  /** The draft that there is; undefined for a new one. */
  readonly sar: OutputOf<"aml.sar"> | undefined;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

const shortestNarrative = 20;

/** Movements and personal data come from the case by themselves; people write why it is suspicious. */
export function DraftDialog({ caseId, sar, onDone, onClose }: DraftDialogProps) {
  const t = useTranslations("monitoring.sar");
  const words = useTranslations("words.sarIndicator");
  const [authority, setAuthority] = useState(sar?.authority ?? "");
  const [narrative, setNarrative] = useState(sar?.narrative ?? "");
  const [indicators, setIndicators] = useState<readonly SarIndicator[]>(() =>
    sarIndicatorNames.filter((name) => sar?.indicators.includes(name) ?? false),
  );
  const draft = useMutation({ ...write("aml.draft"), onSuccess: onDone });
  const failure = draft.error === null ? undefined : failureOf(draft.error);
  const ready = authority.trim().length > 1 && narrative.trim().length >= shortestNarrative && indicators.length > 0;

  function toggle(name: SarIndicator, on: boolean) {
    setIndicators((before) => sarIndicatorNames.filter((one) => (one === name ? on : before.includes(one))));
  }

  return (
    <Modal
      open
      onOpenChange={onClose}
      title={t("draft")}
      description={t("draftHint")}
      className="max-w-2xl"
      footer={
        <Button
          look="solid"
          busy={draft.isPending}
          disabled={!ready}
          onClick={() => draft.mutate({ caseId, authority, narrative, indicators: [...indicators] })}
        >
          {t("save")}
        </Button>
      }
    >
      <div className="flex min-w-0 flex-col gap-4">
        <FormField label={t("authority")} hint={t("authorityHint")} className="w-72">
          <TextInput value={authority} maxLength={80} onChange={(event) => setAuthority(event.currentTarget.value)} />
        </FormField>
        <fieldset className="flex flex-col gap-1">
          <legend className="mb-1 text-xs font-medium text-ink-muted">{t("indicators")}</legend>
          {sarIndicatorNames.map((name) => (
            <label key={name} className="flex items-center gap-2">
              <Checkbox checked={indicators.includes(name)} onChange={(on) => toggle(name, on)} />
              {words(name)}
            </label>
          ))}
        </fieldset>
        <FormField label={t("narrative")} hint={t("narrativeHint")}>
          <TextArea
            rows={8}
            value={narrative}
            maxLength={20_000}
            onChange={(event) => setNarrative(event.currentTarget.value)}
          />
        </FormField>
        {failure !== undefined && failure.code !== "STEP_UP_NEEDED" && <FailureNotice failure={failure} />}
      </div>
    </Modal>
  );
}
