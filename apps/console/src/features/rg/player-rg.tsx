"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { PlayerClock } from "#features/rg/player-clock.tsx";
import { PlayerExclusions } from "#features/rg/player-exclusions.tsx";
import { PlayerRegisters } from "#features/rg/player-registers.tsx";
import { PlayerDenials } from "#features/rg/player-denials.tsx";
import { ExplainLimits } from "#features/rg/explain-limits.tsx";
import { PlayerInteractions } from "#features/rg/player-interactions.tsx";
import { PlayerLimits } from "#features/rg/player-limits.tsx";
import { AssignProfile } from "#features/rg/assign-profile.tsx";
import { type OutputOf, read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { FailureState } from "#ui/failure-state.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";

export type PlayerRgView = OutputOf<"rg.show">;

/** A player's limits and clocks, what keeps them from play, and what was said about it. */
export function PlayerRg({ playerId }: { playerId: string }) {
  const t = useTranslations("rg.player");
  const rg = useQuery(read("rg.show", { playerId }));
  if (rg.data === undefined) {
    return rg.error === null ? (
      <Skeleton className="m-4 h-96 rounded-md" />
    ) : (
      <FailureState failure={failureOf(rg.error)} onRetry={() => void rg.refetch()} />
    );
  }
  const { data } = rg;
  return (
    <div className="px-(--page-x) [&>section:first-child]:border-t-0">
      <Section title={t("standing")} aside={<AssignProfile playerId={playerId} profile={data.profile} />}>
        <Standing rg={data} />
      </Section>
      <PlayerLimits rg={data} />
      <PlayerExclusions rg={data} />
      <PlayerRegisters rg={data} />
      <PlayerClock clock={data.clock} />
      <ExplainLimits playerId={playerId} />
      <PlayerDenials playerId={playerId} />
      <PlayerInteractions playerId={playerId} />
    </div>
  );
}

function Standing({ rg }: { rg: PlayerRgView }) {
  const t = useTranslations("rg.player");
  const kinds = useTranslations("rg.kinds");
  const { block, jurisdiction } = rg;
  const kind = block === null ? "" : kinds.has(block.kind as "PANIC") ? kinds(block.kind as "PANIC") : block.kind;
  return (
    <KeyValues
      items={[
        {
          label: t("play"),
          value:
            block === null ? (
              t("open")
            ) : (
              <span className="text-bad">
                {block.until === null ? (
                  t("blocked", { kind })
                ) : (
                  <>
                    {t("blockedUntil", { kind })} <Time at={block.until} />
                  </>
                )}
              </span>
            ),
        },
        { label: t("jurisdiction"), value: `${jurisdiction.code} v${jurisdiction.version}` },
        { label: t("level"), value: String(rg.kycLevel) },
        { label: t("profile"), value: rg.profile },
      ]}
    />
  );
}
