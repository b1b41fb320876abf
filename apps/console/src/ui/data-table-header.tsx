"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { cn } from "#lib/cn.ts";
import type { Column, Sort } from "#ui/data-table-types.ts";

interface HeaderCellProps<Row> {
  readonly column: Column<Row>;
  readonly sort: Sort | undefined;
  readonly onSort: ((sort: Sort) => void) | undefined;
}

export function HeaderCell<Row>({ column, sort, onSort }: HeaderCellProps<Row>) {
  const sorted = sort?.column === column.id ? sort.direction : undefined;
  const style = cn(
    "sticky top-0 z-10 h-8 truncate border-b border-line bg-surface px-2 text-start text-xs font-medium text-ink-muted first:ps-(--page-x) last:pe-(--page-x)",
    column.align === "end" && "text-end",
  );
  const width = column.width === undefined ? {} : { style: { width: `${column.width}rem` } };
  if (column.sortable !== true || onSort === undefined) {
    return (
      <th role="columnheader" scope="col" {...width} className={style}>
        {column.header}
      </th>
    );
  }
  const Arrow = sorted === "asc" ? ArrowUp : ArrowDown;
  return (
    <th
      role="columnheader"
      scope="col"
      {...width}
      aria-sort={sorted === undefined ? "none" : sorted === "asc" ? "ascending" : "descending"}
      className={style}
    >
      <button
        type="button"
        onClick={() => onSort({ column: column.id, direction: sorted === "desc" ? "asc" : "desc" })}
        className={cn(
          "group/sort -mx-1 inline-flex max-w-full items-center gap-1 rounded-sm px-1 align-middle hover:text-ink",
          column.align === "end" && "flex-row-reverse",
          sorted !== undefined && "text-ink",
        )}
      >
        <span className="truncate">{column.header}</span>
        <Arrow
          aria-hidden
          className={cn(
            "size-3 shrink-0",
            sorted === undefined && "opacity-0 group-hover/sort:opacity-60 group-focus-visible/sort:opacity-60",
          )}
        />
      </button>
    </th>
  );
}
