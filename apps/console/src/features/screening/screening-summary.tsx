"use client";

import { useTranslations } from "use-intl";
import type { OutputOf } from "#lib/api.ts";

/** How many wait, and how far the run over all players is. */
export function ScreeningSummary({ status }: { status: OutputOf<"screening.status"> }) {
  const t = useTranslations("screening.summary");
  const { run, open, lists } = status;
  return (
    <span className="flex flex-wrap gap-x-3">
      <span className={open > 0 ? "text-warn" : undefined}>{t("open", { count: open })}</span>
      {run?.state === "RUNNING" && (
        <span role="status">{t("running", { done: run.done, total: Math.max(run.total, run.done) })}</span>
      )}
      {lists.length === 0 && <span className="text-bad">{t("noLists")}</span>}
    </span>
  );
}
