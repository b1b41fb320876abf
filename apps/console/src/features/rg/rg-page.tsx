"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { parseAsStringLiteral } from "nuqs";
import { useMemo } from "react";
import { exclusionKinds, exclusionStates } from "@pitboss/domain/compliance/exclusion";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { useTranslations } from "use-intl";
import { type ExclusionRow, ExclusionStatus } from "#features/rg/exclusion-status.tsx";
import { type InputOf, read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import type { Column } from "#ui/data-table-types.ts";
import { IdChip } from "#ui/id-chip.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { ListPage } from "#ui/list-page.tsx";
import { Time } from "#ui/time.tsx";

const parsers = { state: parseAsStringLiteral(exclusionStates), kind: parseAsStringLiteral(exclusionKinds) };

/** Everybody who is kept from play, and who asks to be let back. */
export function RgPage() {
  const t = useTranslations("rg.list");
  const titles = useTranslations("rg.titles");
  const states = useTranslations("rg.states");
  const kinds = useTranslations("rg.kinds");
  const router = useRouter();
  const url = useListUrl(parsers);
  const { filters, cursor } = url;
  const input = useMemo((): InputOf<"rg.exclusions"> => ({ ...filters, cursor }), [filters, cursor]);
  const query = useQuery({ ...read("rg.exclusions", input), placeholderData: keepPreviousData });
  const columns = useExclusionColumns();

  function search(text: string) {
    if (parseId("player", text) !== undefined) router.push(`/players/${text}?tab=rg`);
  }

  return (
    <ListPage<ExclusionRow>
      title={titles("rg")}
      label={titles("rg")}
      summary={t("summary")}
      search={{ value: "", placeholder: t("search"), onChange: search }}
      filters={[
        {
          id: "state",
          label: t("filters.state"),
          value: filters.state,
          onChange: (value) => url.setFilter("state", value),
          kind: "choice",
          choices: exclusionStates.map((value) => ({ value, label: states(value) })),
        },
        {
          id: "kind",
          label: t("filters.kind"),
          value: filters.kind,
          onChange: (value) => url.setFilter("kind", value),
          kind: "choice",
          choices: exclusionKinds.map((value) => ({ value, label: kinds(value) })),
        },
      ]}
      onClearFilters={url.clearFilters}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(row) => row.exclusionId}
      rowHref={(row) => `/players/${row.playerId}?tab=rg`}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      next={query.data?.next}
      cursor={cursor}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(exclusionId) => <ExclusionPeek row={query.data?.rows.find((row) => row.exclusionId === exclusionId)} />}
    />
  );
}

function ExclusionPeek({ row }: { row: ExclusionRow | undefined }) {
  const t = useTranslations("rg.list");
  const kinds = useTranslations("rg.kinds");
  if (row === undefined) return null;
  return (
    <div className="px-4 py-3">
      <KeyValues
        items={[
          { label: t("columns.state"), value: <ExclusionStatus status={row.status} /> },
          { label: t("columns.kind"), value: kinds(row.kind) },
          { label: t("columns.player"), value: <IdChip id={row.playerId} href={`/players/${row.playerId}?tab=rg`} /> },
          { label: t("columns.starts"), value: <Time at={row.startsAt} /> },
          { label: t("columns.ends"), value: row.endsAt === null ? t("forEver") : <Time at={row.endsAt} /> },
          { label: t("columns.by"), value: row.requestedBy },
          ...(row.askedReason === null ? [] : [{ label: t("columns.asked"), value: row.askedReason }]),
        ]}
      />
    </div>
  );
}

function useExclusionColumns(): readonly Column<ExclusionRow>[] {
  const t = useTranslations("rg.list");
  const kinds = useTranslations("rg.kinds");
  return useMemo(
    () => [
      {
        id: "exclusion",
        header: t("columns.exclusion"),
        width: 7,
        cell: (row) => <span className="font-mono text-xs">{row.exclusionId}</span>,
      },
      { id: "starts", header: t("columns.starts"), width: 11, cell: (row) => <Time at={row.startsAt} short /> },
      {
        id: "state",
        header: t("columns.state"),
        width: 11,
        narrow: "end",
        cell: (row) => <ExclusionStatus status={row.status} />,
      },
      { id: "kind", header: t("columns.kind"), width: 10, cell: (row) => kinds(row.kind) },
      {
        id: "player",
        header: t("columns.player"),
        width: 7,
        cell: (row) => <span className="font-mono text-xs">{row.playerId}</span>,
      },
      {
        id: "ends",
        header: t("columns.ends"),
        width: 11,
        cell: (row) => (row.endsAt === null ? t("forEver") : <Time at={row.endsAt} short />),
      },
      { id: "by", header: t("columns.by"), width: 7, cell: (row) => row.requestedBy },
      { id: "asked", header: t("columns.asked"), cell: (row) => row.askedReason },
    ],
    [t, kinds],
  );
}
