"use client";

import { useMemo } from "react";
import { useTranslations } from "use-intl";
import type { OutputOf } from "#lib/api.ts";
import { referenceHref } from "#lib/reference-href.ts";
import type { Column } from "#ui/data-table-types.ts";
import { IdChip } from "#ui/id-chip.tsx";
import { Money } from "#ui/money.tsx";
import { Time } from "#ui/time.tsx";

export type LedgerRow = OutputOf<"ledger.list">["rows"][number];

export function useLedgerColumns(): readonly Column<LedgerRow>[] {
  const t = useTranslations("ledger.columns");
  const types = useTranslations("words.transactionType");
  return useMemo(
    () => [
      {
        id: "transaction",
        header: t("transaction"),
        width: 10.5,
        cell: (row) => <span className="font-mono text-xs">{row.transactionId}</span>,
      },
      { id: "at", header: t("at"), width: 11, cell: (row) => <Time at={row.at} short /> },
      { id: "type", header: t("type"), width: 11, cell: (row) => types(row.type) },
      {
        id: "player",
        header: t("player"),
        cell: (row) => row.nickname ?? <span className="text-ink-faint">{t("house")}</span>,
      },
      {
        id: "reference",
        header: t("reference"),
        width: 11,
        cell: (row) =>
          row.reference === null ? null : (
            <IdChip id={row.reference.id} href={referenceHref(row.reference.kind, row.reference.id)} />
          ),
      },
      {
        id: "available",
        header: t("available"),
        width: 10,
        align: "end",
        narrow: "end",
        cell: (row) => <Amounts row={row} part="available" />,
      },
      { id: "held", header: t("held"), width: 10, align: "end", cell: (row) => <Amounts row={row} part="held" /> },
      { id: "actor", header: t("actor"), width: 11, optional: true, cell: (row) => row.actor },
      {
        id: "request",
        header: t("request"),
        width: 18,
        optional: true,
        cell: (row) => <span className="font-mono text-xs">{row.requestId}</span>,
      },
    ],
    [t, types],
  );
}

const nothing = /^-?0(\.0+)?$/;

function Amounts({ row, part }: { row: LedgerRow; part: "available" | "held" }) {
  const moved = row.moved.filter((each) => !nothing.test(each[part]));
  if (moved.length === 0) return <span className="text-ink-faint">–</span>;
  return moved.map((each) => <Money key={each.currency} amount={each[part]} currency={each.currency} signed />);
}
