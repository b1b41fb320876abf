"use client";

import { useTranslations } from "use-intl";
import type { OutputOf } from "#lib/api.ts";
import type { Tone } from "#ui/badge.tsx";
import { Empty } from "#ui/empty.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { RecordList } from "#ui/record-list.tsx";
import { Status } from "#ui/status.tsx";
import { Time } from "#ui/time.tsx";

type Detail = OutputOf<"provider.show">;
export type Health = Detail["health"];

const tones: Readonly<Record<Health["circuit"], Tone>> = { CLOSED: "good", OPEN: "bad", PROBATION: "warn" };

export function CircuitStatus({ circuit }: Pick<Health, "circuit">) {
  const t = useTranslations("providers.circuit");
  return (
    <Status tone={tones[circuit]} open={circuit === "PROBATION"}>
      {t(circuit)}
    </Status>
  );
}

/** Within which time half of the calls, and 95 of 100, were answered. */
export function useLatency(): (health: Health, share: "p50Ms" | "p95Ms") => string {
  const t = useTranslations("providers.health");
  return (health, share) => {
    const ms = health[share];
    if (health.calls === 0) return "–";
    return ms === null ? t("over", { ms: "5000" }) : t("within", { ms: String(ms) });
  };
}

/** How its calls are at the moment, and what its circuit makes of them. */
export function HealthFacts({ provider }: { provider: Detail }) {
  const t = useTranslations("providers.health");
  const latency = useLatency();
  const { health, policy } = provider;
  const rules = policy.circuit;
  const opensAt = [
    t("atFaulty", { percent: String(rules.faultyPercent) }),
    t("atSlow", { percent: String(rules.slowPercent), ms: String(rules.slowMs) }),
    ...(rules.silentSeconds === null ? [] : [t("atSilent", { seconds: String(rules.silentSeconds) })]),
  ];
  return (
    <KeyValues
      items={[
        {
          label: t("circuit"),
          value: (
            <span className="flex flex-wrap items-center gap-x-3">
              <CircuitStatus circuit={health.circuit} />
              {health.since !== null && <Time at={health.since} relative />}
            </span>
          ),
        },
        { label: t("opensAt"), value: rules.watched ? opensAt.join("; ") : t("notWatched") },
        {
          label: t("lasts"),
          value: t("lastsText", { open: String(rules.openSeconds), probation: String(rules.probationSeconds) }),
        },
        { label: t("calls"), value: health.calls },
        { label: t("refused"), value: health.refused },
        { label: t("faulty"), value: health.faulty },
        { label: t("house"), value: health.house },
        { label: t("slow"), value: health.slow },
        { label: t("strangers"), value: health.strangers },
        { label: t("p50"), value: latency(health, "p50Ms") },
        { label: t("p95"), value: latency(health, "p95Ms") },
        { label: t("calledAt"), value: health.calledAt === null ? t("never") : <Time at={health.calledAt} /> },
      ]}
    />
  );
}

export function CircuitSteps({ circuitSteps }: Pick<Detail, "circuitSteps">) {
  const t = useTranslations("providers");
  return (
    <RecordList
      label={t("health.steps")}
      rows={circuitSteps}
      rowKey={({ at, to }) => `${at} ${to}`}
      empty={<Empty title={t("health.noSteps")} />}
      cells={({ to, why, at }) => [
        <CircuitStatus key="to" circuit={to} />,
        why === null ? "" : t(`cause.${why.cause}`, { bad: String(why.bad), calls: String(why.calls) }),
        <Time key="at" at={at} short />,
      ]}
    />
  );
}
