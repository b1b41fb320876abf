"use client";

import { useTranslations } from "use-intl";
import { useRoleNames } from "#features/identity/role-names.ts";
import { StaffStatus } from "#features/staff/staff-status.tsx";
import type { OutputOf } from "#lib/api.ts";
import { KeyValues } from "#ui/key-values.tsx";
import { Time } from "#ui/time.tsx";

export type StaffDetail = OutputOf<"staff.show">;

export function StaffFacts({ member }: { member: StaffDetail }) {
  const t = useTranslations("staff.columns");
  const roleNames = useRoleNames();
  return (
    <KeyValues
      items={[
        { label: t("status"), value: <StaffStatus status={member.status} /> },
        { label: t("email"), value: member.email },
        { label: t("roles"), value: member.roles.length === 0 ? "–" : roleNames(member.roles) },
        { label: t("totp"), value: member.factors.totp ? t("yes") : t("no") },
        { label: t("passkey"), value: member.factors.passkeys },
        { label: t("codes"), value: member.factors.recoveryCodes },
        {
          label: t("seen"),
          value: member.lastSeenAt === null ? t("never") : <Time at={member.lastSeenAt} precision="minute" />,
        },
        { label: t("created"), value: <Time at={member.createdAt} precision="minute" /> },
      ]}
    />
  );
}
