"use client";

import { useTranslations } from "use-intl";
import { Status } from "#ui/status.tsx";

export function ProviderState({ state }: { state: "OPEN" | "PAUSED" }) {
  const t = useTranslations("providers");
  return <Status tone={state === "OPEN" ? "good" : "warn"}>{t(state === "OPEN" ? "open" : "paused")}</Status>;
}
