"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#ui/button.tsx";

interface BulkBarProps {
  readonly selected: number;
  readonly onClear: () => void;
  /** What can be done with all of them; each shows a plan that the engine made, with its count, before it does it. */
  readonly children: ReactNode;
}

export function BulkBar({ selected, onClear, children }: BulkBarProps) {
  const t = useTranslations("kit.bulk");
  if (selected === 0) return null;
  return (
    <div className="sticky bottom-3 z-20 mx-auto flex w-fit max-w-[calc(100%-1.5rem)] flex-wrap items-center gap-3 rounded-lg border border-line-strong bg-raised py-1.5 ps-4 pe-1.5 shadow-float">
      <span role="status" className="tabular font-medium">
        {t("some", { count: selected })}
      </span>
      <span className="flex items-center gap-1.5">
        {children}
        <Button look="quiet" size="sm" onClick={onClear}>
          {t("clear")}
        </Button>
      </span>
    </div>
  );
}
