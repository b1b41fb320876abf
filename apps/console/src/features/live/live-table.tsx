"use client";

import { useCallback, useMemo, useRef } from "react";
import { useTranslations } from "use-intl";
import { useLiveColumns } from "#features/live/live-columns.tsx";
import type { LiveRows } from "#features/live/use-live-rows.ts";
import type { LiveItem } from "#lib/use-live-news.ts";
import { cn } from "#lib/cn.ts";
import { DataTable } from "#ui/data-table.tsx";
import { LivePill } from "#ui/live-pill.tsx";

interface LiveTableProps {
  readonly label: string;
  readonly live: LiveRows;
  /** Which of the rows are shown; all where it is left out. */
  readonly only?: ((item: LiveItem) => boolean) | undefined;
  /** How many rows are shown at most. */
  readonly most: number;
  /** Without the columns that a narrow place has no room for. */
  readonly compact?: boolean;
  readonly className?: string;
}

const hrefs = { bet: "/bets", transaction: "/ledger", player: "/players", audit: "/audit" } as const;
const compactColumns = ["what", "who", "amount", "at"];

export function LiveTable({ label, live, only = () => true, most, compact = false, className }: LiveTableProps) {
  const t = useTranslations("live");
  const columns = useLiveColumns();
  const { shown, waiting, hold } = live;
  const place = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => shown?.filter(only).slice(0, most), [shown, only, most]);
  /** Whoever reads further down, or by keyboard, holds the rows as well as a pointer does. */
  const look = useCallback(
    (pointed: boolean) => {
      const { current } = place;
      hold(pointed || (current !== null && (current.scrollTop > 0 || current.contains(document.activeElement))));
    },
    [hold],
  );
  return (
    <div
      ref={place}
      onPointerEnter={() => look(true)}
      onPointerLeave={() => look(false)}
      onFocus={() => look(true)}
      onBlur={() => look(place.current?.matches(":hover") === true)}
      onScroll={() => look(place.current?.matches(":hover") === true)}
      className={cn("relative", className)}
    >
      <LivePill count={waiting.filter(only).length} onShow={live.show} />
      <DataTable<LiveItem>
        label={label}
        columns={columns}
        {...(compact ? { visible: compactColumns } : {})}
        list={rows === undefined ? { status: "loading" } : { status: "ready", rows, refreshing: false }}
        rowId={({ id }) => id}
        rowHref={({ link }) => `${hrefs[link.kind]}/${link.id}`}
        empty={{ title: t("empty"), hint: t("emptyHint") }}
        skeletonRows={Math.min(most, 12)}
      />
    </div>
  );
}
