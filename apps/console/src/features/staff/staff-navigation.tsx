"use client";

import { useTranslations } from "use-intl";
import { PageParts } from "#ui/page-parts.tsx";

const parts = [
  { id: "people", href: "/staff" },
  { id: "roles", href: "/staff/roles" },
  { id: "machines", href: "/staff/machines" },
  { id: "networks", href: "/staff/networks" },
] as const;

export function StaffNavigation() {
  const t = useTranslations("staff.parts");
  return <PageParts label={t("label")} parts={parts.map(({ id, href }) => ({ href, name: t(id) }))} />;
}
