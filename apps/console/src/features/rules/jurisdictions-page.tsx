"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ChangesTable } from "#features/rules/changes-table.tsx";
import { PackDialog } from "#features/rules/pack-dialog.tsx";
import { VersionHeading } from "#features/rules/version-heading.tsx";
import { type OutputOf, read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { Button } from "#ui/button.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { JsonView } from "#ui/json-view.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ScrollPage } from "#ui/scroll-page.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

export type PackView = OutputOf<"jurisdiction.list">[number];

/** What each jurisdiction asks for: the version in force, those that come, those that were. */
export function JurisdictionsPage() {
  const t = useTranslations("rg.rules");
  const titles = useTranslations("rg.titles");
  const packs = useQuery(read("jurisdiction.list"));
  const codes = [...new Set((packs.data ?? []).map(({ code }) => code))];
  return (
    <ScrollPage>
      <PageHeader title={titles("jurisdictions")} summary={t("leadPacks")} />
      <div className="max-w-5xl px-(--page-x) [&>section:first-child]:border-t-0">
        {packs.data === undefined ? (
          packs.error === null ? (
            <Skeleton className="h-96 rounded-md" />
          ) : (
            <FailureState failure={failureOf(packs.error)} onRetry={() => void packs.refetch()} />
          )
        ) : (
          codes.map((code) => (
            <Jurisdiction
              key={code}
              code={code}
              versions={packs.data.filter((pack) => pack.code === code).toReversed()}
            />
          ))
        )}
      </div>
    </ScrollPage>
  );
}

function Jurisdiction({ code, versions }: { code: string; versions: readonly PackView[] }) {
  const t = useTranslations("rg.rules");
  const may = useMay("jurisdiction.propose");
  const [editing, setEditing] = useState(false);
  const [newest] = versions;
  if (newest === undefined) return null;
  return (
    <Section
      title={code}
      aside={
        may ? (
          <Button size="sm" onClick={() => setEditing(true)}>
            {t("edit")}
          </Button>
        ) : undefined
      }
    >
      <ul className="flex flex-col gap-4">
        {versions.map((pack) => (
          <li key={pack.version} className="min-w-0">
            <VersionHeading {...pack} />
            <p className="my-1 text-ink-muted">
              {t("countries")}: {pack.countries.length === 0 ? t("everywhere") : pack.countries.join(", ")}
            </p>
            {pack.changes.length > 0 && <ChangesTable changes={pack.changes} />}
            <details className="mt-1">
              <summary className="w-fit rounded-sm text-xs text-ink-muted hover:text-ink">{t("rulesField")}</summary>
              <JsonView value={pack.rules} label={`${code} ${t("version", { version: String(pack.version) })}`} />
            </details>
          </li>
        ))}
      </ul>
      {editing && <PackDialog newest={newest} onClose={() => setEditing(false)} />}
    </Section>
  );
}
