"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral } from "nuqs";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { ExperimentPeek } from "#features/lobby/experiment-page.tsx";
import { ExperimentState } from "#features/lobby/experiment-state.tsx";
import { StartExperiment } from "#features/lobby/start-experiment.tsx";
import { type OutputOf, read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import type { Column } from "#ui/data-table-types.ts";
import { ListPage } from "#ui/list-page.tsx";
import { Time } from "#ui/time.tsx";

type Row = OutputOf<"lobby.list">["rows"][number];

const states = ["RUNNING", "STOPPED"] as const;
const parsers = { state: parseAsStringLiteral(states) };

export function ExperimentsPage() {
  const t = useTranslations("lobby");
  const url = useListUrl(parsers);
  const { filters, cursor } = url;
  const query = useQuery({
    ...read("lobby.list", { state: filters.state, cursor }),
    placeholderData: keepPreviousData,
  });
  const columns = useColumns();
  return (
    <ListPage<Row>
      title={t("title")}
      label={t("title")}
      actions={<StartExperiment />}
      filters={[
        {
          id: "state",
          label: t("state"),
          value: filters.state,
          onChange: (value) => url.setFilter("state", value),
          kind: "choice",
          choices: states.map((value) => ({ value, label: t(`states.${value}`) })),
        },
      ]}
      onClearFilters={url.clearFilters}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(row) => row.code}
      rowHref={(row) => `/lobby/${row.code}`}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      next={query.data?.next}
      cursor={cursor}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(code) => <ExperimentPeek code={code} />}
    />
  );
}

function useColumns(): readonly Column<Row>[] {
  const t = useTranslations("lobby.columns");
  return useMemo(
    () => [
      { id: "name", header: t("name"), cell: (row) => row.name },
      {
        id: "code",
        header: t("code"),
        width: 12,
        cell: (row) => <span className="font-mono text-xs">{row.code}</span>,
      },
      {
        id: "state",
        header: t("state"),
        width: 9,
        narrow: "end",
        cell: (row) => <ExperimentState state={row.state} />,
      },
      { id: "started", header: t("started"), width: 11, cell: (row) => <Time at={row.startedAt} short /> },
      {
        id: "stopped",
        header: t("stopped"),
        width: 11,
        cell: (row) => (row.stoppedAt === null ? null : <Time at={row.stoppedAt} short />),
      },
      {
        id: "variants",
        header: t("variants"),
        width: 18,
        cell: (row) => row.variants.map(({ code }) => code).join(", "),
      },
    ],
    [t],
  );
}
