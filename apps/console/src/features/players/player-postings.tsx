"use client";

import { playerKinds } from "@pitboss/domain/wallet/ledger-codes";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral } from "nuqs";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { type Currency, currencies } from "@pitboss/domain/wallet/currency";
import { type ExplainedPosting, postingKey, usePostingColumns } from "#features/players/posting-columns.tsx";
import { read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import { ColumnMenu } from "#ui/column-menu.tsx";
import { DataTable } from "#ui/data-table.tsx";
import { FilterBar } from "#ui/filter-bar.tsx";
import { Pager } from "#ui/pager.tsx";

const kinds = playerKinds;
const codes = Object.keys(currencies) as Currency[];
const parsers = { currency: parseAsStringLiteral(codes), kind: parseAsStringLiteral(kinds) };

export function PlayerPostings({ playerId }: { playerId: string }) {
  const t = useTranslations("players.postings");
  const words = useTranslations("words.walletKind");
  const url = useListUrl(parsers);
  const { filters, cursor } = url;
  const input = useMemo(() => ({ playerId, ...filters, cursor }), [playerId, filters, cursor]);
  const query = useQuery({ ...read("player.postings", input), placeholderData: keepPreviousData });
  const columns = usePostingColumns();
  const next = query.data?.next;
  return (
    <div className="flex min-h-full flex-col pt-3">
      <FilterBar
        filters={[
          {
            id: "currency",
            label: t("currency"),
            kind: "choice",
            choices: codes.map((value) => ({ value, label: value })),
            value: filters.currency,
            onChange: (value) => url.setFilter("currency", value),
          },
          {
            id: "kind",
            label: t("wallet"),
            kind: "choice",
            choices: kinds.map((value) => ({ value, label: words(value) })),
            value: filters.kind,
            onChange: (value) => url.setFilter("kind", value),
          },
        ]}
        onClear={url.clearFilters}
        tools={<ColumnMenu columns={columns} visible={url.columns} onChange={url.setColumns} />}
      />
      <div className="flex-1 overflow-x-auto">
        <DataTable<ExplainedPosting>
          label={t("title")}
          columns={columns}
          visible={url.columns}
          list={listStateOf(query, (data) => data.rows)}
          rowId={postingKey}
          rowHref={(row) => `/ledger/${row.transactionId}`}
          empty={{ title: t("empty"), hint: t("emptyHint") }}
        />
      </div>
      <Pager
        count={query.data?.rows.length}
        onFirst={cursor === null ? undefined : () => url.goTo(null)}
        onNext={typeof next === "string" ? () => url.goTo(next) : undefined}
      />
    </div>
  );
}
