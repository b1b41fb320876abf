import { cellStyle } from "#ui/data-table-cell.ts";
import type { Column } from "#ui/data-table-types.ts";
import { Skeleton } from "#ui/skeleton.tsx";
import { cn } from "#lib/cn.ts";

const widths = ["w-24", "w-16", "w-32", "w-20", "w-28", "w-14"];

interface DataTableSkeletonProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: number;
  readonly selectable: boolean;
}

/** Rows of the final height in the final columns. */
export function DataTableSkeleton<Row>({ columns, rows, selectable }: DataTableSkeletonProps<Row>) {
  return Array.from({ length: rows }, (_, line) => (
    <tr
      key={line}
      role="row"
      className="narrow:flex narrow:flex-wrap narrow:items-center narrow:gap-2 narrow:border-b narrow:border-line narrow:px-(--page-x) narrow:py-3"
    >
      {selectable && <td role="cell" className="h-8.5 border-b border-line narrow:hidden" />}
      {columns.map((column, index) => (
        <td key={column.id} role="cell" className={cellStyle(column, index === 0, selectable)}>
          <Skeleton
            className={cn(
              "max-w-full",
              widths[(line * 2 + index) % widths.length],
              column.align === "end" && "ms-auto narrow:ms-0",
            )}
          />
        </td>
      ))}
    </tr>
  ));
}
