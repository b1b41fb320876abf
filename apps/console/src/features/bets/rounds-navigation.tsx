"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "use-intl";
import { cn } from "#lib/cn.ts";

const parts = [
  { id: "inbox", href: "/rounds" },
  { id: "automatic", href: "/rounds/automatic" },
] as const;

/** What people look at, and what the house does by itself. */
export function RoundsNavigation() {
  const t = useTranslations("bets.automatic.parts");
  const path = usePathname();
  return (
    <nav
      aria-label={t("label")}
      className="mb-3 flex shrink-0 gap-5 overflow-x-auto border-b border-line px-(--page-x)"
    >
      {parts.map(({ id, href }) => (
        <Link
          key={id}
          href={href}
          aria-current={path === href ? "page" : undefined}
          className={cn(
            "focus-inset -mb-px flex h-9 items-center border-b-2 border-transparent whitespace-nowrap text-ink-muted no-underline transition-colors hover:text-ink",
            path === href && "border-accent font-medium text-ink",
          )}
        >
          {t(id)}
        </Link>
      ))}
    </nav>
  );
}
