import Link from "next/link";
import type { ReactNode } from "react";

/** The one link that a row is; the rest of the row follows it. */
export function RowLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} prefetch={false} data-row-link className="rounded-xs no-underline outline-offset-2">
      {children}
    </Link>
  );
}
