"use client";

import { useTranslations } from "use-intl";
import { Measured } from "#features/monitoring/alert-state.tsx";
import type { OutputOf } from "#lib/api.ts";
import { IdChip } from "#ui/id-chip.tsx";
import { RecordList } from "#ui/record-list.tsx";
import { Time } from "#ui/time.tsx";

export interface DryRunSum {
  looked: number;
  hits: OutputOf<"aml.rules.dryRun">["hits"][number][];
  more: boolean;
}

/** More findings than this are read from a terminal. */
const most = 50;

/** Whom a rule would have hit. */
export function DryRunResult({ tried }: { tried: DryRunSum }) {
  const t = useTranslations("monitoring.rules");
  const players = new Set(tried.hits.map(({ playerId }) => playerId)).size;
  return (
    <div className="min-w-0">
      <p role="status" className="mb-1 font-medium">
        {t("found", { hits: tried.hits.length, players, looked: tried.looked })}
      </p>
      <RecordList
        label={t("dryRun")}
        rows={tried.hits.slice(0, most)}
        rowKey={({ playerId, happenedAt }) => `${playerId} ${happenedAt}`}
        empty={null}
        cells={(hit) => [
          <IdChip key="id" id={hit.playerId} href={`/players/${hit.playerId}`} />,
          hit.nickname,
          <Time key="at" at={hit.happenedAt} short />,
          <Measured key="measured" measured={hit.measured} />,
        ]}
      />
      {(tried.more || tried.hits.length > most) && <p className="text-xs text-ink-muted">{t("moreFound")}</p>}
    </div>
  );
}
