"use client";

import { useQuery } from "@tanstack/react-query";
import { Scale } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { type OutputOf, read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { Empty } from "#ui/empty.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { Money } from "#ui/money.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

type Balance = OutputOf<"player.balances">[number];

export function PlayerBalances({ playerId }: { playerId: string }) {
  const t = useTranslations("players.balances");
  const balances = useQuery({ ...read("player.balances", { playerId }), refetchInterval: 15_000 });
  return (
    <Section title={t("title")}>
      {balances.data !== undefined ? (
        balances.data.length === 0 ? (
          <Empty title={t("none")} className="py-4" />
        ) : (
          <ul className="flex flex-col gap-3">
            {balances.data.map((balance) => (
              <BalanceRow key={balance.walletId} playerId={playerId} balance={balance} />
            ))}
          </ul>
        )
      ) : balances.error !== null ? (
        <FailureState failure={failureOf(balances.error)} onRetry={() => void balances.refetch()} className="py-4" />
      ) : (
        <Skeleton className="h-11 w-40 rounded-md" />
      )}
    </Section>
  );
}

function BalanceRow({ playerId, balance }: { playerId: string; balance: Balance }) {
  const t = useTranslations("players.balances");
  const kinds = useTranslations("words.walletKind");
  const { kind, currency, grant, provider, available, held } = balance;
  const idle = /^-?0(\.0+)?$/.test(held);
  return (
    <li>
      <div className="flex items-baseline justify-between gap-3">
        <Money amount={available} currency={currency} className="text-lg font-semibold tracking-[-0.01em]" />
        <Link
          href={`/players/${playerId}/balance/${currency}${kind === "CASH" ? "" : `?kind=${kind}`}`}
          aria-label={t("explainOf", { kind: kinds(kind), currency })}
          className="inline-flex items-center gap-1 rounded-sm text-xs text-accent no-underline underline-offset-2 hover:underline"
        >
          <Scale aria-hidden className="size-3" />
          {t("explain")}
        </Link>
      </div>
      <div className="flex justify-between gap-3 text-xs text-ink-muted">
        <span className="truncate">
          {kinds(kind)}
          {grant !== null && ` · ${grant}`}
          {provider !== null && ` · ${provider}`}
        </span>
        {!idle && (
          <span>
            {t("held")} <Money amount={held} currency={currency} />
          </span>
        )}
      </div>
    </li>
  );
}
