"use client";

import { useTranslations } from "use-intl";
import type { OutputOf } from "#lib/api.ts";
import { Status } from "#ui/status.tsx";
import { Time } from "#ui/time.tsx";

type Freshness = OutputOf<"report.figures">["freshness"];

/** Batches of events that reports may be behind before it is worth a colour. */
const few = 50n;

/** How far reports have come; every page of them says it. */
export function FreshnessNote({ freshness }: { freshness: Freshness }) {
  const t = useTranslations("reports");
  const behind = BigInt(freshness.behind);
  return (
    <Status tone={behind > few ? "warn" : "good"} className="text-xs text-ink-muted">
      {behind === 0n ? t("fresh") : t("behind", { count: Number(behind) })}
      {freshness.at !== null && (
        <>
          {" · "}
          <Time at={freshness.at} short />
        </>
      )}
    </Status>
  );
}
