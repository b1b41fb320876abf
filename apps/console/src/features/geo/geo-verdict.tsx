"use client";

import { useTranslations } from "use-intl";
import type { OutputOf } from "#lib/api.ts";
import type { Tone } from "#ui/badge.tsx";
import { Status } from "#ui/status.tsx";

export type GeoDecisionRow = OutputOf<"geo.list">["rows"][number];
export type GeoFinding = GeoDecisionRow["findings"][number];

const tones: Readonly<Record<GeoDecisionRow["verdict"], Tone>> = { ALLOW: "good", FLAG: "warn", REFUSE: "bad" };

export function GeoVerdict({ verdict }: Pick<GeoDecisionRow, "verdict">) {
  const words = useTranslations("words.geoVerdict");
  return <Status tone={tones[verdict]}>{words(verdict)}</Status>;
}
