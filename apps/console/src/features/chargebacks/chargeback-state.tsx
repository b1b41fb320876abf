"use client";

import type { ChargebackState as Code } from "@pitboss/domain/cashier/chargeback";
import { useTranslations } from "use-intl";
import type { Tone } from "#ui/badge.tsx";
import { Status } from "#ui/status.tsx";

export const chargebackTones: Readonly<Record<Code, Tone>> = {
  OPENED: "warn",
  SUBMITTED: "accent",
  ACCEPTED: "neutral",
  WON: "good",
  LOST: "bad",
};

export function ChargebackState({ state }: { state: Code }) {
  const words = useTranslations("chargebacks.states");
  return (
    <Status tone={chargebackTones[state]} open={state === "OPENED" || state === "SUBMITTED"}>
      {words(state)}
    </Status>
  );
}
