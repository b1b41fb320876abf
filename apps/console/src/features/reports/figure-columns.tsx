"use client";

import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { type Dimension, gameDimensions } from "@pitboss/domain/reporting/report-contract";
import { Percent } from "#features/reports/percent.tsx";
import type { OutputOf } from "#lib/api.ts";
import type { Column } from "#ui/data-table-types.ts";
import { Money } from "#ui/money.tsx";

export type FigureRow = OutputOf<"report.figures">["rows"][number];
export type FigureView = "ggr" | "pnl" | "builder";

type MoneyName =
  | "turnover"
  | "wins"
  | "ggr"
  | "ggrCash"
  | "bonusCost"
  | "jackpots"
  | "paymentFees"
  | "chargebacks"
  | "providerFees"
  | "tax"
  | "ngr"
  | "deposits"
  | "withdrawals"
  | "fees"
  | "adjustments";

const shown: Readonly<Record<FigureView, readonly string[]>> = {
  ggr: ["bets", "players", "turnover", "wins", "ggr", "before", "ggrCash", "rtp"],
  pnl: [
    "turnover",
    "ggr",
    "before",
    "bonusCost",
    "jackpots",
    "paymentFees",
    "chargebacks",
    "providerFees",
    "tax",
    "ngr",
    "hold",
    "bonusBets",
    "arpu",
  ],
  builder: ["bets", "turnover", "ggr", "ngr"],
};

/** `before` answers a row's GGR in the time that it is compared with; undefined where nothing is compared. */
export function useFigureColumns(
  view: FigureView,
  by: readonly Dimension[],
  before: ((row: FigureRow) => string | undefined) | undefined,
): readonly Column<FigureRow>[] {
  const t = useTranslations("reports");
  const format = new Intl.NumberFormat(useLocale());
  return useMemo(() => {
    const money = (id: MoneyName): Column<FigureRow> => ({
      id,
      header: t(`columns.${id}`),
      width: 8.5,
      align: "end",
      cell: (row) => <Money amount={row[id]} currency={row.currency} />,
    });
    const ratio = (id: "rtp" | "hold" | "bonusShare" | "bonusBets"): Column<FigureRow> => ({
      id,
      header: t(`columns.${id}`),
      width: 6,
      align: "end",
      cell: (row) => <Percent ratio={row[id]} />,
    });
    const count = (id: "bets" | "players"): Column<FigureRow> => ({
      id,
      header: t(`columns.${id}`),
      width: 6,
      align: "end",
      cell: (row) => <span className="tabular">{row[id] === null ? t("none") : format.format(BigInt(row[id]))}</span>,
    });
    const compared: Column<FigureRow>[] =
      before === undefined
        ? []
        : [
            {
              id: "before",
              header: t("columns.before"),
              width: 8.5,
              align: "end",
              cell: (row) => {
                const amount = before(row);
                return amount === undefined ? t("none") : <Money amount={amount} currency={row.currency} />;
              },
            },
          ];
    const keys = by.map(
      (dimension, index): Column<FigureRow> => ({
        id: `by-${dimension}`,
        header: t(`dimensions.${dimension}`),
        width: dimension === "game" ? 13 : index === 0 ? 9 : 8,
        ...(index === 0 ? { fixed: true } : {}),
        cell: (row) => keyText(row.keys[index] ?? "", dimension, t("noGame")),
      }),
    );
    const figures = [
      count("bets"),
      count("players"),
      money("turnover"),
      money("wins"),
      money("ggr"),
      ...compared,
      money("ggrCash"),
      money("bonusCost"),
      money("jackpots"),
      money("paymentFees"),
      money("chargebacks"),
      money("providerFees"),
      money("tax"),
      money("ngr"),
      money("deposits"),
      money("withdrawals"),
      money("fees"),
      money("adjustments"),
      ratio("rtp"),
      ratio("hold"),
      ratio("bonusShare"),
      ratio("bonusBets"),
      {
        id: "arpu",
        header: t("columns.arpu"),
        width: 8.5,
        align: "end" as const,
        cell: (row: FigureRow) => (row.arpu === null ? t("none") : <Money amount={row.arpu} currency={row.currency} />),
      },
    ];
    // Without the headers of a wide screen an amount does not say which it is: there GGR alone stands beside its row.
    return [
      ...keys,
      ...figures.map(
        (column): Column<FigureRow> => ({
          ...column,
          narrow: column.id === "ggr" ? "end" : "none",
          optional: !shown[view].includes(column.id),
        }),
      ),
    ];
  }, [t, format, view, by, before]);
}

function keyText(key: string, dimension: Dimension, noGame: string): string {
  return key === "" && gameDimensions.includes(dimension) ? noGame : key;
}
