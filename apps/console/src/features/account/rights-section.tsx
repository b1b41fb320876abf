"use client";

import { permissionNames, permissionRow } from "@pitboss/domain/identity/permissions";
import { Check, KeyRound, Lock } from "lucide-react";
import { useTranslations } from "use-intl";
import { useRoleNames } from "#features/identity/role-names.ts";
import { cn } from "#lib/cn.ts";
import { useReader } from "#lib/reader.tsx";
import { Section } from "#ui/section.tsx";

/** Everything that there is to be allowed, with what this person may do and who may do the rest. */
export function RightsSection() {
  const t = useTranslations("account.rights");
  const reader = useReader();
  const roleNames = useRoleNames();
  return (
    <Section title={t("title")}>
      <ul className="grid gap-x-8 sm:grid-cols-2">
        {[...permissionNames]
          .sort((a, b) => Number(reader.permissions.has(b)) - Number(reader.permissions.has(a)))
          .map((permission) => {
            const { means, roles, stepUp } = permissionRow(permission);
            const may = reader.permissions.has(permission);
            const Icon = may ? Check : Lock;
            return (
              <li key={permission} className={cn("flex gap-2 py-1.5", !may && "text-ink-faint")}>
                <Icon aria-hidden className={cn("mt-0.5 size-3.5 shrink-0", may && "text-good")} />
                <span className="min-w-0">
                  <span className="sr-only">{t(may ? "may" : "mayNot")}: </span>
                  {means}
                  {may && stepUp && (
                    <KeyRound role="img" aria-label={t("stepUp")} className="ms-1.5 inline size-3 text-ink-faint" />
                  )}
                  {!may && <span className="block text-xs">{t("for", { roles: roleNames(roles) })}</span>}
                </span>
              </li>
            );
          })}
      </ul>
    </Section>
  );
}
