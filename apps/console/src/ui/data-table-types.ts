import type { ReactNode } from "react";
import type { ViewFailure } from "#lib/failure.ts";

export interface Column<Row> {
  /** Stands in saved views and in the URL; never changes. */
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** On a wide screen, in rem; a column without one shares what is left, and gets at least 9. */
  readonly width?: number;
  readonly align?: "start" | "end";
  /** True where the server can sort by it. */
  readonly sortable?: boolean;
  /** True where it can't be hidden; the first column never can. */
  readonly fixed?: boolean;
  /** True where it is shown only once somebody asks for it. */
  readonly optional?: boolean;
  /** Where it stands when a row becomes a readable entry on a narrow screen. Default: "meta". */
  readonly narrow?: "title" | "end" | "meta" | "none";
}

/** What there is to show: nothing yet, a failure, or rows in the server's order. */
export type ListState<Row> =
  | { readonly status: "loading" }
  | { readonly status: "failed"; readonly failure: ViewFailure; readonly retry: () => void }
  | { readonly status: "ready"; readonly rows: readonly Row[]; readonly refreshing: boolean };

export interface Sort {
  readonly column: string;
  readonly direction: "asc" | "desc";
}

export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly change: (ids: ReadonlySet<string>) => void;
}
