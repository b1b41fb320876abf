"use client";

import type { DepositState as Code } from "@pitboss/domain/cashier/deposit-machine";
import { useTranslations } from "use-intl";
import type { Tone } from "#ui/badge.tsx";
import { Status } from "#ui/status.tsx";

export const depositTones: Readonly<Record<Code, Tone>> = {
  INITIATED: "accent",
  PENDING: "accent",
  CREDITED: "good",
  SETTLED: "good",
  DECLINED: "bad",
  EXPIRED: "neutral",
  DISPUTED: "warn",
  WON: "good",
  LOST: "bad",
};

export function DepositState({ state }: { state: Code }) {
  const words = useTranslations("words.depositState");
  return (
    <Status tone={depositTones[state]} open={state === "INITIATED" || state === "PENDING"}>
      {words(state)}
    </Status>
  );
}
