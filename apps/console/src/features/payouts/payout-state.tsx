"use client";

import { isPayoutOver, type PayoutState as Code } from "@pitboss/domain/cashier/payout-machine";
import { useTranslations } from "use-intl";
import type { Tone } from "#ui/badge.tsx";
import { Status } from "#ui/status.tsx";

export const payoutTones: Readonly<Record<Code, Tone>> = {
  REQUESTED: "accent",
  CHECKING: "accent",
  KYT: "accent",
  IN_REVIEW: "warn",
  FIRST_APPROVED: "warn",
  AUTO_APPROVED: "accent",
  APPROVED: "accent",
  TRAVEL_RULE: "accent",
  SUBMITTED: "accent",
  UNKNOWN: "bad",
  BROADCAST: "accent",
  CONFIRMING: "accent",
  PAID: "good",
  REJECTED: "neutral",
  RETURNED: "bad",
  CANCELLED: "neutral",
};

export function PayoutState({ state }: { state: Code }) {
  const words = useTranslations("words.payoutState");
  return (
    <Status tone={payoutTones[state]} open={!isPayoutOver(state)}>
      {words(state)}
    </Status>
  );
}
