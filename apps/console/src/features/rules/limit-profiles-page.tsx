"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ProfileDialog } from "#features/rules/profile-dialog.tsx";
import { VersionHeading } from "#features/rules/version-heading.tsx";
import { type OutputOf, read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { Button } from "#ui/button.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { Money } from "#ui/money.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { RecordList } from "#ui/record-list.tsx";
import { ScrollPage } from "#ui/scroll-page.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

export type ProfileView = OutputOf<"limitProfile.list">[number];

/** The house's own bounds, by profile: the version in force, those that come, those that were. */
export function LimitProfilesPage() {
  const t = useTranslations("rg.rules");
  const titles = useTranslations("rg.titles");
  const profiles = useQuery(read("limitProfile.list"));
  const names = [...new Set((profiles.data ?? []).map(({ profile }) => profile))];
  return (
    <ScrollPage>
      <PageHeader title={titles("limitProfiles")} summary={t("leadProfiles")} />
      <div className="max-w-5xl px-(--page-x) [&>section:first-child]:border-t-0">
        {profiles.data === undefined ? (
          profiles.error === null ? (
            <Skeleton className="h-96 rounded-md" />
          ) : (
            <FailureState failure={failureOf(profiles.error)} onRetry={() => void profiles.refetch()} />
          )
        ) : (
          names.map((name) => (
            <Profile key={name} versions={profiles.data.filter(({ profile }) => profile === name).toReversed()} />
          ))
        )}
      </div>
    </ScrollPage>
  );
}

function Profile({ versions }: { versions: readonly ProfileView[] }) {
  const t = useTranslations("rg.rules");
  const may = useMay("profile.propose");
  const [editing, setEditing] = useState(false);
  const [newest] = versions;
  if (newest === undefined) return null;
  return (
    <Section
      title={newest.profile}
      aside={
        may ? (
          <Button size="sm" onClick={() => setEditing(true)}>
            {t("edit")}
          </Button>
        ) : undefined
      }
    >
      <ul className="flex flex-col gap-4">
        {versions.map((version) => (
          <li key={version.version} className="min-w-0">
            <VersionHeading {...version} />
            <details open={version.standing === "CURRENT"} className="mt-1">
              <summary className="w-fit rounded-sm text-xs text-ink-muted hover:text-ink">{t("rulesField")}</summary>
              <Rows version={version} />
            </details>
          </li>
        ))}
      </ul>
      {editing && <ProfileDialog newest={newest} onClose={() => setEditing(false)} />}
    </Section>
  );
}

function Rows({ version }: { version: ProfileView }) {
  const t = useTranslations("rg.rules");
  return (
    <RecordList
      label={`${version.profile} ${t("version", { version: String(version.version) })}`}
      rows={version.rows}
      rowKey={(row) => JSON.stringify({ ...row, amount: "" })}
      empty={null}
      cells={(row) => [
        t(`measures.${row.measure}`),
        [row.country, row.playerId, row.category, row.game].filter((part) => part !== null).join(" · ") ||
          t("everybody"),
        <Money key="amount" amount={row.amount} currency={row.currency} />,
      ]}
    />
  );
}
