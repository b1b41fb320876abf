"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { parseAsString, parseAsStringLiteral } from "nuqs";
import { useMemo } from "react";
import { depositStates } from "@pitboss/domain/cashier/deposit-machine";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { type Currency, currencies } from "@pitboss/domain/wallet/currency";
import { useTranslations } from "use-intl";
import { type DepositRow, useDepositColumns } from "#features/deposits/deposit-columns.tsx";
import { DepositPeek } from "#features/deposits/deposit-peek.tsx";
import { ViewsMenu } from "#features/views/views-menu.tsx";
import { type InputOf, read } from "#lib/api.ts";
import { dayEnd, dayStart } from "#lib/days.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import { ListPage } from "#ui/list-page.tsx";

const codes = Object.keys(currencies) as Currency[];
const parsers = {
  player: parseAsString,
  state: parseAsStringLiteral(depositStates),
  psp: parseAsString,
  currency: parseAsStringLiteral(codes),
  minAmount: parseAsString,
  from: parseAsString,
  to: parseAsString,
};

export function DepositsPage() {
  const t = useTranslations("deposits");
  const words = useTranslations("words.depositState");
  const router = useRouter();
  const url = useListUrl(parsers);
  const { filters, cursor } = url;
  const input = useMemo((): InputOf<"deposit.list"> => {
    const { player, from, to, ...same } = filters;
    return { ...same, playerId: player, from: dayStart(from), to: dayEnd(to), cursor };
  }, [filters, cursor]);
  const query = useQuery({ ...read("deposit.list", input), placeholderData: keepPreviousData });
  const columns = useDepositColumns();

  /** A deposit's id opens the deposit; a player's becomes the filter. */
  function search(text: string) {
    if (parseId("deposit", text) !== undefined) router.push(`/deposits/${text}`);
    else url.setFilter("player", text);
  }

  const control = (id: keyof typeof parsers) => ({
    id,
    label: t(`filters.${id}`),
    value: filters[id],
    onChange: (value: string | null) => url.setFilter(id, value),
  });
  return (
    <ListPage<DepositRow>
      title={t("title")}
      label={t("title")}
      actions={<ViewsMenu list="deposits" state={url.state} onApply={url.apply} />}
      search={{ value: filters.player ?? "", placeholder: t("search"), onChange: search }}
      filters={[
        {
          ...control("state"),
          kind: "choice",
          choices: depositStates.map((value) => ({ value, label: words(value) })),
        },
        { ...control("psp"), kind: "text", placeholder: "stripe" },
        { ...control("currency"), kind: "choice", choices: codes.map((value) => ({ value, label: value })) },
        { ...control("minAmount"), kind: "text", placeholder: t("amountHint") },
        { ...control("from"), kind: "day" },
        { ...control("to"), kind: "day" },
      ]}
      onClearFilters={url.clearFilters}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(row) => row.depositId}
      rowHref={(row) => `/deposits/${row.depositId}`}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      next={query.data?.next}
      cursor={cursor}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(depositId) => <DepositPeek depositId={depositId} />}
    />
  );
}
