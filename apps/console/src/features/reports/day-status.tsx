"use client";

import { useTranslations } from "use-intl";
import { Status } from "#ui/status.tsx";

export function DayStatus({ status }: { status: "TIED" | "OFF" }) {
  const t = useTranslations("reports.days");
  return status === "TIED" ? <Status tone="good">{t("tied")}</Status> : <Status tone="bad">{t("off")}</Status>;
}
