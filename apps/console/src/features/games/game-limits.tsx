"use client";

import { useTranslations } from "use-intl";
import type { GameDetail } from "#features/games/game-facts.tsx";
import { Money } from "#ui/money.tsx";
import { RecordList } from "#ui/record-list.tsx";
import { Section } from "#ui/section.tsx";
import { Status } from "#ui/status.tsx";

const tones = { FITS: "good", WIDER_THAN_PROVIDER: "warn", NOT_OFFERED: "neutral" } as const;

/** The house's own stakes beside what the provider allows, so that one that the provider would refuse is seen. */
export function GameLimits({ game }: { game: GameDetail }) {
  const t = useTranslations("games.limits");
  return (
    <>
      <Section title={t("ours")}>
        <RecordList
          label={t("ours")}
          rows={Object.entries(game.limits)}
          rowKey={([currency]) => currency}
          empty={<p className="text-ink-muted">{t("noStakes")}</p>}
          cells={([currency, { min, max }]) => [
            currency,
            <Money key="min" amount={min} currency={currency} />,
            <Money key="max" amount={max} currency={currency} />,
          ]}
        />
      </Section>
      <Section title={t("theirs")}>
        <RecordList
          label={t("theirs")}
          rows={game.fits}
          rowKey={({ limit, currency }) => `${limit} ${currency}`}
          empty={<p className="text-ink-muted">{t("none")}</p>}
          cells={({ limit, currency, min, max, fit }) => [
            limit,
            <Money key="min" amount={min} currency={currency} />,
            <Money key="max" amount={max} currency={currency} />,
            <Status key="fit" tone={tones[fit]}>
              {t(`fits.${fit}`)}
            </Status>,
          ]}
        />
      </Section>
    </>
  );
}
