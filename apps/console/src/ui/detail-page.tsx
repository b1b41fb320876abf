import type { ReactNode } from "react";

interface DetailPageProps {
  readonly header: ReactNode;
  /** The facts that stay in view while the main part changes. */
  readonly rail?: ReactNode;
  readonly children: ReactNode;
}

/** The anatomy of every detail page: what it is and what may be done, its facts at the side, and its parts. */
export function DetailPage({ header, rail, children }: DetailPageProps) {
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {header}
      <div className="flex min-h-0 flex-1 flex-col border-t border-line lg:roomy:flex-row">
        <div className="flex min-w-0 flex-1 flex-col lg:roomy:overflow-y-auto">{children}</div>
        {rail !== undefined && (
          <aside className="order-first shrink-0 border-line px-(--page-x) pb-4 max-lg:border-b lg:order-none lg:w-84 lg:border-s lg:roomy:overflow-y-auto [&>section:first-child]:border-t-0">
            {rail}
          </aside>
        )}
      </div>
    </div>
  );
}
