"use client";

import { useQuery } from "@tanstack/react-query";
import { permissionRow } from "@pitboss/domain/identity/permissions";
import { useTranslations } from "use-intl";
import { useRoleNames } from "#features/identity/role-names.ts";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { FailureNotice } from "#ui/failure-notice.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";

/** Why this player was refused: what may be said to them, and for whoever decides all that the rule looked at. */
export function PlayerDenials({ playerId }: { playerId: string }) {
  const t = useTranslations("rg.denials");
  const roleNames = useRoleNames();
  const may = useMay("denial.explain");
  const denials = useQuery(read("player.denials", { playerId }));
  return (
    <Section title={t("title")}>
      {!may && (
        <p className="mb-2 text-xs text-ink-faint">
          {t("onlyFor", { roles: roleNames(permissionRow("denial.explain").roles) })}
        </p>
      )}
      {denials.data === undefined ? (
        denials.error === null ? (
          <Skeleton className="h-16 rounded-md" />
        ) : (
          <FailureNotice failure={failureOf(denials.error)} />
        )
      ) : denials.data.length === 0 ? (
        <p className="text-ink-muted">{t("none")}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {denials.data.map((denial) => (
            <li key={denial.denialId} className="min-w-0 py-2">
              <div className="flex flex-wrap items-baseline justify-between gap-x-3">
                <span>
                  {denial.sentence} <span className="text-xs text-ink-muted">{t("readable")}</span>
                </span>
                <Time at={denial.at} precision="minute" className="text-xs text-ink-muted" />
              </div>
              {denial.full !== null && (
                <div className="font-mono text-xs wrap-anywhere text-ink-muted">
                  {denial.command} · {denial.full.rule} v{denial.full.ruleVersion} ·{" "}
                  {Object.entries(denial.full.inputs)
                    .map(([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`)
                    .join("  ")}
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
