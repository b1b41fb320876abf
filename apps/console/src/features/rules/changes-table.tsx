"use client";

import { useTranslations } from "use-intl";

export interface RuleChange {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** What a version changes, one value a line. */
export function ChangesTable({ changes }: { changes: readonly RuleChange[] }) {
  const t = useTranslations("rg.rules");
  return (
    <div tabIndex={0} role="group" aria-label={t("changes")} className="overflow-x-auto">
      <table className="w-full text-start">
        <thead className="text-xs text-ink-muted">
          <tr>
            {(["rule", "before", "after"] as const).map((column) => (
              <th key={column} scope="col" className="pe-4 pb-1 text-start font-medium">
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line font-mono text-xs">
          {changes.map(({ path, before, after }) => (
            <tr key={path}>
              <td className="py-1.5 pe-4">{path}</td>
              <td className="py-1.5 pe-4 text-ink-muted">{before === "" ? "–" : before}</td>
              <td className="py-1.5">{after === "" ? "–" : after}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
