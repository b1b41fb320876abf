"use client";

import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { type Permission, permissionRow } from "@pitboss/domain/identity/permissions";
import { useTranslations } from "use-intl";
import type { NavigationItem } from "#features/frame/navigation.ts";
import { useRoleNames } from "#features/identity/role-names.ts";
import { useMay } from "#lib/reader.tsx";
import { Empty } from "#ui/empty.tsx";
import { PageHeader } from "#ui/page-header.tsx";

interface GateProps {
  readonly permission: Permission;
  readonly page: NavigationItem["id"];
  readonly children: ReactNode;
}

/** A page that a role may not see says so, and whom it is for. What it would show, the engine refuses as well. */
export function Gate({ permission, page, children }: GateProps) {
  const t = useTranslations("frame");
  const roleNames = useRoleNames();
  if (useMay(permission)) return children;
  const { means, roles } = permissionRow(permission);
  return (
    <>
      <PageHeader title={t(`navigation.pages.${page}`)} />
      <Empty
        icon={Lock}
        title={t("gate.title")}
        hint={
          <>
            {t("gate.hint", { roles: roleNames(roles) })}
            <span className="mt-1 block text-xs text-ink-faint">
              {permission}: {means}
            </span>
          </>
        }
        className="flex-1"
      />
    </>
  );
}
