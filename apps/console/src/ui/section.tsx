import { useId, type ReactNode } from "react";
import { cn } from "#lib/cn.ts";

interface SectionProps {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A titled part of a page, set apart by a line and by space, not by a box. */
export function Section({ title, aside, className, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={cn("border-t border-line pt-3 pb-5", className)}>
      <div className="mb-1.5 flex min-h-7 items-center justify-between gap-3">
        <h2 id={id} className="font-semibold tracking-[-0.006em]">
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
