import type { ReactNode } from "react";

interface RecordListProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly empty: ReactNode;
  /** The same number of cells for every row; they share their columns. */
  readonly cells: (row: Row) => readonly ReactNode[];
}

/** A short list whose cells line up, without headers: what each cell is, its content says. */
export function RecordList<Row>({ label, rows, rowKey, empty, cells }: RecordListProps<Row>) {
  if (rows.length === 0) return empty;
  return (
    <div tabIndex={0} role="group" aria-label={label} className="overflow-x-auto">
      <table className="w-full">
        <tbody className="divide-y divide-line">
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {cells(row).map((cell, index) => (
                // Cells have no identity of their own but their place.
                <td key={index} className="h-8.5 pe-4 whitespace-nowrap last:pe-0 last:text-end">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
