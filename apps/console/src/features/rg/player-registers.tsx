"use client";

import { useTranslations } from "use-intl";
import type { PlayerRgView } from "#features/rg/player-rg.tsx";
import { RecordList } from "#ui/record-list.tsx";
import { Section } from "#ui/section.tsx";
import { Time } from "#ui/time.tsx";

/** What registers of self-excluded people said of the player, newest first. */
export function PlayerRegisters({ rg }: { rg: PlayerRgView }) {
  const t = useTranslations("rg.registers");
  return (
    <Section title={t("title")}>
      <RecordList
        label={t("title")}
        rows={rg.registerChecks}
        rowKey={(row) => `${row.at} ${row.register}`}
        empty={<p className="text-ink-muted">{t("none")}</p>}
        cells={(row) => [
          <span key="outcome" className={row.outcome === "CLEAR" ? undefined : "text-bad"}>
            {t(`outcomes.${row.outcome}`)}
          </span>,
          row.register,
          t(`occasions.${row.occasion}`),
          <Time key="at" at={row.at} short />,
          row.reference === null ? (
            ""
          ) : (
            <span key="reference" className="font-mono text-xs">
              {row.reference}
            </span>
          ),
        ]}
      />
    </Section>
  );
}
