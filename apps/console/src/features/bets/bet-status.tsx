"use client";

import type { BetOutcome, BetStatus as Code } from "@pitboss/domain/wallet/ledger-codes";
import { useTranslations } from "use-intl";
import { Status } from "#ui/status.tsx";

interface BetStatusProps {
  readonly status: Code;
  readonly outcome: BetOutcome | null;
}

/** The state of a bet; a settled one says how it went. */
export function BetStatus({ status, outcome }: BetStatusProps) {
  const statuses = useTranslations("words.betStatus");
  const outcomes = useTranslations("words.betOutcome");
  if (status === "HELD") {
    return (
      <Status tone="accent" open>
        {statuses("HELD")}
      </Status>
    );
  }
  if (status === "SETTLED" && outcome !== null) {
    return <Status tone={outcome === "WIN" ? "good" : "neutral"}>{outcomes(outcome)}</Status>;
  }
  return <Status tone={status === "CORRECTED" ? "warn" : "neutral"}>{statuses(status)}</Status>;
}
