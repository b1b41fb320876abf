"use client";

import { CircleCheck, CircleX } from "lucide-react";
import { useTranslations } from "use-intl";
import type { CaseDetail } from "#features/kyc/case-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { Timeline, type TimelineEntry } from "#ui/timeline.tsx";

type Vendor = NonNullable<CaseDetail["vendor"]>;

type Verdict = Vendor["verdicts"][number];

function wordOf({ answer, rejectType }: Verdict) {
  return answer === "GREEN" || rejectType === null ? answer : (`RED_${rejectType}` as const);
}

/** What the verification vendor said, newest first; the verdict that counts says so. */
export function CaseVendor({ vendor }: { vendor: Vendor }) {
  const t = useTranslations("kyc.vendor");
  const entries = vendor.verdicts.toReversed().map((verdict): TimelineEntry => {
    const why = [verdict.labels.join(", "), verdict.houseComment, verdict.playerComment].filter(
      (text) => text !== null && text !== "",
    );
    return {
      id: `${verdict.at} ${verdict.answer}`,
      at: verdict.at,
      icon: verdict.answer === "GREEN" ? CircleCheck : CircleX,
      tone: verdict.answer === "GREEN" ? "good" : "bad",
      text: (
        <span className={verdict.counts ? "font-medium" : "text-ink-muted line-through"}>
          {t(`answers.${wordOf(verdict)}`)}
        </span>
      ),
      ...(why.length === 0 ? {} : { detail: why.join(" · ") }),
    };
  });
  return (
    <div className="flex flex-col gap-3">
      <p className="flex flex-wrap items-center gap-x-2 text-sm text-ink-muted">
        {t("applicant", { level: vendor.level })} <IdChip id={vendor.applicant} />
      </p>
      <Timeline entries={entries} empty={{ title: t("waiting") }} />
    </div>
  );
}
