"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { RuleDesk } from "#features/monitoring/rules-page.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { FailureState } from "#ui/failure-state.tsx";
import { JsonView } from "#ui/json-view.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";

/** Every version of a rule, the newest first; read once somebody asks. */
export function RuleVersions({ desk, code }: { desk: RuleDesk; code: string }) {
  const t = useTranslations("monitoring.rules");
  const [open, setOpen] = useState(false);
  const versions = useQuery({ ...read(`${desk}.rules.versions`, { code }), enabled: open });
  return (
    <details className="mt-2" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="w-fit rounded-sm text-xs text-ink-muted hover:text-ink">{t("versions")}</summary>
      {!open ? null : versions.data === undefined ? (
        versions.error === null ? (
          <Skeleton className="mt-2 h-24 rounded-md" />
        ) : (
          <FailureState failure={failureOf(versions.error)} onRetry={() => void versions.refetch()} />
        )
      ) : (
        <ol className="mt-2 flex flex-col gap-3">
          {versions.data.map(({ code: _code, version, setAt, setBy, why, ...body }) => (
            <li key={version} className="min-w-0">
              <p className="mb-1 flex flex-wrap gap-x-3">
                <span className="font-medium">{t("versionOf", { version })}</span>
                <span className="text-ink-muted">
                  <Time at={setAt} /> · {setBy} · {why}
                </span>
              </p>
              <JsonView value={body} label={t("versionOf", { version })} />
            </li>
          ))}
        </ol>
      )}
    </details>
  );
}
