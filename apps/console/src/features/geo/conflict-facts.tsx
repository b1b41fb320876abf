"use client";

import { useTranslations } from "use-intl";
import { type GeoDecisionRow, type GeoFinding, GeoVerdict } from "#features/geo/geo-verdict.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { RecordList } from "#ui/record-list.tsx";
import { Time } from "#ui/time.tsx";

export function ConflictFacts({ decision }: { decision: GeoDecisionRow }) {
  const t = useTranslations("rg.conflicts");
  const words = useTranslations("words");
  const { playerId, occasion, jurisdiction, packVersion, ruleVersion, ip, position, inputs } = decision;
  const told = (value: string | boolean | null | undefined) => (value == null ? t("unknown") : String(value));
  return (
    <KeyValues
      items={[
        { label: t("columns.verdict"), value: <GeoVerdict verdict={decision.verdict} /> },
        { label: t("columns.at"), value: <Time at={decision.at} /> },
        { label: t("columns.player"), value: <IdChip id={playerId} href={`/players/${playerId}`} /> },
        { label: t("columns.occasion"), value: words(`geoOccasion.${occasion}`) },
        { label: t("columns.jurisdiction"), value: `${jurisdiction} v${packVersion}` },
        { label: t("ruleVersion"), value: ruleVersion },
        { label: t("columns.ip"), value: ip === null ? t("unknown") : <span className="font-mono text-xs">{ip}</span> },
        { label: t("ipCountry"), value: told(inputs["ipCountry"]) },
        { label: t("hides"), value: told(inputs["hides"]) },
        { label: t("deviceCountry"), value: told(inputs["deviceCountry"]) },
        {
          label: t("position"),
          value: position === null ? t("unknown") : `${position.latitude}°, ${position.longitude}°`,
        },
        { label: t("documentCountry"), value: told(inputs["documentCountry"]) },
        { label: t("accountCountry"), value: told(inputs["accountCountry"]) },
      ]}
    />
  );
}

/** What the rules found, the strictest first. */
export function Findings({ findings }: { findings: readonly GeoFinding[] }) {
  const t = useTranslations("rg.conflicts");
  const words = useTranslations("words.geoRule");
  return (
    <RecordList
      label={t("findings")}
      rows={findings}
      rowKey={(row) => `${row.rule} ${row.about}`}
      empty={<p className="text-ink-muted">{t("nothingFound")}</p>}
      cells={(row) => [
        words(row.rule),
        <span key="about" className="font-mono text-xs">
          {row.about}
        </span>,
        <GeoVerdict key="verdict" verdict={row.verdict} />,
      ]}
    />
  );
}
