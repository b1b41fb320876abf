"use client";

import type { CreditState } from "@pitboss/domain/cashier/bank/credit-machine";
import { useTranslations } from "use-intl";
import type { Tone } from "#ui/badge.tsx";
import { Status } from "#ui/status.tsx";

export const transferTones: Readonly<Record<CreditState, Tone>> = {
  RECEIVED: "accent",
  IN_INBOX: "warn",
  CREDITED: "good",
  RETURNING: "accent",
  RETURNED: "neutral",
  SETTLEMENT: "neutral",
  PAYOUT_RETURN: "neutral",
};

export function TransferState({ state }: { state: CreditState }) {
  const words = useTranslations("bankTransfers.states");
  return (
    <Status tone={transferTones[state]} open={state === "IN_INBOX" || state === "RETURNING" || state === "RECEIVED"}>
      {words(state)}
    </Status>
  );
}

/** Why it waits, in words where the house has them; else the code of the rule that stands against it. */
export function TransferReason({ why }: { why: string | null }) {
  const words = useTranslations("bankTransfers.reasons");
  if (why === null) return null;
  return words.has(why as "NO_REFERENCE") ? (
    <>{words(why as "NO_REFERENCE")}</>
  ) : (
    <span className="font-mono text-xs">{why}</span>
  );
}
