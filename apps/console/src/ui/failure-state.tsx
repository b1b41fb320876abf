"use client";

import { OctagonAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import { cn } from "#lib/cn.ts";
import type { ViewFailure } from "#lib/failure.ts";
import { useFailureText } from "#lib/use-failure-text.ts";
import { Button } from "#ui/button.tsx";
import { IdChip } from "#ui/id-chip.tsx";

interface FailureStateProps {
  readonly failure: ViewFailure;
  readonly onRetry?: (() => void) | undefined;
  readonly className?: string;
}

/** What stands where something could not be loaded: the rule's own words, what helps, and what to quote. */
export function FailureState({ failure, onRetry, className }: FailureStateProps) {
  const t = useTranslations("kit.failure");
  const text = useFailureText();
  return (
    <div
      role="alert"
      className={cn("flex flex-col items-center justify-center gap-1 px-6 py-12 text-center", className)}
    >
      <OctagonAlert aria-hidden className="mb-2 size-5 text-bad" strokeWidth={1.5} />
      <p className="font-medium">{text(failure)}</p>
      {failure.detail !== undefined && <p className="max-w-md text-ink-muted text-balance">{failure.detail}</p>}
      <p className="mt-1 flex flex-wrap items-center justify-center gap-x-3 text-xs text-ink-faint">
        <span className="font-mono">{failure.code}</span>
        {failure.traceId !== undefined && (
          <span className="flex items-center gap-1">
            {t("trace")} <IdChip id={failure.traceId} />
          </span>
        )}
      </p>
      {onRetry !== undefined && (
        <Button className="mt-3" onClick={onRetry}>
          {t("retry")}
        </Button>
      )}
    </div>
  );
}
