"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { parseAsString, parseAsStringLiteral } from "nuqs";
import { useMemo } from "react";
import { creditStates, inboxReasons } from "@pitboss/domain/cashier/bank/credit-machine";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { useTranslations } from "use-intl";
import { TransferPeek } from "#features/bank-transfers/transfer-facts.tsx";
import { TransferReason, TransferState } from "#features/bank-transfers/transfer-state.tsx";
import { type InputOf, type OutputOf, read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import type { Column } from "#ui/data-table-types.ts";
import { ListPage } from "#ui/list-page.tsx";
import { Money } from "#ui/money.tsx";
import { Time } from "#ui/time.tsx";

type Row = OutputOf<"bankCredit.list">["rows"][number];

const parsers = {
  player: parseAsString,
  state: parseAsStringLiteral(creditStates),
  why: parseAsStringLiteral(inboxReasons),
};

/** What came to the house's accounts, and what of it waits for people. */
export function BankTransfersPage() {
  const t = useTranslations("bankTransfers");
  const words = useTranslations("bankTransfers.states");
  const reasons = useTranslations("bankTransfers.reasons");
  const router = useRouter();
  const url = useListUrl(parsers);
  const { filters, cursor } = url;
  const input = useMemo((): InputOf<"bankCredit.list"> => {
    const { player, ...same } = filters;
    return { ...same, playerId: player, cursor };
  }, [filters, cursor]);
  const query = useQuery({ ...read("bankCredit.list", input), placeholderData: keepPreviousData });
  const columns = useColumns();

  /** A transfer's id opens it; a player's becomes the filter. */
  function search(text: string) {
    if (parseId("bankCredit", text) !== undefined) router.push(`/bank-transfers/${text}`);
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
          choices: creditStates.map((value) => ({ value, label: words(value) })),
        },
        {
          ...control("why"),
          kind: "choice",
          choices: inboxReasons.map((value) => ({ value, label: reasons(value) })),
        },
      ]}
      onClearFilters={url.clearFilters}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(row) => row.creditId}
      rowHref={(row) => `/bank-transfers/${row.creditId}`}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      next={query.data?.next}
      cursor={cursor}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(creditId) => <TransferPeek creditId={creditId} />}
    />
  );
}

function useColumns(): readonly Column<Row>[] {
  const t = useTranslations("bankTransfers.columns");
  return useMemo(
    () => [
      {
        id: "transfer",
        header: t("transfer"),
        width: 6,
        cell: (row) => <span className="font-mono text-xs">{row.creditId}</span>,
      },
      { id: "at", header: t("at"), width: 11, cell: (row) => <Time at={row.receivedAt} short /> },
      { id: "state", header: t("state"), width: 10, cell: (row) => <TransferState state={row.state} /> },
      { id: "why", header: t("why"), cell: (row) => <TransferReason why={row.why} /> },
      {
        id: "reference",
        header: t("reference"),
        width: 12,
        cell: (row) => <span className="font-mono text-xs">{row.reference}</span>,
      },
      {
        id: "player",
        header: t("player"),
        width: 7,
        cell: (row) => <span className="font-mono text-xs">{row.playerId}</span>,
      },
      {
        id: "amount",
        header: t("amount"),
        width: 8.5,
        align: "end",
        narrow: "end",
        cell: (row) => <Money amount={row.amount} currency={row.currency} />,
      },
      {
        id: "entry",
        header: t("entry"),
        width: 14,
        optional: true,
        cell: (row) => <span className="font-mono text-xs">{row.entryReference}</span>,
      },
    ],
    [t],
  );
}
