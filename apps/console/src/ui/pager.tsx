"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "#ui/button.tsx";
import { Time } from "#ui/time.tsx";

interface PagerProps {
  /** How many rows are on this page; undefined while it loads. */
  readonly count: number | undefined;
  /** What the server counted, where it did; "more than" where it stopped counting. */
  readonly total?: { readonly count: number; readonly exact: boolean } | undefined;
  /** How far back was looked; there may be more behind it. */
  readonly searchedTo?: string | null | undefined;
  readonly onFirst: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
}

/** Keyset pages: forward from here, and back to the first. */
export function Pager({ count, total, searchedTo, onFirst, onNext }: PagerProps) {
  const t = useTranslations("kit.pager");
  return (
    <nav
      aria-label={t("label")}
      className="flex shrink-0 items-center justify-between gap-3 border-t border-line px-(--page-x) py-1.5"
    >
      <span role="status" className="tabular truncate text-xs text-ink-muted">
        {count === undefined
          ? t("loading")
          : total === undefined
            ? t("rows", { count })
            : t(total.exact ? "rowsOf" : "rowsOfMore", { count, total: total.count })}
        {searchedTo != null && count !== undefined && (
          <>
            {" · "}
            {t("searchedTo")} <Time at={searchedTo} short precision="minute" />
          </>
        )}
      </span>
      <span className="flex items-center gap-1">
        <Button look="quiet" size="sm" disabled={onFirst === undefined} onClick={onFirst}>
          <ChevronLeft className="rtl:rotate-180" />
          {t("first")}
        </Button>
        <Button look="quiet" size="sm" disabled={onNext === undefined} onClick={onNext}>
          {t("next")}
          <ChevronRight className="rtl:rotate-180" />
        </Button>
      </span>
    </nav>
  );
}
