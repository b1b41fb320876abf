"use client";

import type { ApprovalStatus as Code } from "@pitboss/domain/identity/approval-machine";
import { useTranslations } from "use-intl";
import { Status } from "#ui/status.tsx";

const tones = {
  PROPOSED: "warn",
  APPROVED: "accent",
  APPLIED: "good",
  REJECTED: "bad",
  EXPIRED: "neutral",
  WITHDRAWN: "neutral",
} as const;

export function ApprovalStatus({ status }: { status: Code }) {
  const t = useTranslations("words.approvalStatus");
  return (
    <Status tone={tones[status]} open={status === "PROPOSED" || status === "APPROVED"}>
      {t(status)}
    </Status>
  );
}
