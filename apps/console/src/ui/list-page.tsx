"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { useShortcut } from "#lib/shortcuts.tsx";
import { ColumnMenu } from "#ui/column-menu.tsx";
import { DataTable, type DataTableProps } from "#ui/data-table.tsx";
import { FilterBar, type FilterControl } from "#ui/filter-bar.tsx";
import { LivePill } from "#ui/live-pill.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Pager } from "#ui/pager.tsx";
import { Peek } from "#ui/peek.tsx";

interface ListPageProps<Row> extends Omit<DataTableProps<Row>, "activeId"> {
  readonly title: string;
  readonly summary?: ReactNode;
  readonly actions?: ReactNode;
  /** What stands between the title and the filters: tabs, a notice. */
  readonly above?: ReactNode;
  readonly search?: {
    readonly value: string;
    readonly placeholder: string;
    readonly onChange: (value: string) => void;
  };
  readonly filters: readonly FilterControl[];
  readonly onClearFilters: () => void;
  readonly onColumns: (visible: readonly string[] | undefined) => void;
  readonly tools?: ReactNode;
  readonly next: string | null | undefined;
  readonly cursor: string | null;
  readonly onPage: (cursor: string | null) => void;
  /** How far back a bounded search looked, where it is one. */
  readonly searchedTo?: string | null | undefined;
  readonly total?: { readonly count: number; readonly exact: boolean } | undefined;
  /** The row that is looked at beside the list, by its id. */
  readonly peekId: string | null;
  readonly onPeek: (id: string | null) => void;
  readonly peek: (id: string) => ReactNode;
  /** Rows that came after the list was loaded, where the list is live. */
  readonly arrived?: { readonly count: number; readonly onShow: () => void } | undefined;
  readonly bulk?: ReactNode;
}

/** What the engine gives where no limit is asked for; a page with fewer rows ended because it looked back far enough. */
const pageSize = 50;

/** The anatomy of every list: title, filters, rows, pages, and a peek at one row. J and K walk, Enter peeks, Esc closes. */
export function ListPage<Row extends object>(props: ListPageProps<Row>) {
  const { title, summary, actions, above, search, filters, onClearFilters, onColumns, tools, bulk, arrived, ...rest } =
    props;
  const { next, cursor, onPage, searchedTo, total, peekId, onPeek, peek, ...table } = rest;
  const ids = table.list.status === "ready" ? table.list.rows.map(table.rowId) : [];
  const [walked, setWalked] = useState<string>();
  const active = peekId ?? walked;
  const at = active === undefined ? -1 : ids.indexOf(active);
  const scroller = useRef<HTMLDivElement>(null);

  function walk(step: 1 | -1) {
    const id = ids[at === -1 ? (step === 1 ? 0 : ids.length - 1) : at + step];
    if (id === undefined) return;
    setWalked(id);
    if (peekId !== null) onPeek(id);
  }
  useListKeys({ walk, active: at === -1 ? undefined : active, peekId, onPeek, scroller });

  useEffect(() => {
    if (active === undefined) return;
    scroller.current?.querySelector(`[data-row="${CSS.escape(active)}"]`)?.scrollIntoView({ block: "nearest" });
  }, [active]);

  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-w-0 flex-1 flex-col">
        <PageHeader
          title={title}
          {...(summary === undefined ? {} : { summary })}
          {...(actions === undefined ? {} : { actions })}
        />
        {above}
        <FilterBar
          {...(search === undefined ? {} : { search })}
          filters={filters}
          onClear={onClearFilters}
          tools={
            <>
              {tools}
              <ColumnMenu columns={table.columns} visible={table.visible} onChange={onColumns} />
            </>
          }
        />
        <div ref={scroller} className="relative min-h-0 flex-1 roomy:overflow-auto">
          {arrived !== undefined && <LivePill count={arrived.count} onShow={arrived.onShow} />}
          <DataTable {...table} activeId={active} />
          {bulk}
        </div>
        <Pager
          count={table.list.status === "ready" ? ids.length : undefined}
          total={total}
          searchedTo={typeof next === "string" && ids.length < pageSize ? searchedTo : undefined}
          onFirst={cursor === null ? undefined : () => onPage(null)}
          onNext={typeof next === "string" ? () => onPage(next) : undefined}
        />
      </div>
      {peekId !== null && (
        <Peek
          title={peekId}
          href={hrefOf(table, peekId)}
          onClose={() => onPeek(null)}
          onPrevious={at > 0 ? () => walk(-1) : undefined}
          onNext={at !== -1 && at < ids.length - 1 ? () => walk(1) : undefined}
        >
          {peek(peekId)}
        </Peek>
      )}
    </div>
  );
}

function hrefOf<Row>(
  { list, rowId, rowHref }: Pick<DataTableProps<Row>, "list" | "rowId" | "rowHref">,
  id: string,
): string {
  const row = list.status === "ready" ? list.rows.find((each) => rowId(each) === id) : undefined;
  return row === undefined ? "" : rowHref(row);
}

interface ListKeys {
  readonly walk: (step: 1 | -1) => void;
  readonly active: string | undefined;
  readonly peekId: string | null;
  readonly onPeek: (id: string | null) => void;
  readonly scroller: React.RefObject<HTMLDivElement | null>;
}

function useListKeys({ walk, active, peekId, onPeek, scroller }: ListKeys) {
  const t = useTranslations("kit.keys");
  const router = useRouter();
  useShortcut({ keys: "j", label: t("next"), group: "list", run: () => walk(1) });
  useShortcut({ keys: "k", label: t("previous"), group: "list", run: () => walk(-1) });
  useShortcut({
    keys: "Enter",
    label: t("peek"),
    group: "list",
    run: () => {
      if (active !== undefined) onPeek(active);
    },
  });
  useShortcut({
    keys: "o",
    label: t("open"),
    group: "list",
    run: () => {
      const link = scroller.current?.querySelector(`[data-row="${CSS.escape(active ?? "")}"] a[data-row-link]`);
      const href = link?.getAttribute("href");
      if (typeof href === "string") router.push(href);
    },
  });
  useShortcut(
    peekId === null ? undefined : { keys: "Escape", label: t("close"), group: "list", run: () => onPeek(null) },
  );
}
