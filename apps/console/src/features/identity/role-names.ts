"use client";

import type { Role } from "@pitboss/domain/identity/roles";
import { useLocale, useTranslations } from "use-intl";

/** Roles as a list in the reader's language: `finance, compliance and risk`. */
export function useRoleNames(): (roles: readonly Role[]) => string {
  const t = useTranslations("roles");
  const locale = useLocale();
  const list = new Intl.ListFormat(locale === "en" ? "en-GB" : locale);
  return (roles) => list.format(roles.map((role) => t(role)));
}
