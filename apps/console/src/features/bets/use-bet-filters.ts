"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, parseAsStringLiteral } from "nuqs";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { type BetOutcome, betOutcomes, type BetStatus, betStatuses } from "@pitboss/domain/wallet/ledger-codes";
import { type Currency, currencies } from "@pitboss/domain/wallet/currency";
import { type InputOf, read } from "#lib/api.ts";
import { dayEnd, dayStart } from "#lib/days.ts";
import type { FilterControl } from "#ui/filter-bar.tsx";

const statuses = Object.keys(betStatuses) as BetStatus[];
const outcomes = Object.keys(betOutcomes) as BetOutcome[];
const codes = Object.keys(currencies) as Currency[];

export const betParsers = {
  player: parseAsString,
  game: parseAsString,
  status: parseAsStringLiteral(statuses),
  outcome: parseAsStringLiteral(outcomes),
  currency: parseAsStringLiteral(codes),
  minStake: parseAsString,
  minPayout: parseAsString,
  from: parseAsString,
  to: parseAsString,
};

export interface BetFilterValues {
  readonly player: string | null;
  readonly game: string | null;
  readonly status: BetStatus | null;
  readonly outcome: BetOutcome | null;
  readonly currency: Currency | null;
  readonly minStake: string | null;
  readonly minPayout: string | null;
  readonly from: string | null;
  readonly to: string | null;
}

export function betInput(values: BetFilterValues, cursor: string | null): InputOf<"bet.list"> {
  const { player, game, from, to, ...same } = values;
  return { ...same, playerId: player, gameId: game, from: dayStart(from), to: dayEnd(to), cursor };
}

type Name = keyof BetFilterValues;

export function useBetFilters(
  values: BetFilterValues,
  set: (name: Name, value: string | null) => void,
  ofOnePlayer = false,
): readonly FilterControl[] {
  const t = useTranslations("bets.filters");
  const statusWords = useTranslations("words.betStatus");
  const outcomeWords = useTranslations("words.betOutcome");
  const games = useQuery({ ...read("bet.games"), staleTime: Number.POSITIVE_INFINITY });
  return useMemo(() => {
    const control = (id: Name) => ({
      id,
      label: t(id),
      value: values[id],
      onChange: (value: string | null) => set(id, value),
    });
    const all: readonly FilterControl[] = [
      { ...control("player"), kind: "text", placeholder: "p_…" },
      {
        ...control("game"),
        kind: "choice",
        choices: (games.data ?? []).map(({ gameId, name }) => ({ value: gameId, label: name })),
      },
      {
        ...control("status"),
        kind: "choice",
        choices: statuses.map((value) => ({ value, label: statusWords(value) })),
      },
      {
        ...control("outcome"),
        kind: "choice",
        choices: outcomes.map((value) => ({ value, label: outcomeWords(value) })),
      },
      { ...control("currency"), kind: "choice", choices: codes.map((value) => ({ value, label: value })) },
      { ...control("minStake"), kind: "text", placeholder: t("amountHint") },
      { ...control("minPayout"), kind: "text", placeholder: t("amountHint") },
      { ...control("from"), kind: "day" },
      { ...control("to"), kind: "day" },
    ];
    return ofOnePlayer ? all.filter(({ id }) => id !== "player") : all;
  }, [t, statusWords, outcomeWords, games.data, values, set, ofOnePlayer]);
}
