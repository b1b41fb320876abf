"use client";

import type { AmlCaseState as Code, SarState as SarCode } from "@pitboss/domain/compliance/aml/case-machine";
import { useTranslations } from "use-intl";
import type { OutputOf } from "#lib/api.ts";
import type { Tone } from "#ui/badge.tsx";
import { Status } from "#ui/status.tsx";

export type AmlCaseRow = OutputOf<"aml.cases">["rows"][number];
export type AmlCaseDetail = OutputOf<"aml.case">;

export const caseTones: Readonly<Record<Code, Tone>> = {
  OPEN: "warn",
  IN_REVIEW: "accent",
  ESCALATED: "bad",
  CLEARED: "good",
  REPORTED: "neutral",
};
const sarTones: Readonly<Record<SarCode, Tone>> = {
  DRAFT: "warn",
  FILED: "accent",
  ACKNOWLEDGED: "good",
  DISCARDED: "neutral",
};

export function AmlCaseState({ state }: { state: Code }) {
  const words = useTranslations("words.amlCaseState");
  return (
    <Status tone={caseTones[state]} open={state === "OPEN" || state === "IN_REVIEW" || state === "ESCALATED"}>
      {words(state)}
    </Status>
  );
}

export function SarState({ state }: { state: SarCode }) {
  const words = useTranslations("words.sarState");
  return (
    <Status tone={sarTones[state]} open={state === "DRAFT" || state === "FILED"}>
      {words(state)}
    </Status>
  );
}
