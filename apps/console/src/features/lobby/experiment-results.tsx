"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { Experiment } from "#features/lobby/experiment-page.tsx";
import { Percent } from "#features/reports/percent.tsx";
import { Money } from "#ui/money.tsx";
import { Section } from "#ui/section.tsx";

type Result = Experiment["results"][number];
type Interval = Result["conversion"];

export function ExperimentResults({ experiment }: { experiment: Experiment }) {
  const t = useTranslations("lobby");
  const { currency, results, unrated } = experiment;
  const money = (amount: string): ReactNode => <Money amount={amount} currency={currency} />;
  const percent = (ratio: string): ReactNode => <Percent ratio={ratio} />;
  return (
    <>
      <Section title={t("totals")}>
        <p className="mb-2 text-xs text-ink-muted">{t("note", { currency })}</p>
        {unrated.length > 0 && <p className="mb-2 text-warn">{t("unrated", { currencies: unrated.join(", ") })}</p>}
        <ResultTable
          label={t("totals")}
          results={results}
          columns={[
            { title: t("players"), cell: ({ players }) => players },
            { title: t("bettors"), cell: ({ bettors }) => bettors },
            { title: t("bets"), cell: ({ bets }) => bets },
            { title: t("stakes"), cell: ({ stakes }) => money(stakes) },
            { title: t("ggr"), cell: ({ ggr }) => money(ggr) },
          ]}
        />
      </Section>
      <Section title={t("compared")}>
        <ResultTable
          label={t("compared")}
          results={results}
          columns={[
            { title: t("ggrPerPlayer"), cell: (row) => <Range of={row.ggrPerPlayer} show={money} /> },
            { title: t("ggrDifference"), cell: (row) => <Range of={row.ggrDifference} show={money} /> },
            { title: t("conversion"), cell: (row) => <Range of={row.conversion} show={percent} /> },
            { title: t("conversionDifference"), cell: (row) => <Range of={row.conversionDifference} show={percent} /> },
          ]}
        />
      </Section>
    </>
  );
}

interface TableProps {
  readonly label: string;
  readonly results: readonly Result[];
  readonly columns: readonly { readonly title: string; readonly cell: (row: Result) => ReactNode }[];
}

function ResultTable({ label, results, columns }: TableProps) {
  const t = useTranslations("lobby");
  return (
    <div tabIndex={0} role="group" aria-label={label} className="overflow-x-auto">
      <table className="w-full">
        <thead>
          <tr className="border-b border-line text-xs text-ink-muted">
            <th scope="col" className="h-7 pe-4 text-start font-medium">
              {t("variant")}
            </th>
            {columns.map(({ title }) => (
              <th key={title} scope="col" className="h-7 pe-4 text-end font-medium last:pe-0">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {results.map((row) => (
            <tr key={row.variant}>
              <th scope="row" className="h-8.5 pe-4 text-start font-[inherit] whitespace-nowrap">
                {row.variant}
              </th>
              {columns.map(({ title, cell }) => (
                <td key={title} className="tabular pe-4 text-end last:pe-0">
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Range({ of, show }: { of: Interval; show: (value: string) => ReactNode }) {
  const t = useTranslations("lobby");
  if (of === null) return <span className="text-ink-faint">–</span>;
  return (
    <span className="inline-flex flex-col items-end py-1 whitespace-nowrap">
      {show(of.value)}
      <span className="text-xs text-ink-muted">
        {show(of.low)} {t("to")} {show(of.high)}
      </span>
    </span>
  );
}
