"use client";

import { useTranslations } from "use-intl";
import { FactorsSection } from "#features/account/factors-section.tsx";
import { PasswordSection } from "#features/account/password-section.tsx";
import { PreferencesSection } from "#features/account/preferences-section.tsx";
import { RightsSection } from "#features/account/rights-section.tsx";
import { SessionsSection } from "#features/account/sessions-section.tsx";
import { useRoleNames } from "#features/identity/role-names.ts";
import { useReader } from "#lib/reader.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ScrollPage } from "#ui/scroll-page.tsx";

export function AccountPage() {
  const t = useTranslations("account");
  const reader = useReader();
  const roleNames = useRoleNames();
  return (
    <ScrollPage>
      <PageHeader title={t("title")} summary={`${reader.name}, ${reader.email} · ${roleNames(reader.roles)}`} />
      <div className="max-w-4xl px-(--page-x)">
        <FactorsSection />
        <SessionsSection />
        <PasswordSection />
        <PreferencesSection />
        <RightsSection />
      </div>
    </ScrollPage>
  );
}
