import { cn } from "#lib/cn.ts";
import type { Column } from "#ui/data-table-types.ts";

/** The look of a cell: a table's on a wide screen; on a narrow one, its place in the entry that the row becomes. */
export function cellStyle(
  column: Pick<Column<never>, "align" | "narrow">,
  first: boolean,
  selectable: boolean,
): string {
  const place = column.narrow ?? (first ? "title" : "meta");
  return cn(
    "h-8.5 truncate border-b border-line px-2 last:pe-(--page-x) narrow:block narrow:h-auto narrow:border-0 narrow:p-0",
    first && !selectable && "ps-(--page-x)",
    column.align === "end" && "text-end narrow:text-start",
    place === "title" && "narrow:min-w-0 narrow:flex-1 narrow:font-medium",
    place === "end" && "narrow:ms-auto narrow:text-end",
    place === "meta" && "narrow:order-2 narrow:text-xs narrow:text-ink-muted",
    place === "none" && "narrow:hidden",
  );
}
