"use client";

import {
  columnOrderingFeature,
  columnVisibilityFeature,
  type ColumnDef,
  rowSelectionFeature,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { type MouseEvent, useMemo } from "react";
import { useTranslations } from "use-intl";
import { cn } from "#lib/cn.ts";
import { Checkbox } from "#ui/checkbox.tsx";
import { cellStyle } from "#ui/data-table-cell.ts";
import type { Column, ListState, Selection, Sort } from "#ui/data-table-types.ts";
import { HeaderCell } from "#ui/data-table-header.tsx";
import { DataTableSkeleton } from "#ui/data-table-skeleton.tsx";
import { Empty, type EmptyProps } from "#ui/empty.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { RowLink } from "#ui/row-link.tsx";

const features = tableFeatures({ columnVisibilityFeature, columnOrderingFeature, rowSelectionFeature });

export interface DataTableProps<Row> {
  /** What the table lists, for a screen reader. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly list: ListState<Row>;
  readonly rowId: (row: Row) => string;
  readonly rowHref: (row: Row) => string;
  readonly empty: EmptyProps;
  /** Ids of the columns to show, in order; all but the optional ones where it is left out. */
  readonly visible?: readonly string[] | undefined;
  readonly sort?: Sort | undefined;
  readonly onSort?: (sort: Sort) => void;
  readonly selection?: Selection | undefined;
  /** The row that the keyboard is on, or that is peeked at. */
  readonly activeId?: string | undefined;
  readonly skeletonRows?: number;
}

const none: readonly never[] = [];

/** Rows as the server gave them. Each is a real link; a click anywhere on it follows that link. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { label, columns, list, rowId, empty, visible, selection, skeletonRows = 12 } = props;
  const t = useTranslations("kit.table");
  const rows = list.status === "ready" ? list.rows : none;
  const shown = visible ?? columns.filter((column) => column.optional !== true).map((column) => column.id);

  const definitions = useMemo(
    () => columns.map((column): ColumnDef<typeof features, Row> => ({ id: column.id, header: column.header })),
    [columns],
  );
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: rowId,
    enableRowRangeSelection: true,
    state: {
      columnVisibility: Object.fromEntries(columns.map(({ id }, index) => [id, index === 0 || shown.includes(id)])),
      columnOrder: [...shown],
      rowSelection: Object.fromEntries([...(selection?.ids ?? [])].map((id) => [id, true as const])),
    },
    onRowSelectionChange: (updater) => {
      const before = Object.fromEntries([...(selection?.ids ?? [])].map((id) => [id, true as const]));
      selection?.change(new Set(Object.keys(typeof updater === "function" ? updater(before) : updater)));
    },
  });

  if (list.status === "failed") return <FailureState failure={list.failure} onRetry={list.retry} />;
  if (list.status === "ready" && rows.length === 0) return <Empty {...empty} />;
  const minWidthRem = columns.reduce(
    (sum, { id, width = 9 }, index) => sum + (index === 0 || shown.includes(id) ? width : 0),
    0,
  );
  const byId = new Map(columns.map((column) => [column.id, column]));

  // Explicit roles: on a narrow screen the rows are laid out as entries, and CSS display takes the implied roles away.
  return (
    <table
      role="table"
      aria-label={label}
      aria-busy={list.status === "loading"}
      style={{ minWidth: `${minWidthRem}rem` }}
      className="w-full table-fixed border-separate border-spacing-0 narrow:block narrow:min-w-0!"
    >
      <thead role="rowgroup" className="narrow:sr-only">
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id} role="row">
            {selection !== undefined && (
              <th
                role="columnheader"
                className="sticky top-0 z-10 w-10 border-b border-line bg-surface ps-(--page-x) text-start"
              >
                <Checkbox
                  label={t("selectPage")}
                  checked={table.getIsAllPageRowsSelected()}
                  mixed={table.getIsSomePageRowsSelected()}
                  onChange={(checked) => table.toggleAllPageRowsSelected(checked)}
                />
              </th>
            )}
            {group.headers.map((header) => {
              const column = byId.get(header.column.id);
              return column === undefined ? null : (
                <HeaderCell key={header.id} column={column} sort={props.sort} onSort={props.onSort} />
              );
            })}
          </tr>
        ))}
      </thead>
      <tbody
        role="rowgroup"
        className={cn("narrow:block", list.status === "ready" && list.refreshing && "transition-opacity")}
      >
        {list.status === "loading" ? (
          <DataTableSkeleton
            columns={columns.filter(({ id }, index) => index === 0 || shown.includes(id))}
            rows={skeletonRows}
            selectable={selection !== undefined}
          />
        ) : (
          table.getRowModel().rows.map((row) => {
            const active = row.id === props.activeId;
            return (
              <tr
                key={row.id}
                role="row"
                data-row={row.id}
                aria-selected={selection === undefined ? undefined : row.getIsSelected()}
                onClick={followLink}
                className={cn(
                  "group/row narrow:flex narrow:flex-wrap narrow:items-baseline narrow:gap-x-2 narrow:border-b narrow:border-line narrow:px-(--page-x) narrow:py-2 narrow:after:order-1 narrow:after:basis-full",
                  "hover:bg-hover has-[a:focus-visible]:bg-hover",
                  row.getIsSelected() && "bg-selected hover:bg-selected",
                  active && "bg-selected shadow-[inset_2px_0_0_var(--color-accent)] hover:bg-selected",
                )}
              >
                {selection !== undefined && (
                  <td role="cell" className="h-8.5 w-10 border-b border-line ps-(--page-x) narrow:hidden">
                    <Checkbox
                      label={t("selectRow", { id: row.id })}
                      checked={row.getIsSelected()}
                      onChange={(checked, event) =>
                        row.getToggleSelectedHandler()({ ...event, target: { checked }, nativeEvent: event })
                      }
                    />
                  </td>
                )}
                {row.getVisibleCells().map((cell, index) => {
                  const column = byId.get(cell.column.id);
                  if (column === undefined) return null;
                  // Called, not rendered as a component: columns that are made anew would have the cell made anew with
                  // them, and a link that is replaced between the press of a button and its release is not followed.
                  const content = column.cell(row.original);
                  return (
                    <td key={cell.id} role="cell" className={cellStyle(column, index === 0, selection !== undefined)}>
                      {index === 0 ? <RowLink href={props.rowHref(row.original)}>{content}</RowLink> : content}
                    </td>
                  );
                })}
              </tr>
            );
          })
        )}
      </tbody>
    </table>
  );
}

/** Anything in a row but its own buttons and links leads where the row's link does; text can still be selected. */
function followLink(event: MouseEvent<HTMLTableRowElement>): void {
  if (event.defaultPrevented || (event.target as Element).closest("a, button, input, label, [role=checkbox]") !== null)
    return;
  if (window.getSelection()?.isCollapsed === false) return;
  const { ctrlKey, metaKey, shiftKey } = event;
  event.currentTarget
    .querySelector<HTMLAnchorElement>("a[data-row-link]")
    ?.dispatchEvent(new window.MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }));
}
