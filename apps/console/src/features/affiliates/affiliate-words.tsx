"use client";

import type { StatementState as Code } from "@pitboss/domain/reporting/affiliates/statement";
import { useTranslations } from "use-intl";
import type { OutputOf } from "#lib/api.ts";
import type { Tone } from "#ui/badge.tsx";
import { PageParts } from "#ui/page-parts.tsx";
import { Status } from "#ui/status.tsx";

export type Affiliate = OutputOf<"affiliate.show">;
type Payment = Affiliate["payments"][number];

const statementTones: Readonly<Record<Code, Tone>> = {
  OPEN: "warn",
  NIL: "neutral",
  APPROVED: "good",
  REPLACED: "neutral",
};
const paymentTones: Readonly<Record<Payment["state"], Tone>> = {
  APPROVED: "accent",
  SUBMITTED: "accent",
  UNKNOWN: "warn",
  PAID: "good",
  RETURNED: "bad",
};

export function StatementState({ state }: { state: Code }) {
  const words = useTranslations("affiliates.statementState");
  return (
    <Status tone={statementTones[state]} open={state === "OPEN"}>
      {words(state)}
    </Status>
  );
}

export function PaymentState({ state }: { state: Payment["state"] }) {
  const words = useTranslations("affiliates.paymentState");
  return (
    <Status tone={paymentTones[state]} open={state !== "PAID" && state !== "RETURNED"}>
      {words(state)}
    </Status>
  );
}

export function AffiliateStatus({ status }: { status: Affiliate["status"] }) {
  const words = useTranslations("affiliates.status");
  return <Status tone={status === "ACTIVE" ? "good" : "warn"}>{words(status)}</Status>;
}

/** Affiliates and their statements are two lists of one page. */
export function AffiliateParts() {
  const t = useTranslations("affiliates");
  return (
    <PageParts
      label={t("title")}
      parts={[
        { href: "/affiliates", name: t("title") },
        { href: "/affiliates/statements", name: t("statements.title") },
      ]}
    />
  );
}
