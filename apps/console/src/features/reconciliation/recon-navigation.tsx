"use client";

import { useTranslations } from "use-intl";
import { PageParts } from "#ui/page-parts.tsx";

const parts = [
  { id: "breaks", href: "/reconciliation" },
  { id: "triage", href: "/reconciliation/triage" },
  { id: "runs", href: "/reconciliation/runs" },
  { id: "reports", href: "/reconciliation/reports" },
  { id: "statements", href: "/reconciliation/statements" },
] as const;

/** What differs, where to begin, the runs that found it, and what they compare. */
export function ReconNavigation() {
  const t = useTranslations("reconciliation.parts");
  return <PageParts label={t("label")} parts={parts.map(({ id, href }) => ({ href, name: t(id) }))} />;
}
