"use client";

import { CircleDot, FilePen, FileCheck2, MessageSquareText } from "lucide-react";
import { useTranslations } from "use-intl";
import { type AmlCaseDetail, caseTones } from "#features/aml/case-state.tsx";
import { Timeline, type TimelineEntry } from "#ui/timeline.tsx";

const icons = { note: MessageSquareText, draft: FilePen, redraft: FilePen, report: FileCheck2 } as const;

/** Every step and note of a case, newest first. */
export function CaseHistory({ found }: { found: AmlCaseDetail }) {
  const t = useTranslations("monitoring");
  const entries = found.steps.toReversed().map(
    (step): TimelineEntry => ({
      id: String(step.number),
      at: step.at,
      icon: step.event in icons ? icons[step.event as keyof typeof icons] : CircleDot,
      tone: caseTones[step.to],
      text: (
        <span className="inline-flex flex-wrap items-center gap-x-2">
          {t.has(`events.${step.event}` as "events.open") ? t(`events.${step.event}` as "events.open") : step.event}
          <span className="text-ink-muted">{step.by}</span>
        </span>
      ),
      ...(step.text === null ? {} : { detail: <span className="whitespace-pre-wrap">{step.text}</span> }),
    }),
  );
  return <Timeline entries={entries} empty={{ title: t("sections.nothing") }} />;
}
