"use client";

import { Dialog } from "@base-ui/react/dialog";
import { Menu as MenuIcon, PanelLeftClose, PanelLeftOpen, Search, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { AccountMenu } from "#features/frame/account-menu.tsx";
import { navigation, type NavigationItem } from "#features/frame/navigation.ts";
import { Sidebar } from "#features/frame/sidebar.tsx";
import { type Shortcut, useShortcut } from "#lib/shortcuts.tsx";
import { cn } from "#lib/cn.ts";
import { buttonStyle } from "#ui/button.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Kbd } from "#ui/kbd.tsx";
import { Logo } from "#ui/logo.tsx";
import { usePreferences } from "#ui/preferences-provider.tsx";

interface AppFrameProps {
  readonly counts: Partial<Record<NavigationItem["id"], number>>;
  readonly onSearch: () => void;
  readonly onSignOut: () => void;
  readonly children: ReactNode;
}

/** Navigation at the side, the page beside it. On a narrow screen the navigation is a drawer under a bar. */
export function AppFrame({ counts, onSearch, onSignOut, children }: AppFrameProps) {
  const t = useTranslations("frame");
  const { preferences, change } = usePreferences();
  const [drawer, setDrawer] = useState(false);
  const slim = preferences.navigation === "closed";
  useShortcut({
    keys: "[",
    label: t("toggleNavigation"),
    group: "global",
    run: () => change({ navigation: slim ? "open" : "closed" }),
  });

  return (
    <div className="flex min-h-dvh flex-col roomy:h-dvh roomy:flex-row">
      <a
        href="#main"
        className="sr-only z-70 rounded-md bg-accent-solid px-3 py-2 font-medium text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t("skip")}
      </a>
      <GoShortcuts />
      <aside
        aria-label={t("navigation.label")}
        className={cn("hidden shrink-0 flex-col bg-canvas roomy:flex", slim ? "w-13" : "w-55")}
      >
        <div className={cn("flex h-12 items-center gap-2 px-3", slim && "justify-center px-0")}>
          <Logo className="size-6" />
          {!slim && <span className="flex-1 text-base font-semibold tracking-[-0.02em]">Pitboss</span>}
          {!slim && (
            <IconButton
              label={t("closeNavigation")}
              shortcut="["
              size="sm"
              onClick={() => change({ navigation: "closed" })}
            >
              <PanelLeftClose />
            </IconButton>
          )}
        </div>
        <div className="px-2 pb-1">
          <SearchButton slim={slim} onSearch={onSearch} />
        </div>
        <Sidebar slim={slim} counts={counts} />
        <div className="flex flex-col gap-1 border-t border-line p-2">
          {slim && (
            <IconButton
              label={t("openNavigation")}
              shortcut="["
              className="w-full!"
              onClick={() => change({ navigation: "open" })}
            >
              <PanelLeftOpen />
            </IconButton>
          )}
          <AccountMenu slim={slim} onSignOut={onSignOut} />
        </div>
      </aside>

      <header className="sticky top-0 z-30 flex h-12 items-center gap-1 border-b border-line bg-canvas px-2 roomy:hidden">
        <IconButton label={t("openNavigation")} size="lg" onClick={() => setDrawer(true)}>
          <MenuIcon />
        </IconButton>
        <Logo className="size-6" />
        <span className="flex-1 text-base font-semibold tracking-[-0.02em]">Pitboss</span>
        <IconButton label={t("search")} size="lg" onClick={onSearch}>
          <Search />
        </IconButton>
      </header>
      <Dialog.Root open={drawer} onOpenChange={setDrawer}>
        <Dialog.Portal>
          <Dialog.Backdrop className="fixed inset-0 z-40 bg-veil transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
          <Dialog.Popup
            aria-label={t("navigation.label")}
            className="fixed inset-y-0 left-0 z-50 flex w-72 max-w-[85vw] flex-col bg-canvas shadow-dialog outline-none transition-transform duration-200 data-ending-style:-translate-x-full data-starting-style:-translate-x-full"
          >
            <div className="flex h-12 items-center gap-2 px-3">
              <Logo className="size-6" />
              <span className="flex-1 text-base font-semibold tracking-[-0.02em]">Pitboss</span>
              <Dialog.Close aria-label={t("closeNavigation")} className={buttonStyle({ look: "quiet", square: true })}>
                <X />
              </Dialog.Close>
            </div>
            <Sidebar slim={false} counts={counts} onNavigate={() => setDrawer(false)} />
            <div className="border-t border-line p-2">
              <AccountMenu slim={false} onSignOut={onSignOut} />
            </div>
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>

      <main
        id="main"
        tabIndex={-1}
        className="flex min-w-0 flex-1 flex-col bg-surface outline-none [--page-x:1rem] roomy:my-2 roomy:me-2 roomy:overflow-hidden roomy:rounded-lg roomy:shadow-[0_0_0_1px_var(--color-line)] roomy:[--page-x:1.5rem]"
      >
        {children}
      </main>
    </div>
  );
}

function SearchButton({ slim, onSearch }: { slim: boolean; onSearch: () => void }) {
  const t = useTranslations("frame");
  if (slim) {
    return (
      <IconButton label={t("search")} shortcut="mod+k" className="w-full!" onClick={onSearch}>
        <Search />
      </IconButton>
    );
  }
  return (
    <button
      type="button"
      onClick={onSearch}
      className="flex h-8 w-full items-center gap-2 rounded-md border border-line bg-surface px-2 text-ink-faint shadow-control transition-colors hover:border-line-strong hover:text-ink-muted"
    >
      <Search aria-hidden className="size-3.5" />
      <span className="flex-1 truncate text-start">{t("search")}</span>
      <Kbd keys="mod+k" />
    </button>
  );
}

/** `g p` and the like. */
function GoShortcuts() {
  const t = useTranslations("frame.navigation.pages");
  const router = useRouter();
  return navigation
    .flatMap((group) => group.items)
    .flatMap(({ id, href, key }) =>
      key === undefined
        ? []
        : [
            <GoShortcut
              key={id}
              shortcut={{ keys: `g ${key}`, label: t(id), group: "go", run: () => router.push(href) }}
            />,
          ],
    );
}

function GoShortcut({ shortcut }: { shortcut: Shortcut }) {
  useShortcut(shortcut);
  return null;
}
