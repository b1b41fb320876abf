"use client";

import { useTranslations } from "use-intl";
import type { OutputOf } from "#lib/api.ts";
import type { Tone } from "#ui/badge.tsx";
import { Status } from "#ui/status.tsx";

type State = OutputOf<"recon.runs">["rows"][number]["state"];

export const runStates = ["RUNNING", "CLEAN", "BREAKS", "FAILED"] as const satisfies readonly State[];
const tones: Readonly<Record<State, Tone>> = { RUNNING: "accent", CLEAN: "good", BREAKS: "warn", FAILED: "bad" };

export function RunState({ state }: { state: State }) {
  const t = useTranslations("roundRecon.runs.states");
  return <Status tone={tones[state]}>{t(state)}</Status>;
}
