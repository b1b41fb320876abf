"use client";

import { CircleCheck, CircleX, Clock, FilePlus2, PackageCheck, Undo2 } from "lucide-react";
import { useTranslations } from "use-intl";
import type { Approval } from "#features/approvals/approval-content.tsx";
import { Timeline, type TimelineEntry } from "#ui/timeline.tsx";

const endings = {
  APPLIED: { icon: PackageCheck, tone: "good" },
  EXPIRED: { icon: Clock, tone: "neutral" },
  WITHDRAWN: { icon: Undo2, tone: "neutral" },
} as const;

export function ApprovalHistory({ approval }: { approval: Approval }) {
  const t = useTranslations("approvals.history");
  const words = useTranslations("words.approvalStatus");
  const entries: TimelineEntry[] = [
    {
      id: "proposed",
      at: approval.proposedAt,
      icon: FilePlus2,
      tone: "accent",
      text: t("proposed", { name: approval.proposedBy.name }),
    },
    ...approval.decisions.map(
      (decision): TimelineEntry => ({
        id: decision.at + decision.by.staffId,
        at: decision.at,
        icon: decision.decision === "APPROVED" ? CircleCheck : CircleX,
        tone: decision.decision === "APPROVED" ? "good" : "bad",
        text: t(decision.decision === "APPROVED" ? "approved" : "rejected", { name: decision.by.name }),
        ...(decision.reason === null ? {} : { detail: decision.reason }),
      }),
    ),
  ];
  const { status, closedAt } = approval;
  if (closedAt !== null && (status === "APPLIED" || status === "EXPIRED" || status === "WITHDRAWN")) {
    entries.push({ id: "closed", at: closedAt, ...endings[status], text: words(status) });
  }
  return <Timeline entries={entries.reverse()} empty={{ title: t("empty") }} />;
}
