"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, parseAsStringLiteral } from "nuqs";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { deductions } from "@pitboss/domain/reporting/figures";
import { type Dimension, dimensions } from "@pitboss/domain/reporting/report-contract";
import { dimensionsOfView } from "@pitboss/domain/reporting/report-view";
import { type Currency, currencies } from "@pitboss/domain/wallet/currency";
import { type InputOf, read } from "#lib/api.ts";
import { addDays, today } from "#features/reports/report-days.ts";
import type { FilterControl } from "#ui/filter-bar.tsx";

const codes = Object.keys(currencies) as Currency[];
const nothing = "none";

export const figureParsers = {
  from: parseAsString,
  to: parseAsString,
  zone: parseAsString,
  by: parseAsStringLiteral(dimensions),
  then: parseAsStringLiteral(dimensions),
  last: parseAsStringLiteral(dimensions),
  amounts: parseAsStringLiteral(["own"]),
  basis: parseAsStringLiteral(["cash"]),
  compare: parseAsStringLiteral(["previous", "year"]),
  /** The deductions that are left out, with commas between them. */
  without: parseAsString,
  currency: parseAsStringLiteral(codes),
  country: parseAsString,
  brand: parseAsString,
  provider: parseAsString,
  game: parseAsString,
};

export interface FigureFilters {
  readonly from: string | null;
  readonly to: string | null;
  readonly zone: string | null;
  readonly by: Dimension | null;
  readonly then: Dimension | null;
  /** The third one, which the report builder alone offers. */
  readonly last: Dimension | null;
  readonly amounts: "own" | null;
  readonly basis: "cash" | null;
  readonly compare: "previous" | "year" | null;
  readonly without: string | null;
  readonly currency: Currency | null;
  readonly country: string | null;
  readonly brand: string | null;
  readonly provider: string | null;
  readonly game: string | null;
}

export type FiguresInput = InputOf<"report.figures">;

const usualDays = 30;

/** The last thirty days where nothing else is asked for. */
export function periodOf({ from, to, zone }: Pick<FigureFilters, "from" | "to" | "zone">) {
  const end = to ?? today();
  return { from: from ?? addDays(end, 1 - usualDays), to: end, zone: zone ?? "UTC" };
}

export function dimensionsOf(filters: Pick<FigureFilters, "by" | "then" | "last">): readonly Dimension[] {
  return dimensionsOfView(filters);
}

export function takenOff(without: string | null) {
  const left = new Set((without ?? "").split(","));
  return deductions.filter((name) => !left.has(name));
}

export function figuresInput(filters: FigureFilters): FiguresInput {
  return {
    ...periodOf(filters),
    ...cellFilters(filters),
    by: [...dimensionsOf(filters)],
    inCurrency: filters.amounts === "own" ? null : "reporting",
    basis: filters.basis ?? "total",
    deductions: takenOff(filters.without),
  };
}

/** What narrows a report down, and so every cell of it. */
function cellFilters({
  currency,
  country,
  brand,
  provider,
  game,
}: Pick<FigureFilters, "currency" | "country" | "brand" | "provider" | "game">) {
  return {
    currencies: currency === null ? null : [currency],
    countries: country === null ? null : [country],
    brands: brand === null ? null : [brand],
    providers: provider === null ? null : [provider],
    games: game === null ? null : [game],
  };
}

export function useFigureFilters(
  filters: FigureFilters,
  set: (name: keyof FigureFilters, value: string | null) => void,
  deep = false,
): readonly FilterControl[] {
  const t = useTranslations("reports");
  const games = useQuery({ ...read("bet.games"), staleTime: Number.POSITIVE_INFINITY });
  return useMemo(() => {
    const { from, to, zone } = periodOf(filters);
    const control = (id: keyof FigureFilters, label: string, value: string | null) => ({
      id,
      label,
      value,
      onChange: (next: string | null) => set(id, next === nothing ? null : next),
    });
    const by = dimensions.map((value) => ({ value, label: t(`dimensions.${value}`) }));
    return [
      { ...control("from", t("filters.from"), from), kind: "day" },
      { ...control("to", t("filters.to"), to), kind: "day" },
      { ...control("by", t("by"), filters.by ?? "day"), kind: "choice", choices: by },
      {
        ...control("then", t("then"), filters.then),
        kind: "choice",
        choices: [{ value: nothing, label: t("nothing") }, ...by],
      },
      ...(deep
        ? [
            {
              ...control("last", t("last"), filters.last),
              kind: "choice" as const,
              choices: [{ value: nothing, label: t("nothing") }, ...by],
            },
          ]
        : []),
      {
        ...control("compare", t("filters.compare"), filters.compare),
        kind: "choice",
        choices: [
          { value: "previous", label: t("filters.previous") },
          { value: "year", label: t("filters.year") },
        ],
      },
      {
        ...control("amounts", t("filters.amounts"), filters.amounts),
        kind: "choice",
        choices: [{ value: "own", label: t("filters.own") }],
      },
      {
        ...control("basis", t("filters.basis"), filters.basis),
        kind: "choice",
        choices: [{ value: "cash", label: t("filters.cash") }],
      },
      {
        ...control("zone", t("filters.zone"), filters.zone === null ? null : zone),
        kind: "text",
        placeholder: t("filters.zoneHint"),
      },
      {
        ...control("currency", t("filters.currency"), filters.currency),
        kind: "choice",
        choices: codes.map((value) => ({ value, label: value })),
      },
      {
        ...control("country", t("filters.country"), filters.country),
        kind: "text",
        placeholder: t("filters.countryHint"),
      },
      { ...control("brand", t("filters.brand"), filters.brand), kind: "text", placeholder: "main" },
      { ...control("provider", t("filters.provider"), filters.provider), kind: "text", placeholder: "pragm" },
      {
        ...control("game", t("filters.game"), filters.game),
        kind: "choice",
        choices: (games.data ?? []).map(({ gameId, name }) => ({ value: gameId, label: name })),
      },
    ];
  }, [t, games.data, filters, set, deep]);
}
