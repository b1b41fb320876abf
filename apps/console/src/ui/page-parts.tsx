"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "#lib/cn.ts";

interface PagePartsProps {
  readonly label: string;
  readonly parts: readonly { readonly href: string; readonly name: string }[];
}

/** The parts of a page, each with an address of its own. */
export function PageParts({ label, parts }: PagePartsProps) {
  const path = usePathname();
  return (
    <nav aria-label={label} className="mb-3 flex shrink-0 gap-5 overflow-x-auto border-b border-line px-(--page-x)">
      {parts.map(({ href, name }) => (
        <Link
          key={href}
          href={href}
          aria-current={path === href ? "page" : undefined}
          className={cn(
            "focus-inset -mb-px flex h-9 items-center border-b-2 border-transparent whitespace-nowrap text-ink-muted no-underline transition-colors hover:text-ink",
            path === href && "border-accent font-medium text-ink",
          )}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}
