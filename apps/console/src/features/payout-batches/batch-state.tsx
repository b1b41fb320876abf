"use client";

import type { BatchState as Code } from "@pitboss/domain/cashier/bank/batch-machine";
import { useTranslations } from "use-intl";
import type { Tone } from "#ui/badge.tsx";
import { Status } from "#ui/status.tsx";

const tones: Readonly<Record<Code, Tone>> = {
  GATHERING: "accent",
  BUILT: "accent",
  SUBMITTED: "accent",
  UNKNOWN: "warn",
  ACCEPTED: "good",
  REFUSED: "bad",
  EMPTY: "neutral",
};

export function BatchState({ state }: { state: Code }) {
  const words = useTranslations("payoutBatches.states");
  return (
    <Status tone={tones[state]} open={state !== "ACCEPTED" && state !== "REFUSED" && state !== "EMPTY"}>
      {words(state)}
    </Status>
  );
}
