"use client";

import type { BreakState as State } from "@pitboss/domain/ops/breaks/break-machine";
import { useTranslations } from "use-intl";
import type { Tone } from "#ui/badge.tsx";
import { Status } from "#ui/status.tsx";

export const breakTones: Readonly<Record<State, Tone>> = {
  OPEN: "bad",
  ASSIGNED: "warn",
  PROPOSED: "accent",
  RESOLVED: "good",
  WRITTEN_OFF: "neutral",
  CLEARED: "good",
  REOPENED: "bad",
};

export function BreakState({ state }: { state: State }) {
  const t = useTranslations("roundRecon.states");
  return (
    <Status tone={breakTones[state]} open={state === "PROPOSED"}>
      {t(state)}
    </Status>
  );
}
