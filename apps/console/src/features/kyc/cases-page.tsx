"use client";

import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { parseAsString, parseAsStringLiteral } from "nuqs";
import { useMemo } from "react";
import { caseStates } from "@pitboss/domain/compliance/kyc/case-machine";
import { permissionRow } from "@pitboss/domain/identity/permissions";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { useTranslations } from "use-intl";
import { useRoleNames } from "#features/identity/role-names.ts";
import { useCaseColumns } from "#features/kyc/case-columns.tsx";
import { CasePeek } from "#features/kyc/case-peek.tsx";
import type { CaseRow } from "#features/kyc/case-state.tsx";
import { ViewsMenu } from "#features/views/views-menu.tsx";
import { type InputOf, keyOf, read, write } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useMay } from "#lib/reader.tsx";
import { useFailureToast } from "#lib/use-failure-toast.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import { Button } from "#ui/button.tsx";
import { ListPage } from "#ui/list-page.tsx";
import { Reason } from "#ui/reason.tsx";

const levels = ["1", "2", "3"] as const;
const parsers = {
  player: parseAsString,
  state: parseAsStringLiteral(caseStates),
  level: parseAsStringLiteral(levels),
};

export function CasesPage() {
  const t = useTranslations("kyc");
  const words = useTranslations("words.caseState");
  const may = useMay("kyc.decide");
  const roleNames = useRoleNames();
  const router = useRouter();
  const client = useQueryClient();
  const failed = useFailureToast();
  const url = useListUrl(parsers);
  const { filters, cursor } = url;
  const input = useMemo((): InputOf<"kyc.list"> => {
    const { player, level, state } = filters;
    return { state, playerId: player, level: level === null ? null : Number(level), cursor };
  }, [filters, cursor]);
  const query = useQuery({ ...read("kyc.list", input), placeholderData: keepPreviousData });
  const columns = useCaseColumns();
  const claim = useMutation({
    ...write("kyc.claimNext"),
    onError: failed,
    onSuccess: async ({ caseId }) => {
      await client.invalidateQueries({ queryKey: keyOf("kyc.show") });
      router.push(`/kyc/${caseId}`);
    },
  });

  /** A case's id opens it; a player's becomes the filter. */
  function search(text: string) {
    if (parseId("kycCase", text) !== undefined) router.push(`/kyc/${text}`);
    else url.setFilter("player", text);
  }

  const control = (id: keyof typeof parsers) => ({
    id,
    label: t(`filters.${id}`),
    value: filters[id],
    onChange: (value: string | null) => url.setFilter(id, value),
  });
  const { waiting = 0, overdue = 0 } = query.data ?? {};
  const why = may ? undefined : t("onlyFor", { roles: roleNames(permissionRow("kyc.decide").roles) });
  return (
    <ListPage<CaseRow>
      title={t("title")}
      label={t("title")}
      summary={<span className={overdue > 0 ? "text-bad" : undefined}>{t("summary", { waiting, overdue })}</span>}
      actions={
        <>
          <Reason text={why}>
            <Button look="solid" disabled={!may} busy={claim.isPending} onClick={() => claim.mutate()}>
              {t("claimNext")}
            </Button>
          </Reason>
          <Button onClick={() => router.push("/webhooks/kyc")}>{t("webhooks")}</Button>
          <ViewsMenu list="kyc" state={url.state} onApply={url.apply} />
        </>
      }
      search={{ value: filters.player ?? "", placeholder: t("search"), onChange: search }}
      filters={[
        { ...control("state"), kind: "choice", choices: caseStates.map((value) => ({ value, label: words(value) })) },
        { ...control("level"), kind: "choice", choices: levels.map((value) => ({ value, label: value })) },
      ]}
      onClearFilters={url.clearFilters}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(row) => row.caseId}
      rowHref={(row) => `/kyc/${row.caseId}`}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      next={query.data?.next}
      cursor={cursor}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(caseId) => <CasePeek caseId={caseId} />}
    />
  );
}
