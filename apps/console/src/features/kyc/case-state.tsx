"use client";

import type { CaseState as Code } from "@pitboss/domain/compliance/kyc/case-machine";
import { useTranslations } from "use-intl";
import type { OutputOf } from "#lib/api.ts";
import type { Tone } from "#ui/badge.tsx";
import { Status } from "#ui/status.tsx";

export type CaseRow = OutputOf<"kyc.list">["rows"][number];
export type CaseDetail = OutputOf<"kyc.show">;

export const caseTones: Readonly<Record<Code, Tone>> = {
  INIT: "neutral",
  PENDING: "accent",
  ON_HOLD: "warn",
  APPROVED: "good",
  REJECTED_RETRY: "warn",
  REJECTED_FINAL: "bad",
};

export function CaseState({ state }: { state: Code }) {
  const words = useTranslations("words.caseState");
  return (
    <Status tone={caseTones[state]} open={state === "PENDING" || state === "ON_HOLD"}>
      {words(state)}
    </Status>
  );
}
