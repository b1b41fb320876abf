"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { parseAsString, parseAsStringLiteral } from "nuqs";
import { useMemo } from "react";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { alertStates } from "@pitboss/domain/risk/monitoring/alert-machine";
import { severities } from "@pitboss/domain/risk/monitoring/monitoring-rule";
import { useTranslations } from "use-intl";
import { type RiskAlertRow, useAlertColumns } from "#features/risk/alert-columns.tsx";
import { RiskAlertPeek } from "#features/risk/alert-peek.tsx";
import { ViewsMenu } from "#features/views/views-menu.tsx";
import { type InputOf, read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import { Button } from "#ui/button.tsx";
import { ListPage } from "#ui/list-page.tsx";

const parsers = {
  player: parseAsString,
  state: parseAsStringLiteral(alertStates),
  severity: parseAsStringLiteral(severities),
  rule: parseAsString,
};

export function RiskAlertsPage() {
  const t = useTranslations("monitoring");
  const states = useTranslations("words.alertState");
  const severityWords = useTranslations("words.severity");
  const router = useRouter();
  const url = useListUrl(parsers);
  const { filters, cursor } = url;
  const input = useMemo((): InputOf<"risk.alerts"> => {
    const { player, ...same } = filters;
    return { ...same, playerId: player, cursor };
  }, [filters, cursor]);
  const query = useQuery({ ...read("risk.alerts", input), placeholderData: keepPreviousData });
  const columns = useAlertColumns();

  /** An alert's id opens it; a player's becomes the filter. */
  function search(text: string) {
    if (parseId("riskAlert", text) !== undefined) router.push(`/risk/${text}`);
    else url.setFilter("player", text);
  }

  const control = (id: keyof typeof parsers) => ({
    id,
    label: t(`filters.${id}`),
    value: filters[id],
    onChange: (value: string | null) => url.setFilter(id, value),
  });
  return (
    <ListPage<RiskAlertRow>
      title={t("titles.alerts")}
      label={t("titles.alerts")}
      summary={
        query.data === undefined ? undefined : t("openOf", { open: query.data.open, overdue: query.data.overdue })
      }
      actions={
        <>
          <Button onClick={() => router.push("/risk/rules")}>{t("titles.riskRules")}</Button>
          <ViewsMenu list="risk-alerts" state={url.state} onApply={url.apply} />
        </>
      }
      search={{ value: filters.player ?? "", placeholder: t("searchAlert"), onChange: search }}
      filters={[
        { ...control("state"), kind: "choice", choices: alertStates.map((value) => ({ value, label: states(value) })) },
        {
          ...control("severity"),
          kind: "choice",
          choices: severities.map((value) => ({ value, label: severityWords(value) })),
        },
        { ...control("rule"), kind: "text", placeholder: "bet-burst" },
      ]}
      onClearFilters={url.clearFilters}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(row) => row.alertId}
      rowHref={(row) => `/risk/${row.alertId}`}
      empty={{ title: t("emptyAlerts"), hint: t("emptyAlertsHint") }}
      next={query.data?.next}
      cursor={cursor}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(alertId) => <RiskAlertPeek alertId={alertId} />}
    />
  );
}
