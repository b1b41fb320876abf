"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { CircleCheck, OctagonAlert } from "lucide-react";
import { parseAsString, parseAsStringLiteral, useQueryState } from "nuqs";
import { useTranslations } from "use-intl";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { playerKinds } from "@pitboss/domain/wallet/ledger-codes";
import { type ExplainedPosting, postingKey, usePostingColumns } from "#features/players/posting-columns.tsx";
import { type OutputOf, read } from "#lib/api.ts";
import { cn } from "#lib/cn.ts";
import { listStateOf } from "#lib/list-state.ts";
import { DataTable } from "#ui/data-table.tsx";
import { Money } from "#ui/money.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Pager } from "#ui/pager.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

interface ExplainPageProps {
  readonly playerId: string;
  readonly currency: Currency;
}

const kinds = playerKinds;

/** Why a balance is what it is: the chain of postings that led to it, each the one before it plus its change. */
export function ExplainPage({ playerId, currency }: ExplainPageProps) {
  const t = useTranslations("players.explain");
  const words = useTranslations("words.walletKind");
  const [kind] = useQueryState("kind", parseAsStringLiteral(kinds).withDefault("CASH"));
  const [cursor, setCursor] = useQueryState("cursor", parseAsString.withOptions({ history: "push" }));
  const player = useQuery(read("player.show", { playerId }));
  const query = useQuery({
    ...read("player.explainBalance", { playerId, currency, kind, cursor }),
    placeholderData: keepPreviousData,
  });
  const columns = usePostingColumns();
  const next = query.data?.next;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageHeader
        parent={{ label: player.data?.nickname ?? playerId, href: `/players/${playerId}` }}
        title={t("title", { kind: words(kind), currency })}
        summary={t("lead")}
      />
      <Balance explanation={query.data} />
      <div className="min-h-0 flex-1 border-t border-line roomy:overflow-auto">
        <DataTable<ExplainedPosting>
          label={t("chain")}
          columns={columns}
          list={listStateOf(query, (data) => data.rows)}
          rowId={postingKey}
          rowHref={(row) => `/ledger/${row.transactionId}`}
          empty={{ title: t("empty"), hint: t("emptyHint") }}
        />
      </div>
      <Pager
        count={query.data?.rows.length}
        onFirst={cursor === null ? undefined : () => void setCursor(null)}
        onNext={typeof next === "string" ? () => void setCursor(next) : undefined}
      />
    </div>
  );
}

function Balance({ explanation }: { explanation: OutputOf<"player.explainBalance"> | undefined }) {
  const t = useTranslations("players.explain");
  if (explanation === undefined) {
    return (
      <div className="flex min-h-14 items-center gap-8 px-(--page-x) pb-3">
        <Skeleton className="h-6 w-36" />
        <Skeleton className="h-4 w-64" />
      </div>
    );
  }
  const { balance, adds } = explanation;
  const Icon = adds ? CircleCheck : OctagonAlert;
  return (
    <div className="flex min-h-14 flex-wrap items-end gap-x-10 gap-y-2 px-(--page-x) pb-3">
      <dl className="flex flex-wrap gap-x-10 gap-y-2">
        <div>
          <dt className="text-xs text-ink-muted">{t("available")}</dt>
          <dd>
            <Money
              amount={balance.available}
              currency={balance.currency}
              className="text-xl font-semibold tracking-[-0.015em]"
            />
          </dd>
        </div>
        <div>
          <dt className="text-xs text-ink-muted">{t("held")}</dt>
          <dd>
            <Money
              amount={balance.held}
              currency={balance.currency}
              className="text-xl font-semibold tracking-[-0.015em]"
            />
          </dd>
        </div>
      </dl>
      <div className="flex items-center gap-2 pb-1">
        <Icon aria-hidden className={cn("size-4", adds ? "text-good" : "text-bad")} />
        <span>{t(adds ? "adds" : "broken")}</span>
      </div>
    </div>
  );
}
