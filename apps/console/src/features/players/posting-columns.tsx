"use client";

import Link from "next/link";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import type { OutputOf } from "#lib/api.ts";
import { referenceHref } from "#lib/reference-href.ts";
import type { Column } from "#ui/data-table-types.ts";
import { Money } from "#ui/money.tsx";
import { Time } from "#ui/time.tsx";

export type ExplainedPosting = OutputOf<"player.postings">["rows"][number];

const nothing = /^-?0(\.0+)?$/;

export function postingKey(row: ExplainedPosting): string {
  return `${row.transactionId} ${row.wallet} ${row.currency}`;
}

/** A player's postings, each with its cause and the balance after it. */
export function usePostingColumns(): readonly Column<ExplainedPosting>[] {
  const t = useTranslations("players.postings");
  const types = useTranslations("words.transactionType");
  const kinds = useTranslations("words.walletKind");
  return useMemo(
    () => [
      { id: "type", header: t("type"), width: 10, cell: (row) => types(row.type) },
      { id: "at", header: t("at"), width: 11, cell: (row) => <Time at={row.at} short /> },
      { id: "cause", header: t("cause"), cell: (row) => <Cause row={row} /> },
      { id: "wallet", header: t("wallet"), width: 7, optional: true, cell: (row) => kinds(row.wallet) },
      {
        id: "available",
        header: t("change"),
        width: 9.5,
        align: "end",
        narrow: "end",
        cell: (row) => <Change amount={row.available} currency={row.currency} />,
      },
      {
        id: "after",
        header: t("after"),
        width: 9.5,
        align: "end",
        cell: (row) => <Money amount={row.availableAfter} currency={row.currency} />,
      },
      {
        id: "held",
        header: t("held"),
        width: 9,
        align: "end",
        cell: (row) => <Change amount={row.held} currency={row.currency} />,
      },
      {
        id: "heldAfter",
        header: t("heldAfter"),
        width: 9,
        align: "end",
        optional: true,
        cell: (row) => <Money amount={row.heldAfter} currency={row.currency} />,
      },
      { id: "actor", header: t("actor"), width: 10, optional: true, cell: (row) => row.actor },
    ],
    [t, types, kinds],
  );
}

function Change({ amount, currency }: { amount: string; currency: string }) {
  return nothing.test(amount) ? (
    <span className="text-ink-faint">–</span>
  ) : (
    <Money amount={amount} currency={currency} signed />
  );
}

function Cause({ row: { cause, actor } }: { row: ExplainedPosting }) {
  if (cause.kind === "none" || cause.id === null) return <span className="text-ink-muted">{actor}</span>;
  return (
    <span className="flex items-baseline gap-2">
      <Link
        href={referenceHref(cause.kind, cause.id)}
        className="font-mono text-xs text-accent no-underline underline-offset-2 hover:underline"
      >
        {cause.id}
      </Link>
      {cause.gameId !== null && <span className="truncate text-xs text-ink-muted">{cause.gameId}</span>}
    </span>
  );
}
