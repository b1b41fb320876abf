"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { LinkGraph, type LinkGraphData } from "#features/links/link-graph.tsx";
import { PlayerStatus } from "#features/players/player-status.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { Empty } from "#ui/empty.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { Notice } from "#ui/notice.tsx";
import { RecordList } from "#ui/record-list.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

/** The accounts around a player: a picture, and the same as tables. */
export function PlayerLinks({ playerId, steps = 2 }: { playerId: string; steps?: number }) {
  const t = useTranslations("monitoring.links");
  const graph = useQuery({ ...read("risk.links", { playerId, steps }), placeholderData: keepPreviousData });
  if (graph.data === undefined) {
    return graph.error === null ? (
      <Skeleton className="m-4 h-96 rounded-md" />
    ) : (
      <FailureState failure={failureOf(graph.error)} onRetry={() => void graph.refetch()} />
    );
  }
  if (graph.data.links.length === 0) return <Empty title={t("none")} hint={t("noneHint")} />;
  return (
    <div className="flex min-w-0 flex-col gap-4 px-(--page-x) py-3 [&>section:first-of-type]:border-t-0">
      {graph.data.more && <Notice tone="warn">{t("more")}</Notice>}
      <LinkGraph graph={graph.data} />
      <LinkTables graph={graph.data} />
    </div>
  );
}

function LinkTables({ graph }: { graph: LinkGraphData }) {
  const t = useTranslations("monitoring.links");
  return (
    <>
      <Section title={t("accounts")}>
        <RecordList
          label={t("accounts")}
          rows={graph.accounts}
          rowKey={({ playerId }) => playerId}
          empty={null}
          cells={(account) => [
            <IdChip key="id" id={account.playerId} href={`/players/${account.playerId}`} />,
            account.nickname,
            <PlayerStatus key="status" status={account.status} />,
            account.country,
            account.distance === 0 ? t("self") : t("steps", { count: account.distance }),
          ]}
        />
      </Section>
      <Section title={t("shared")}>
        <RecordList
          label={t("shared")}
          rows={graph.links}
          rowKey={({ from, to, kind, key }) => `${from} ${to} ${kind} ${key}`}
          empty={null}
          cells={(link) => [
            t(`kinds.${link.kind}`),
            <IdChip key="from" id={link.from} href={`/players/${link.from}`} />,
            <IdChip key="to" id={link.to} href={`/players/${link.to}`} />,
            <span key="key" className="font-mono text-xs text-ink-muted">
              {link.key}
            </span>,
            t("of", { count: link.accounts }),
          ]}
        />
      </Section>
    </>
  );
}
