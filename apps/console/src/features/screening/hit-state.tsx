"use client";

import type { HitState as Code } from "@pitboss/domain/compliance/screening/hit-machine";
import { useTranslations } from "use-intl";
import type { OutputOf } from "#lib/api.ts";
import type { Tone } from "#ui/badge.tsx";
import { Status } from "#ui/status.tsx";

export type HitRow = OutputOf<"screening.hits">["rows"][number];
export type HitDetail = OutputOf<"screening.hit">;
export type HitDetails = NonNullable<HitDetail["details"]>;

export const hitTones: Readonly<Record<Code, Tone>> = {
  OPEN: "warn",
  FALSE_POSITIVE: "good",
  TRUE_POSITIVE: "bad",
  GONE: "neutral",
};

export function HitState({ state }: { state: Code }) {
  const words = useTranslations("words.hitState");
  return (
    <Status tone={hitTones[state]} open={state === "OPEN"}>
      {words(state)}
    </Status>
  );
}

/** Points of 1000. */
export function Score({ points }: { points: number }) {
  return <span className="tabular">{points}</span>;
}
