"use client";

import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Section } from "#ui/section.tsx";
import { Segmented } from "#ui/segmented.tsx";
import { Switch } from "#ui/switch.tsx";
import { usePreferences } from "#ui/preferences-provider.tsx";

export function PreferencesSection() {
  const t = useTranslations("account.preferences");
  const shell = useTranslations("frame");
  const router = useRouter();
  const { preferences, change } = usePreferences();
  return (
    <Section title={t("title")}>
      <div className="flex max-w-lg flex-col gap-2">
        <Row label={shell("account.theme")}>
          <Segmented
            label={shell("account.theme")}
            value={preferences.theme}
            onChange={(theme) => change({ theme })}
            choices={[
              { value: "system", label: shell("account.themes.system") },
              { value: "light", label: shell("account.themes.light") },
              { value: "dark", label: shell("account.themes.dark") },
            ]}
          />
        </Row>
        <Row label={shell("account.clock")}>
          <Segmented
            label={shell("account.clock")}
            value={preferences.clock}
            onChange={(clock) => change({ clock })}
            choices={[
              { value: "utc", label: "UTC" },
              { value: "local", label: preferences.zone },
            ]}
          />
        </Row>
        <Row label={shell("account.language")}>
          <Segmented
            label={shell("account.language")}
            value={preferences.locale}
            onChange={(locale) => {
              change({ locale });
              router.refresh();
            }}
            choices={[
              { value: "en", label: "English" },
              { value: "de", label: "Deutsch" },
            ]}
          />
        </Row>
        <Switch
          label={shell("shortcuts.letters")}
          hint={shell("shortcuts.lettersHint")}
          checked={preferences.letterKeys}
          onChange={(letterKeys) => change({ letterKeys })}
        />
      </div>
    </Section>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex min-h-9 flex-wrap items-center justify-between gap-x-4 gap-y-1">
      <span>{label}</span>
      {children}
    </div>
  );
}
