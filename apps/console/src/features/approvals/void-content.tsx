"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { z } from "zod";
import type { Approval } from "#features/approvals/approval-content.tsx";
import { Sums } from "#features/bets/void-dialog.tsx";
import { type OutputOf, read } from "#lib/api.ts";
import { isErrorCode } from "#lib/failure.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useFailureText } from "#lib/use-failure-text.ts";
import { DataTable } from "#ui/data-table.tsx";
import type { Column } from "#ui/data-table-types.ts";
import type { KeyValue } from "#ui/key-values.tsx";
import { Money } from "#ui/money.tsx";
import { Pager } from "#ui/pager.tsx";
import { Status } from "#ui/status.tsx";

type Row = OutputOf<"approval.bets">["rows"][number];

const shape = z.object({
  selection: z.object({ by: z.string(), filter: z.record(z.string(), z.string()).optional() }),
  count: z.number(),
  players: z.number(),
  sums: z.array(z.object({ currency: z.string(), amount: z.string() })),
});

/** What a proposal to void says: how many bets, whose, what goes back, and how they were chosen. */
export function useVoidFacts(): (content: Approval["content"]) => KeyValue[] {
  const t = useTranslations("approvals.voids");
  return (content) => {
    const parsed = shape.safeParse(content);
    if (!parsed.success) return [];
    const { selection, count, players, sums } = parsed.data;
    return [
      { label: t("bets"), value: t("betsOf", { count, players }) },
      { label: t("returns"), value: <Sums sums={sums} /> },
      ...(selection.filter === undefined
        ? []
        : [
            {
              label: t("chosenBy"),
              value: Object.entries(selection.filter)
                .map(([name, value]) => `${name}: ${value}`)
                .join(", "),
            },
          ]),
    ];
  };
}

/** The frozen list, with what became of each bet. */
export function VoidedBets({ approval }: { approval: Approval }) {
  const t = useTranslations("approvals.voids");
  const sentence = useFailureText();
  const [cursor, setCursor] = useState<string | null>(null);
  const { approvalId } = approval;
  const query = useQuery({
    ...read("approval.bets", { approvalId, cursor }),
    placeholderData: keepPreviousData,
    // Long lists are carried out after the approval, some at a time.
    refetchInterval: approval.status === "APPROVED" ? 3_000 : false,
  });
  const next = query.data?.next;
  const columns: readonly Column<Row>[] = [
    {
      id: "bet",
      header: t("bet"),
      width: 10.5,
      cell: ({ betId }) => <span className="font-mono text-xs">{betId}</span>,
    },
    { id: "player", header: t("player"), width: 8, cell: ({ playerId }) => playerId },
    {
      id: "outcome",
      header: t("outcome"),
      cell: ({ outcome, failure }) => {
        if (outcome === null)
          return (
            <Status tone="neutral" open>
              {t("open")}
            </Status>
          );
        if (outcome === "VOIDED") return <Status tone="good">{t("voided")}</Status>;
        const code = failure?.["code"];
        return (
          <Status tone="bad">
            {typeof code === "string" && isErrorCode(code) ? sentence({ code }) : t("refused")}
          </Status>
        );
      },
    },
    {
      id: "held",
      header: t("held"),
      width: 9.5,
      align: "end",
      narrow: "end",
      cell: ({ held, currency }) => <Money amount={held} currency={currency} />,
    },
  ];
  return (
    <div className="mt-4 [--page-x:0px]">
      <DataTable<Row>
        label={t("list")}
        columns={columns}
        list={listStateOf(query, (data) => data.rows)}
        rowId={({ betId }) => betId}
        rowHref={({ betId }) => `/bets/${betId}`}
        empty={{ title: t("none") }}
        skeletonRows={4}
      />
      {(typeof next === "string" || cursor !== null) && (
        <Pager
          count={query.data?.rows.length}
          onFirst={cursor === null ? undefined : () => setCursor(null)}
          onNext={typeof next === "string" ? () => setCursor(next) : undefined}
        />
      )}
    </div>
  );
}
