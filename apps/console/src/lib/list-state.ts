import type { UseQueryResult } from "@tanstack/react-query";
import { failureOf } from "#lib/failure.ts";
import type { ListState } from "#ui/data-table-types.ts";

/** A query as a list shows it. What is there stays while a newer answer is on its way, or fails to come. */
export function listStateOf<Data, Row>(
  query: UseQueryResult<Data>,
  rowsOf: (data: Data) => readonly Row[],
): ListState<Row> {
  if (query.data !== undefined) {
    return { status: "ready", rows: rowsOf(query.data), refreshing: query.isFetching };
  }
  if (query.error !== null) {
    return { status: "failed", failure: failureOf(query.error), retry: () => void query.refetch() };
  }
  return { status: "loading" };
}
