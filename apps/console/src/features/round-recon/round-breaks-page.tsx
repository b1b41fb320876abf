"use client";

import { breakStates } from "@pitboss/domain/ops/breaks/break-machine";
import { roundBreakTypes } from "@pitboss/domain/gaming/reconciliation/compare-rounds";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { parseAsString, parseAsStringLiteral } from "nuqs";
import { useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { AlertBanner } from "#features/alerts/alert-banner.tsx";
import { BreakPeek } from "#features/round-recon/break-facts.tsx";
import { BreakState } from "#features/round-recon/break-state.tsx";
import { CompareDialog } from "#features/round-recon/compare-dialog.tsx";
import { RoundReconNavigation } from "#features/round-recon/round-recon-navigation.tsx";
import { type InputOf, type OutputOf, read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useMay } from "#lib/reader.tsx";
import { useListUrl } from "#lib/use-list-url.ts";
import { Button } from "#ui/button.tsx";
import type { Column } from "#ui/data-table-types.ts";
import { ListPage } from "#ui/list-page.tsx";
import { Money } from "#ui/money.tsx";

type Row = OutputOf<"recon.breaks">["rows"][number];

const parsers = {
  scope: parseAsString,
  group: parseAsStringLiteral(["open", "closed"] as const),
  state: parseAsStringLiteral(breakStates),
  type: parseAsStringLiteral(roundBreakTypes),
  owner: parseAsStringLiteral(["me", "nobody"] as const),
};

/** Rounds that a game provider and the house tell differently, newest first. */
export function RoundBreaksPage() {
  const t = useTranslations("roundRecon");
  const words = useTranslations("roundRecon.states");
  const types = useTranslations("roundRecon.types");
  const router = useRouter();
  const mayWork = useMay("break.work");
  const [comparing, setComparing] = useState(false);
  const url = useListUrl(parsers);
  const { filters, cursor } = url;
  const input = useMemo((): InputOf<"recon.breaks"> => ({ ...filters, source: "provider", cursor }), [filters, cursor]);
  const query = useQuery({ ...read("recon.breaks", input), placeholderData: keepPreviousData });
  const columns = useColumns();

  /** A break's id opens it; a provider's day becomes the filter. */
  function search(text: string) {
    if (parseId("break", text) !== undefined) router.push(`/provider-reconciliation/${text}`);
    else url.setFilter("scope", text);
  }

  const control = (id: keyof typeof parsers) => ({
    id,
    label: t(`filters.${id}`),
    value: filters[id],
    onChange: (value: string | null) => url.setFilter(id, value),
  });
  return (
    <>
      <ListPage<Row>
        title={t("title")}
        label={t("title")}
        actions={
          mayWork ? (
            <Button look="solid" onClick={() => setComparing(true)}>
              {t("compare.open")}
            </Button>
          ) : undefined
        }
        above={
          <>
            <RoundReconNavigation />
            <AlertBanner kinds={["RECONCILIATION_DRIFT"]} />
          </>
        }
        search={{ value: filters.scope ?? "", placeholder: t("search"), onChange: search }}
        filters={[
          {
            ...control("group"),
            kind: "choice",
            choices: (["open", "closed"] as const).map((value) => ({ value, label: t(`groups.${value}`) })),
          },
          {
            ...control("type"),
            kind: "choice",
            choices: roundBreakTypes.map((value) => ({ value, label: types(value) })),
          },
          {
            ...control("state"),
            kind: "choice",
            choices: breakStates.map((value) => ({ value, label: words(value) })),
          },
          {
            ...control("owner"),
            kind: "choice",
            choices: (["me", "nobody"] as const).map((value) => ({ value, label: t(`owners.${value}`) })),
          },
        ]}
        onClearFilters={url.clearFilters}
        columns={columns}
        visible={url.columns}
        onColumns={url.setColumns}
        list={listStateOf(query, (data) => data.rows)}
        rowId={(row) => row.breakId}
        rowHref={(row) => `/provider-reconciliation/${row.breakId}`}
        empty={{ title: t("empty"), hint: t("emptyHint") }}
        next={query.data?.next}
        cursor={cursor}
        onPage={url.goTo}
        peekId={url.peek}
        onPeek={url.setPeek}
        peek={(breakId) => <BreakPeek breakId={breakId} />}
      />
      <CompareDialog open={comparing} onClose={() => setComparing(false)} />
    </>
  );
}

function useColumns(): readonly Column<Row>[] {
  const t = useTranslations("roundRecon.columns");
  const types = useTranslations("roundRecon.types");
  return useMemo(
    () => [
      {
        id: "break",
        header: t("break"),
        width: 6,
        cell: (row) => <span className="font-mono text-xs">{row.breakId}</span>,
      },
      { id: "state", header: t("state"), width: 8, cell: (row) => <BreakState state={row.state} /> },
      {
        id: "type",
        header: t("type"),
        width: 12,
        cell: (row) => types(roundBreakTypes.find((type) => type === row.type) ?? "ROUND_AMOUNT_DIFFERS"),
      },
      { id: "scope", header: t("scope"), width: 13, cell: (row) => row.scope },
      {
        id: "round",
        header: t("round"),
        cell: (row) => <span className="font-mono text-xs">{row.subject["roundId"]}</span>,
      },
      { id: "player", header: t("player"), width: 7, cell: (row) => row.subject["playerId"] },
      { id: "owner", header: t("owner"), width: 8, cell: (row) => row.owner?.name ?? "–" },
      { id: "age", header: t("age"), width: 5, align: "end", cell: (row) => t("days", { count: row.ageDays }) },
      {
        id: "difference",
        header: t("difference"),
        width: 8.5,
        align: "end",
        narrow: "end",
        cell: (row) =>
          row.difference === null ? "–" : <Money amount={row.difference.amount} currency={row.difference.currency} />,
      },
    ],
    [t, types],
  );
}
