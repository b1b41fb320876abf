"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import type { PlayerRgView } from "#features/rg/player-rg.tsx";
import { TightenDialog } from "#features/rg/tighten-dialog.tsx";
import { useMay } from "#lib/reader.tsx";
import { Button } from "#ui/button.tsx";
import { Money } from "#ui/money.tsx";
import { RecordList } from "#ui/record-list.tsx";
import { Section } from "#ui/section.tsx";
import { Time } from "#ui/time.tsx";

/** Limits that hold, with what is used of each, and those that cool off. */
export function PlayerLimits({ rg }: { rg: PlayerRgView }) {
  const t = useTranslations("rg.player");
  const act = useTranslations("rg.act");
  const kinds = useTranslations("rg.limitKinds");
  const periods = useTranslations("rg.periods");
  const states = useTranslations("rg.limitStates");
  const may = useMay("rg.act");
  const [tightening, setTightening] = useState(false);
  const { limits } = rg;
  return (
    <Section
      title={t("limits")}
      aside={
        may ? (
          <Button size="sm" onClick={() => setTightening(true)}>
            {act("tighten")}
          </Button>
        ) : undefined
      }
    >
      <RecordList
        label={t("limits")}
        rows={limits.limits}
        rowKey={(row) => `${row.limitId ?? "law"} ${row.kind} ${row.period} ${row.currency ?? ""}`}
        empty={<p className="text-ink-muted">{t("noLimits")}</p>}
        cells={(row) => [
          `${kinds(row.kind)} ${periods(row.period)}`,
          <Amount key="amount" amount={row.amount} currency={row.currency} />,
          <span key="used" className="text-ink-muted">
            {t("used", { used: row.used, amount: row.amount })}
          </span>,
          row.byLaw ? t("byLaw") : "",
          row.resetsAt === null ? (
            ""
          ) : (
            <span key="resets" className="text-xs text-ink-muted">
              {t("resets")} <Time at={row.resetsAt} short />
            </span>
          ),
        ]}
      />
      {limits.waiting.length > 0 && (
        <ul className="mt-2 flex flex-col gap-1 text-ink-muted">
          {limits.waiting.map((row) => (
            <li key={row.limitId}>
              {kinds(row.kind)} {periods(row.period)}.{" "}
              {t("waits", {
                amount: row.amount === null ? t("none") : `${row.amount} ${row.currency ?? ""}`,
                state: states(row.status),
              })}
              , {t("readyAt")} <Time at={row.readyAt} short />
            </li>
          ))}
        </ul>
      )}
      <TightenDialog playerId={rg.playerId} open={tightening} onClose={() => setTightening(false)} />
    </Section>
  );
}

function Amount({ amount, currency }: { amount: string; currency: string | null }) {
  const t = useTranslations("rg.player");
  return currency === null ? (
    <span className="tabular">{t("minutes", { count: amount })}</span>
  ) : (
    <Money amount={amount} currency={currency} />
  );
}
