"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { type OutputOf, read } from "#lib/api.ts";
import { useReader } from "#lib/reader.tsx";
import { Stat } from "#ui/stat.tsx";
import { Time } from "#ui/time.tsx";

type Health = OutputOf<"system.health">;

/** How the house is doing, in four figures; all of them are lags, so zero is good. */
export function HouseStats() {
  const t = useTranslations("overview.house");
  const reader = useReader();
  const health = useQuery({
    ...read("system.health"),
    refetchInterval: 10_000,
    enabled: reader.permissions.has("system.read"),
  });
  const me = useQuery(read("account.me"));
  const { data } = health;
  return (
    <div className="mx-(--page-x) grid grid-cols-2 border-t border-line lg:grid-cols-4 lg:divide-x lg:divide-line">
      <Stat label={t("approvals")} value={me.data?.waitingApprovals} hint={t("approvalsHint")} />
      <Stat
        label={t("events")}
        value={data === undefined ? undefined : t("behind", { count: slowest(data) })}
        hint={data === undefined ? "" : t("consumers", { count: data.events.consumers.length })}
      />
      <Stat
        label={t("ledger")}
        value={data === undefined ? undefined : t("behind", { count: Number(data.seals.behind) })}
        hint={data?.seals.sealedAt == null ? t("neverSealed") : <Sealed at={data.seals.sealedAt} />}
      />
      <Stat
        label={t("audit")}
        value={data === undefined ? undefined : t("behind", { count: data.audit.unsealed })}
        hint={data?.audit.checkpointAt == null ? t("neverSealed") : <Sealed at={data.audit.checkpointAt} />}
      />
    </div>
  );
}

function Sealed({ at }: { at: string }) {
  const t = useTranslations("overview.house");
  return (
    <span>
      {t("sealed")} <Time at={at} relative />
    </span>
  );
}

/** How many positions the slowest reader of events is behind. */
function slowest({ events }: Health): number {
  return Math.max(0, ...events.consumers.map(({ behind }) => Number(behind)));
}
