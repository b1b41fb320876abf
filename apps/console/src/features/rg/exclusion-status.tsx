"use client";

import { useTranslations } from "use-intl";
import type { OutputOf } from "#lib/api.ts";
import type { Tone } from "#ui/badge.tsx";
import { Status } from "#ui/status.tsx";

export type ExclusionRow = OutputOf<"rg.exclusions">["rows"][number];

const tones: Readonly<Record<ExclusionRow["status"], Tone>> = {
  ACTIVE: "bad",
  TERM_ENDED: "warn",
  REACTIVATION_REQUESTED: "accent",
  COOLING_OFF: "warn",
  LIFTED: "neutral",
};

export function ExclusionStatus({ status }: Pick<ExclusionRow, "status">) {
  const t = useTranslations("rg.states");
  return (
    <Status tone={tones[status]} open={status === "REACTIVATION_REQUESTED" || status === "COOLING_OFF"}>
      {t(status)}
    </Status>
  );
}
