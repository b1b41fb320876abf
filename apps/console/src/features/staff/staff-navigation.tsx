"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "use-intl";
import { cn } from "#lib/cn.ts";

const parts = [
  { id: "people", href: "/staff" },
  { id: "roles", href: "/staff/roles" },
  { id: "machines", href: "/staff/machines" },
  { id: "networks", href: "/staff/networks" },
] as const;

/** The parts of this page, each with an address of its own. */
export function StaffNavigation() {
  const t = useTranslations("staff.parts");
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
