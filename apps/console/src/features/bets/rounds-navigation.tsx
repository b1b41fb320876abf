"use client";

import { useTranslations } from "use-intl";
import { PageParts } from "#ui/page-parts.tsx";

const parts = [
  { id: "inbox", href: "/rounds" },
  { id: "automatic", href: "/rounds/automatic" },
] as const;

/** What people look at, and what the house does by itself. */
export function RoundsNavigation() {
  const t = useTranslations("bets.automatic.parts");
  return <PageParts label={t("label")} parts={parts.map(({ id, href }) => ({ href, name: t(id) }))} />;
}
