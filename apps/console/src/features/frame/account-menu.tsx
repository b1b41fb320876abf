"use client";

import {
  ChevronsUpDown,
  Download,
  Keyboard,
  LogOut,
  Monitor,
  Moon,
  SquareTerminal,
  Sun,
  UserRound,
} from "lucide-react";
import { useTranslations } from "use-intl";
import { useRouter } from "next/navigation";
import { useRoleNames } from "#features/identity/role-names.ts";
import { openShortcutHelp } from "#features/frame/shortcut-help.tsx";
import { useReader } from "#lib/reader.tsx";
import { cn } from "#lib/cn.ts";
import { Avatar } from "#ui/avatar.tsx";
import { Menu, MenuChoices, MenuItem, MenuLine } from "#ui/menu.tsx";
import { usePreferences } from "#ui/preferences-provider.tsx";

interface AccountMenuProps {
  readonly slim: boolean;
  readonly onSignOut: () => void;
}

export function AccountMenu({ slim, onSignOut }: AccountMenuProps) {
  const t = useTranslations("frame.account");
  const reader = useReader();
  const roleNames = useRoleNames();
  const router = useRouter();
  const { preferences, change } = usePreferences();
  return (
    <Menu
      side="top"
      className="w-60"
      trigger={
        <button
          type="button"
          className={cn(
            "focus-inset flex w-full items-center gap-2.5 rounded-md p-1.5 text-start transition-colors hover:bg-hover data-popup-open:bg-hover",
            slim && "justify-center",
          )}
        >
          <span className="sr-only">{t("open")}</span>
          <Avatar name={reader.name} />
          {!slim && (
            <>
              <span className="min-w-0 flex-1 leading-4">
                <span className="block truncate font-medium">{reader.name}</span>
                <span className="block truncate text-xs text-ink-muted">{roleNames(reader.roles)}</span>
              </span>
              <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
            </>
          )}
        </button>
      }
    >
      <MenuItem icon={<UserRound />} href="/account">
        {t("mine")}
      </MenuItem>
      <MenuItem icon={<Download />} href="/exports">
        {t("exports")}
      </MenuItem>
      <MenuItem icon={<SquareTerminal />} href="/terminal">
        {t("terminal")}
      </MenuItem>
      <MenuItem icon={<Keyboard />} shortcut="?" onSelect={openShortcutHelp}>
        {t("shortcuts")}
      </MenuItem>
      <MenuLine />
      <MenuChoices
        label={t("theme")}
        value={preferences.theme}
        onChange={(theme) => change({ theme })}
        choices={[
          { value: "system", label: t("themes.system"), icon: <Monitor /> },
          { value: "light", label: t("themes.light"), icon: <Sun /> },
          { value: "dark", label: t("themes.dark"), icon: <Moon /> },
        ]}
      />
      <MenuLine />
      <MenuChoices
        label={t("clock")}
        value={preferences.clock}
        onChange={(clock) => change({ clock })}
        choices={[
          { value: "utc", label: "UTC" },
          { value: "local", label: t("localZone", { zone: preferences.zone }) },
        ]}
      />
      <MenuLine />
      <MenuChoices
        label={t("language")}
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
      <MenuLine />
      <MenuItem icon={<LogOut />} onSelect={onSignOut}>
        {t("signOut")}
      </MenuItem>
    </Menu>
  );
}
