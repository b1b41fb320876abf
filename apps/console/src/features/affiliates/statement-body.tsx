"use client";

import { useTranslations } from "use-intl";
import { z } from "zod";
import type { OutputOf } from "#lib/api.ts";
import { Empty } from "#ui/empty.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Money } from "#ui/money.tsx";
import { RecordList } from "#ui/record-list.tsx";

export type StatementDetail = OutputOf<"affiliate.statement">;

const counts = ["players", "newPlayers", "activePlayers", "firstDeposits"] as const;
const amounts = ["deposits", "turnover", "ggr", "bonusCost", "jackpots", "chargebacks", "adminFee", "ngr"] as const;
/** On statements whose plan takes them off. */
const fees = ["paymentFees", "providerFees", "tax"] as const;

const body = z.object({
  figures: z.object({
    ...(Object.fromEntries(counts.map((name) => [name, z.number()])) as Record<(typeof counts)[number], z.ZodNumber>),
    ...(Object.fromEntries(amounts.map((name) => [name, z.string()])) as Record<(typeof amounts)[number], z.ZodString>),
    paymentFees: z.string().optional(),
    providerFees: z.string().optional(),
    tax: z.string().optional(),
  }),
  share: z
    .object({
      carriedIn: z.string(),
      base: z.string(),
      tiers: z.array(z.object({ from: z.string(), rate: z.string(), of: z.string() })),
      commission: z.string(),
      carriedOut: z.string(),
    })
    .nullable(),
  cpa: z.object({
    commission: z.string(),
    players: z.array(z.object({ playerId: z.string(), qualifiedOn: z.string(), amount: z.string() })),
  }),
  monthlyFee: z.string(),
  total: z.string(),
});

/** What a statement is made of: the month's figures, the share, who qualified, and the fee. */
export function StatementBody({ statement }: { statement: StatementDetail }) {
  const t = useTranslations("affiliates.body");
  const { currency } = statement;
  const parsed = body.parse(statement.body);
  const { figures, share, cpa } = parsed;
  const money = (amount: string) => <Money amount={amount} currency={currency} />;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <KeyValues
        items={[
          ...counts.map((name) => ({ label: t(name), value: figures[name] })),
          ...amounts.slice(0, -2).map((name) => ({ label: t(name), value: money(figures[name]) })),
          ...fees.flatMap((name) => {
            const amount = figures[name];
            return amount === undefined ? [] : [{ label: t(name), value: money(amount) }];
          }),
          ...amounts.slice(-2).map((name) => ({ label: t(name), value: money(figures[name]) })),
        ]}
      />
      <KeyValues
        items={[
          ...(share === null
            ? []
            : [
                { label: t("carriedIn"), value: money(share.carriedIn) },
                { label: t("base"), value: money(share.base) },
                ...share.tiers.map(({ from, rate, of }) => ({ label: t("tier", { rate, from }), value: money(of) })),
                { label: t("share"), value: money(share.commission) },
                { label: t("carriedOut"), value: money(share.carriedOut) },
              ]),
          { label: t("cpa", { count: cpa.players.length }), value: money(cpa.commission) },
          { label: t("fee"), value: money(parsed.monthlyFee) },
          { label: t("total"), value: money(parsed.total) },
          { label: t("due"), value: money(statement.due) },
        ]}
      />
      <RecordList
        label={t("qualified")}
        rows={cpa.players}
        rowKey={(row) => row.playerId}
        empty={<Empty title={t("nobody")} hint={t("nobodyHint")} />}
        cells={(row) => [
          <IdChip key="id" id={row.playerId} href={`/players/${row.playerId}`} />,
          <span key="day" className="tabular">
            {row.qualifiedOn}
          </span>,
          money(row.amount),
        ]}
      />
    </div>
  );
}
