"use client";

import { useTranslations } from "use-intl";
import type { PlayerRgView } from "#features/rg/player-rg.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Money } from "#ui/money.tsx";
import { Section } from "#ui/section.tsx";
import { Time } from "#ui/time.tsx";

/** The newest session of play, as the player is shown it. */
export function PlayerClock({ clock }: Pick<PlayerRgView, "clock">) {
  const t = useTranslations("rg.player");
  const { startedAt, lastBetAt, running, netPosition, realityCheck } = clock;
  return (
    <Section title={t("clock")}>
      {startedAt === null || lastBetAt === null ? (
        <p className="text-ink-muted">{t("clockIdle")}</p>
      ) : (
        <KeyValues
          items={[
            {
              label: t(running ? "clockRunning" : "clockEnded"),
              value: (
                <span className="flex flex-wrap gap-x-3">
                  <Time at={running ? startedAt : lastBetAt} />
                  <span className="text-ink-muted">
                    {t("minutes", { count: String(clock.elapsedMinutes) })}, {t("bets", { count: clock.bets })}
                  </span>
                </span>
              ),
            },
            ...netPosition.map(({ currency, net, atStake }) => ({
              label: t("net"),
              value: (
                <span className="flex flex-wrap gap-x-3">
                  <Money amount={net} currency={currency} signed />
                  <span className="text-ink-muted">
                    {t("atStake")} <Money amount={atStake} currency={currency} />
                  </span>
                </span>
              ),
            })),
            {
              label: t("realityCheck"),
              value:
                realityCheck.everyMinutes === null
                  ? t("never")
                  : t("every", { count: String(realityCheck.everyMinutes) }),
            },
          ]}
        />
      )}
    </Section>
  );
}
