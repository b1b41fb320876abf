"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Currency, currencies } from "@pitboss/domain/wallet/currency";
import { useTranslations } from "use-intl";
import { GeoVerdict } from "#features/geo/geo-verdict.tsx";
import { type OutputOf, read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { FailureNotice } from "#ui/failure-notice.tsx";
import { FormField } from "#ui/form-field.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Money } from "#ui/money.tsx";
import { RecordList } from "#ui/record-list.tsx";
import { Section } from "#ui/section.tsx";
import { Select } from "#ui/select.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";

const codes = Object.keys(currencies) as Currency[];

/** Why this player may bet as much as they may on one game. */
export function ExplainLimits({ playerId }: { playerId: string }) {
  const t = useTranslations("rg.explain");
  const games = useQuery(read("bet.games"));
  const [chosen, setGame] = useState<string>();
  const [currency, setCurrency] = useState<Currency>("EUR");
  const choices = (games.data ?? []).map(({ gameId, name }) => ({ value: gameId, label: name }));
  const game = chosen ?? choices[0]?.value;
  const explained = useQuery({
    ...read("limitProfile.explain", { playerId, game: game ?? "", currency }),
    enabled: game !== undefined,
    retry: false,
  });
  return (
    <Section title={t("title")}>
      <p className="mb-3 text-ink-muted">{t("lead")}</p>
      <div className="mb-3 grid max-w-xl grid-cols-1 gap-3 sm:grid-cols-2">
        <FormField label={t("game")}>
          <Select value={game} onChange={setGame} choices={choices} />
        </FormField>
        <FormField label={t("currency")}>
          <Select value={currency} onChange={setCurrency} choices={codes.map((value) => ({ value, label: value }))} />
        </FormField>
      </div>
      {explained.data !== undefined ? (
        <Explained explained={explained.data} />
      ) : explained.error === null ? (
        <Skeleton className="h-24 rounded-md" />
      ) : (
        <FailureNotice failure={failureOf(explained.error)} />
      )}
    </Section>
  );
}

function Explained({ explained }: { explained: OutputOf<"limitProfile.explain"> }) {
  const t = useTranslations("rg.explain");
  const { refusal, location } = explained;
  return (
    <>
      <KeyValues
        items={[
          { label: t("maxBet"), value: <Money amount={explained.maxBet} currency={explained.currency} /> },
          ...(explained.fits === explained.maxBet
            ? []
            : [{ label: t("fits"), value: <Money amount={explained.fits} currency={explained.currency} /> }]),
          ...(location === null ? [] : [{ label: t("location"), value: <LastPlace location={location} /> }]),
        ]}
      />
      {refusal !== null && <p className="my-2 text-bad">{t("refused", { rule: refusal.rule })}</p>}
      <RecordList
        label={t("title")}
        rows={explained.bounds}
        rowKey={(row) => `${row.source} ${row.what} ${row.version ?? ""}`}
        empty={null}
        cells={(row) => [
          t(`sources.${row.source}`),
          row.what,
          <span key="limit" className="tabular">
            {row.limit}
          </span>,
          row.counted === null ? "" : t("counted", { counted: row.counted }),
          <span key="version" className="text-xs text-ink-muted">
            {row.version}
          </span>,
        ]}
      />
    </>
  );
}

function LastPlace({ location }: { location: NonNullable<OutputOf<"limitProfile.explain">["location"]> }) {
  const { facts, verdict, findings, at } = location;
  const told = [facts.ipCountry, facts.deviceCountry, facts.documentCountry].filter((one) => one !== null);
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <GeoVerdict verdict={verdict} />
      <span>{findings[0]?.about ?? [...new Set(told)].join(", ")}</span>
      <Time at={at} short />
    </span>
  );
}
