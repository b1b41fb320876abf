"use client";

import { useTranslations } from "use-intl";
import { type HitDetail, HitState, Score } from "#features/screening/hit-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Time } from "#ui/time.tsx";

export function HitFacts({ hit }: { hit: HitDetail }) {
  const t = useTranslations("screening.detail");
  const topics = useTranslations("words.listTopic");
  const sources = useTranslations("words.listSource");
  const { decision } = hit;
  return (
    <KeyValues
      items={[
        { label: t("state"), value: <HitState state={hit.state} /> },
        { label: t("score"), value: <Score points={hit.score} /> },
        { label: t("player"), value: <IdChip id={hit.playerId} href={`/players/${hit.playerId}`} /> },
        { label: t("nickname"), value: hit.nickname },
        { label: t("list"), value: `${sources(hit.source)} · ${hit.ref}` },
        { label: t("topic"), value: topics(hit.topic) },
        { label: t("found"), value: <Time at={hit.foundAt} /> },
        ...(decision === null
          ? []
          : [
              { label: t("decidedBy"), value: decision.by },
              { label: t("decidedAt"), value: <Time at={decision.at} /> },
              { label: t("reason"), value: decision.reason },
            ]),
        ...(hit.expiresAt === null
          ? []
          : [{ label: t("until"), value: <Time at={hit.expiresAt} precision="minute" /> }]),
      ]}
    />
  );
}

/** The entry as its list has it. */
export function EntryFacts({ hit }: { hit: HitDetail }) {
  const t = useTranslations("screening.entry");
  const { entry } = hit;
  const births = entry.births.map(({ year, spread, day }) =>
    day === null ? (spread === 0 ? String(year) : `${year} ± ${spread}`) : `${year}-${day}`,
  );
  const lines = (values: readonly string[]) =>
    values.length === 0 ? (
      "–"
    ) : (
      <ul className="flex flex-col gap-0.5">
        {[...new Set(values)].map((value) => (
          <li key={value} className="wrap-anywhere">
            {value}
          </li>
        ))}
      </ul>
    );
  return (
    <KeyValues
      items={[
        { label: t("names"), value: lines(entry.names.map(({ full }) => full)) },
        { label: t("births"), value: lines(births) },
        { label: t("countries"), value: lines(entry.countries) },
        { label: t("gender"), value: entry.gender ?? "–" },
        { label: t("programs"), value: lines(entry.programs) },
        { label: t("wallets"), value: lines(entry.wallets.map(({ asset, address }) => `${asset} ${address}`)) },
        { label: t("remarks"), value: entry.remarks === "" ? "–" : entry.remarks },
      ]}
    />
  );
}
