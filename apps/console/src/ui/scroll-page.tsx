import type { ReactNode } from "react";

/** A page that scrolls as one; lists scroll by themselves instead. */
export function ScrollPage({ children }: { children: ReactNode }) {
  return <div className="min-h-0 flex-1 overscroll-contain pb-10 roomy:overflow-y-auto">{children}</div>;
}
