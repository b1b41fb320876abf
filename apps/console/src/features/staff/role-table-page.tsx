"use client";

import { Check, KeyRound } from "lucide-react";
import { permissionNames, permissionRow } from "@pitboss/domain/identity/permissions";
import { roles } from "@pitboss/domain/identity/roles";
import { useTranslations } from "use-intl";
import { StaffNavigation } from "#features/staff/staff-navigation.tsx";
import { cn } from "#lib/cn.ts";
import { PageHeader } from "#ui/page-header.tsx";

const head = "sticky top-0 z-10 h-8 border-b border-line bg-surface px-2 text-xs font-medium text-ink-muted";

/** The one table of who may do what, as the engine itself reads it. */
export function RoleTablePage() {
  const t = useTranslations("staff");
  const roleWords = useTranslations("roles");
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageHeader title={t("title")} summary={t("table.lead")} />
      <StaffNavigation />
      <div tabIndex={0} role="group" aria-label={t("parts.roles")} className="min-h-0 flex-1 overflow-auto">
        <table className="w-full min-w-180 border-separate border-spacing-0">
          <thead>
            <tr>
              <th scope="col" className={cn(head, "ps-(--page-x) text-start")}>
                {t("table.permission")}
              </th>
              {roles.map((role) => (
                <th key={role} scope="col" className={cn(head, "w-24 text-center last:pe-(--page-x)")}>
                  {roleWords(role)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {permissionNames.map((permission) => {
              const row = permissionRow(permission);
              return (
                <tr key={permission} className="hover:bg-hover">
                  <th scope="row" className="border-b border-line py-1.5 ps-(--page-x) pe-2 text-start font-normal">
                    {row.means}
                    <span className="flex items-center gap-1.5 text-xs text-ink-faint">
                      <span className="font-mono">{permission}</span>
                      {row.stepUp && <KeyRound role="img" aria-label={t("detail.stepUp")} className="size-3" />}
                    </span>
                  </th>
                  {roles.map((role) => {
                    const may = row.roles.includes(role);
                    return (
                      <td key={role} className="border-b border-line px-2 text-center last:pe-(--page-x)">
                        {may ? (
                          <Check role="img" aria-label={t("table.may")} className="mx-auto size-4 text-good" />
                        ) : (
                          <span aria-label={t("table.mayNot")} role="img" className="text-ink-faint">
                            ·
                          </span>
                        )}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}
