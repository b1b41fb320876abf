"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { parseAsString, parseAsStringLiteral } from "nuqs";
import { useMemo } from "react";
import { amlCaseStates } from "@pitboss/domain/compliance/aml/case-machine";
import { severities } from "@pitboss/domain/risk/monitoring/monitoring-rule";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { useTranslations } from "use-intl";
import { useCaseColumns } from "#features/aml/case-columns.tsx";
import { AmlCasePeek } from "#features/aml/case-peek.tsx";
import type { AmlCaseRow } from "#features/aml/case-state.tsx";
import { ViewsMenu } from "#features/views/views-menu.tsx";
import { type InputOf, read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import { Button } from "#ui/button.tsx";
import { ListPage } from "#ui/list-page.tsx";

const parsers = {
  player: parseAsString,
  state: parseAsStringLiteral(amlCaseStates),
  severity: parseAsStringLiteral(severities),
};

export function AmlCasesPage() {
  const t = useTranslations("monitoring");
  const states = useTranslations("words.amlCaseState");
  const severityWords = useTranslations("words.severity");
  const router = useRouter();
  const url = useListUrl(parsers);
  const { filters, cursor } = url;
  const input = useMemo((): InputOf<"aml.cases"> => {
    const { player, ...same } = filters;
    return { ...same, playerId: player, cursor };
  }, [filters, cursor]);
  const query = useQuery({ ...read("aml.cases", input), placeholderData: keepPreviousData });
  const columns = useCaseColumns();

  /** A case's id opens it; a player's becomes the filter. */
  function search(text: string) {
    if (parseId("amlCase", text) !== undefined) router.push(`/aml/${text}`);
    else url.setFilter("player", text);
  }

  const control = (id: keyof typeof parsers) => ({
    id,
    label: t(`filters.${id}`),
    value: filters[id],
    onChange: (value: string | null) => url.setFilter(id, value),
  });
  return (
    <ListPage<AmlCaseRow>
      title={t("titles.cases")}
      label={t("titles.cases")}
      summary={
        query.data === undefined ? undefined : t("openOf", { open: query.data.open, overdue: query.data.overdue })
      }
      actions={
        <>
          <Button onClick={() => router.push("/aml/rules")}>{t("titles.amlRules")}</Button>
          <ViewsMenu list="aml-cases" state={url.state} onApply={url.apply} />
        </>
      }
      search={{ value: filters.player ?? "", placeholder: t("searchCase"), onChange: search }}
      filters={[
        {
          ...control("state"),
          kind: "choice",
          choices: amlCaseStates.map((value) => ({ value, label: states(value) })),
        },
        {
          ...control("severity"),
          kind: "choice",
          choices: severities.map((value) => ({ value, label: severityWords(value) })),
        },
      ]}
      onClearFilters={url.clearFilters}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(row) => row.caseId}
      rowHref={(row) => `/aml/${row.caseId}`}
      empty={{ title: t("emptyCases"), hint: t("emptyCasesHint") }}
      next={query.data?.next}
      cursor={cursor}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(caseId) => <AmlCasePeek caseId={caseId} />}
    />
  );
}
