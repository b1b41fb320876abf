"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsString, parseAsStringLiteral } from "nuqs";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { CardName } from "#features/deposits/deposit-columns.tsx";
import { InstrumentPeek } from "#features/instruments/instrument-peek.tsx";
import { ViewsMenu } from "#features/views/views-menu.tsx";
import { type OutputOf, read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import { Badge } from "#ui/badge.tsx";
import type { Column } from "#ui/data-table-types.ts";
import { ListPage } from "#ui/list-page.tsx";
import { Money } from "#ui/money.tsx";
import { Time } from "#ui/time.tsx";

export type InstrumentRow = OutputOf<"instrument.list">["rows"][number];

const parsers = {
  player: parseAsString,
  fingerprint: parseAsString,
  shared: parseAsStringLiteral(["yes"]),
};

/** What players pay with and are paid to: whose it is, whether it is verified, and who else brought the same. */
export function InstrumentsPage() {
  const t = useTranslations("instruments");
  const url = useListUrl(parsers);
  const { filters, cursor } = url;
  const { player: playerId, fingerprint, shared } = filters;
  const input = { playerId, fingerprint, shared: shared === "yes" ? true : null, cursor };
  const query = useQuery({ ...read("instrument.list", input), placeholderData: keepPreviousData });
  const columns = useInstrumentColumns();
  const rows = query.data?.rows ?? [];
  return (
    <ListPage<InstrumentRow>
      title={t("title")}
      label={t("title")}
      actions={<ViewsMenu list="instruments" state={url.state} onApply={url.apply} />}
      search={{
        value: filters.player ?? "",
        placeholder: t("search"),
        onChange: (text) => url.setFilter("player", text === "" ? null : text),
      }}
      filters={[
        {
          id: "shared",
          label: t("filters.shared"),
          value: filters.shared,
          onChange: (value) => url.setFilter("shared", value),
          kind: "choice",
          choices: [{ value: "yes", label: t("filters.sharedYes") }],
        },
        {
          id: "fingerprint",
          label: t("filters.fingerprint"),
          value: filters.fingerprint,
          onChange: (value) => url.setFilter("fingerprint", value),
          kind: "text",
          placeholder: t("filters.fingerprintHint"),
        },
      ]}
      onClearFilters={url.clearFilters}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(row) => row.instrumentId}
      rowHref={(row) => `/players/${row.playerId}`}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      next={query.data?.next}
      cursor={cursor}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(instrumentId) => <InstrumentPeek row={rows.find((row) => row.instrumentId === instrumentId)} />}
    />
  );
}

function useInstrumentColumns(): readonly Column<InstrumentRow>[] {
  const t = useTranslations("instruments.columns");
  return useMemo(
    () => [
      {
        id: "instrument",
        header: t("instrument"),
        width: 6,
        cell: (row) => <span className="font-mono text-xs">{row.instrumentId}</span>,
      },
      { id: "card", header: t("card"), width: 11, cell: (row) => <CardName brand={row.brand} last4={row.last4} /> },
      { id: "player", header: t("player"), cell: (row) => row.nickname },
      {
        id: "verified",
        header: t("verified"),
        width: 8,
        narrow: "end",
        cell: (row) => <Badge tone={row.verified ? "good" : "warn"}>{t(row.verified ? "yes" : "no")}</Badge>,
      },
      {
        id: "others",
        header: t("others"),
        width: 7,
        align: "end",
        cell: (row) => (row.otherOwners === 0 ? null : <Badge tone="bad">{row.otherOwners}</Badge>),
      },
      {
        id: "room",
        header: t("room"),
        width: 10,
        align: "end",
        cell: (row) => {
          const [first] = row.loop;
          return first === undefined ? null : <Money amount={first.room} currency={first.currency} />;
        },
      },
      { id: "expires", header: t("expires"), width: 6, cell: (row) => row.expires },
      { id: "since", header: t("since"), width: 11, cell: (row) => <Time at={row.since} short /> },
      { id: "psp", header: t("psp"), width: 8, optional: true, cell: (row) => row.psp },
      {
        id: "fingerprint",
        header: t("fingerprint"),
        width: 12,
        optional: true,
        cell: (row) => <span className="font-mono text-xs">{row.fingerprint}</span>,
      },
    ],
    [t],
  );
}
