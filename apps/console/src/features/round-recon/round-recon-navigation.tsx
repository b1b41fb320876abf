"use client";

import { useTranslations } from "use-intl";
import { PageParts } from "#ui/page-parts.tsx";

const parts = [
  { id: "breaks", href: "/provider-reconciliation" },
  { id: "runs", href: "/provider-reconciliation/runs" },
] as const;

/** What differs, and the comparisons that found it. */
export function RoundReconNavigation() {
  const t = useTranslations("roundRecon.parts");
  return <PageParts label={t("label")} parts={parts.map(({ id, href }) => ({ href, name: t(id) }))} />;
}
