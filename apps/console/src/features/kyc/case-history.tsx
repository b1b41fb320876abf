"use client";

import { CircleAlert, CircleCheck, CirclePause, CircleX, Hourglass, Upload } from "lucide-react";
import { useTranslations } from "use-intl";
import { type CaseDetail, caseTones } from "#features/kyc/case-state.tsx";
import { Timeline, type TimelineEntry } from "#ui/timeline.tsx";

const icons = {
  INIT: Upload,
  PENDING: Hourglass,
  ON_HOLD: CirclePause,
  APPROVED: CircleCheck,
  REJECTED_RETRY: CircleAlert,
  REJECTED_FINAL: CircleX,
} as const;

/** Every step of a case, newest first. */
export function CaseHistory({ found }: { found: CaseDetail }) {
  const t = useTranslations("kyc.history");
  const reasons = useTranslations("words.caseReason");
  const entries = found.steps.toReversed().map((step): TimelineEntry => {
    const why = [step.reason === null ? null : reasons(step.reason), step.note].filter((text) => text !== null);
    return {
      id: String(step.number),
      at: step.at,
      icon: step.event === "upload" ? Upload : icons[step.to],
      tone: caseTones[step.to],
      text: (
        <span className="inline-flex flex-wrap items-center gap-x-2">
          {t(`events.${step.event}`)}
          <span className="font-mono text-xs text-ink-muted">{step.by.replace(/^[a-z]+:/, "")}</span>
        </span>
      ),
      ...(why.length === 0 ? {} : { detail: why.join(" · ") }),
    };
  });
  return <Timeline entries={entries} empty={{ title: t("empty") }} />;
}
