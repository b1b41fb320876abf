"use client";

import { useTranslations } from "use-intl";
import type { Tone } from "#ui/badge.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { Status } from "#ui/status.tsx";
import { Time } from "#ui/time.tsx";

interface VersionHeadingProps {
  readonly version: number;
  readonly standing: "PAST" | "CURRENT" | "FUTURE";
  readonly effectiveFrom: string;
  readonly approvalId: string | null;
}

const tones: Readonly<Record<VersionHeadingProps["standing"], Tone>> = {
  PAST: "neutral",
  CURRENT: "good",
  FUTURE: "accent",
};

export function VersionHeading({ version, standing, effectiveFrom, approvalId }: VersionHeadingProps) {
  const t = useTranslations("rg.rules");
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <span className="font-medium">{t("version", { version: String(version) })}</span>
      <Status tone={tones[standing]} open={standing === "FUTURE"}>
        {t(`standings.${standing}`)}
      </Status>
      <span className="text-ink-muted">
        {t("from")} <Time at={effectiveFrom} />
      </span>
      {approvalId === null ? (
        <span className="text-xs text-ink-muted">{t("founding")}</span>
      ) : (
        <IdChip id={approvalId} href={`/approvals/${approvalId}`} />
      )}
    </div>
  );
}
