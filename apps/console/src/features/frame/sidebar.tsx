"use client";

import { Lock } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { permissionRow } from "@pitboss/domain/identity/permissions";
import { useTranslations } from "use-intl";
import { isCurrent, isSeen, navigation, type NavigationItem } from "#features/frame/navigation.ts";
import { useRoleNames } from "#features/identity/role-names.ts";
import { cn } from "#lib/cn.ts";
import { useReader } from "#lib/reader.tsx";
import { Tip } from "#ui/tip.tsx";

interface SidebarProps {
  /** Icons alone, with their names in tooltips. */
  readonly slim: boolean;
  /** Numbers beside a page's name: what waits there. */
  readonly counts: Partial<Record<NavigationItem["id"], number>>;
  readonly onNavigate?: () => void;
}

export function Sidebar({ slim, counts, onNavigate }: SidebarProps) {
  const t = useTranslations("frame.navigation");
  const { permissions } = useReader();
  return (
    <nav
      aria-label={t("label")}
      className="flex flex-1 flex-col gap-4 overflow-y-auto px-2 py-2 [scrollbar-width:none]"
    >
      {navigation.map((group) => (
        <div key={group.id}>
          {!slim && group.id !== "now" && (
            <h2 className="px-2 pb-1 text-xs font-medium text-ink-faint">{t(`groups.${group.id}`)}</h2>
          )}
          <ul className="flex flex-col gap-px">
            {group.items
              .filter((item) => isSeen(item, permissions))
              .map((item) => (
                <li key={item.id}>
                  <SidebarLink item={item} slim={slim} count={counts[item.id]} onNavigate={onNavigate} />
                </li>
              ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

interface SidebarLinkProps {
  readonly item: NavigationItem;
  readonly slim: boolean;
  readonly count: number | undefined;
  readonly onNavigate: (() => void) | undefined;
}

function SidebarLink({ item, slim, count, onNavigate }: SidebarLinkProps) {
  const t = useTranslations("frame.navigation");
  const reader = useReader();
  const roleNames = useRoleNames();
  const path = usePathname();
  const { id, href, icon: Icon, permission } = item;
  const locked = permission !== undefined && !reader.permissions.has(permission);
  const name = t(`pages.${id}`);
  const why = locked ? t("locked", { roles: roleNames(permissionRow(permission).roles) }) : undefined;
  const current = isCurrent(item, path);
  const link = (
    <Link
      href={href}
      {...(onNavigate === undefined ? {} : { onClick: onNavigate })}
      aria-current={current ? "page" : undefined}
      aria-label={slim || why !== undefined ? [name, why].filter(Boolean).join(" — ") : undefined}
      className={cn(
        "focus-inset flex h-8 items-center gap-2.5 rounded-md px-2 text-ink-muted no-underline transition-colors hover:bg-hover hover:text-ink pointer-coarse:h-10",
        current && "bg-press font-medium text-ink hover:bg-press",
        locked && (current ? "text-ink-muted hover:text-ink-muted" : "text-ink-faint hover:text-ink-muted"),
        slim && "justify-center px-0",
      )}
    >
      <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
      {!slim && <span className="min-w-0 flex-1 truncate">{name}</span>}
      {!slim && locked && <Lock aria-hidden className="size-3 shrink-0" />}
      {!slim && !locked && count !== undefined && count > 0 && (
        <span className="tabular text-xs text-ink-muted">{count}</span>
      )}
    </Link>
  );
  if (!slim && why === undefined) return link;
  return (
    <Tip side="right" text={why === undefined ? name : <span>{slim ? `${name}: ${why}` : why}</span>}>
      {link}
    </Tip>
  );
}
