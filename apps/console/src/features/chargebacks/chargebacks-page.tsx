"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { parseAsString, parseAsStringLiteral } from "nuqs";
import { useMemo } from "react";
import { chargebackStates } from "@pitboss/domain/cashier/chargeback";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { useTranslations } from "use-intl";
import { ChargebackPeek } from "#features/chargebacks/chargeback-facts.tsx";
import { ChargebackState } from "#features/chargebacks/chargeback-state.tsx";
import { type InputOf, type OutputOf, read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import type { Column } from "#ui/data-table-types.ts";
import { ListPage } from "#ui/list-page.tsx";
import { Money } from "#ui/money.tsx";
import { Time } from "#ui/time.tsx";

type Row = OutputOf<"chargeback.list">["rows"][number];

const parsers = {
  player: parseAsString,
  state: parseAsStringLiteral(chargebackStates),
  psp: parseAsString,
};

/** Deposits that were taken back, newest first. */
export function ChargebacksPage() {
  const t = useTranslations("chargebacks");
  const words = useTranslations("chargebacks.states");
  const router = useRouter();
  const url = useListUrl(parsers);
  const { filters, cursor } = url;
  const input = useMemo((): InputOf<"chargeback.list"> => {
    const { player, ...same } = filters;
    return { ...same, playerId: player, cursor };
  }, [filters, cursor]);
  const query = useQuery({ ...read("chargeback.list", input), placeholderData: keepPreviousData });
  const columns = useColumns();

  /** A chargeback's id opens it; a player's becomes the filter. */
  function search(text: string) {
    if (parseId("chargeback", text) !== undefined) router.push(`/chargebacks/${text}`);
    else url.setFilter("player", text);
  }

  const control = (id: keyof typeof parsers) => ({
    id,
    label: t(`filters.${id}`),
    value: filters[id],
    onChange: (value: string | null) => url.setFilter(id, value),
  });
  return (
    <ListPage<Row>
      title={t("title")}
      label={t("title")}
      search={{ value: filters.player ?? "", placeholder: t("search"), onChange: search }}
      filters={[
        {
          ...control("state"),
          kind: "choice",
          choices: chargebackStates.map((value) => ({ value, label: words(value) })),
        },
        { ...control("psp"), kind: "text", placeholder: "stripe" },
      ]}
      onClearFilters={url.clearFilters}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(row) => row.chargebackId}
      rowHref={(row) => `/chargebacks/${row.chargebackId}`}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      next={query.data?.next}
      cursor={cursor}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(chargebackId) => <ChargebackPeek chargebackId={chargebackId} />}
    />
  );
}

function useColumns(): readonly Column<Row>[] {
  const t = useTranslations("chargebacks.columns");
  return useMemo(
    () => [
      {
        id: "chargeback",
        header: t("chargeback"),
        width: 6,
        cell: (row) => <span className="font-mono text-xs">{row.chargebackId}</span>,
      },
      { id: "opened", header: t("opened"), width: 11, cell: (row) => <Time at={row.openedAt} short /> },
      { id: "state", header: t("state"), width: 9, cell: (row) => <ChargebackState state={row.state} /> },
      {
        id: "due",
        header: t("due"),
        width: 10,
        // The provider's day means something only while there is something to say.
        cell: (row) => (row.state === "OPENED" && row.dueAt !== null ? <Time at={row.dueAt} relative /> : null),
      },
      { id: "player", header: t("player"), cell: (row) => row.nickname },
      { id: "psp", header: t("psp"), width: 8, cell: (row) => row.psp },
      { id: "reason", header: t("reason"), width: 11, cell: (row) => row.reason },
      {
        id: "amount",
        header: t("amount"),
        width: 8.5,
        align: "end",
        narrow: "end",
        cell: (row) => <Money amount={row.amount} currency={row.currency} />,
      },
      {
        id: "lost",
        header: t("lost"),
        width: 8.5,
        align: "end",
        cell: (row) => <Money amount={row.lost} currency={row.currency} />,
      },
    ],
    [t],
  );
}
