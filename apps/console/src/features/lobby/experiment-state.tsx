"use client";

import { useTranslations } from "use-intl";
import { Status } from "#ui/status.tsx";

export function ExperimentState({ state }: { state: "RUNNING" | "STOPPED" }) {
  const t = useTranslations("lobby.states");
  return <Status tone={state === "RUNNING" ? "good" : "neutral"}>{t(state)}</Status>;
}
