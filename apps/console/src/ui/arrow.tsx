"use client";

import { useTranslations } from "use-intl";

/** Between what was and what it becomes. */
export function Arrow() {
  const t = useTranslations("kit");
  return (
    <>
      <span aria-hidden>→</span>
      <span className="sr-only">{t("becomes")}</span>
    </>
  );
}
