"use client";

import { permissionRow } from "@pitboss/domain/identity/permissions";
import { useQuery } from "@tanstack/react-query";
import { Check, KeyRound } from "lucide-react";
import { useTranslations } from "use-intl";
import { MemberActions } from "#features/staff/member-actions.tsx";
import { type StaffDetail, StaffFacts } from "#features/staff/staff-facts.tsx";
import { StaffStatus } from "#features/staff/staff-status.tsx";
import { read } from "#lib/api.ts";
import { describeAgent } from "#lib/describe-agent.ts";
import { failureOf } from "#lib/failure.ts";
import { DetailPage } from "#ui/detail-page.tsx";
import { Empty } from "#ui/empty.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { RecordList } from "#ui/record-list.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Status } from "#ui/status.tsx";
import { Time } from "#ui/time.tsx";

export function MemberPage({ staffId }: { staffId: string }) {
  const t = useTranslations("staff.detail");
  const titles = useTranslations("staff");
  const member = useQuery(read("staff.show", { staffId }));
  const parent = { label: titles("title"), href: "/staff" };
  const { data } = member;
  if (member.error !== null && data === undefined) {
    return (
      <>
        <PageHeader title={staffId} parent={parent} />
        <FailureState failure={failureOf(member.error)} onRetry={() => void member.refetch()} />
      </>
    );
  }
  return (
    <DetailPage
      header={
        <PageHeader
          parent={parent}
          title={data === undefined ? <Skeleton className="h-5 w-40" /> : data.name}
          badge={data === undefined ? undefined : <StaffStatus status={data.status} />}
          summary={<IdChip id={staffId} />}
          actions={data === undefined ? undefined : <MemberActions member={data} />}
        />
      }
      rail={
        <Section title={t("facts")}>
          {data === undefined ? <Skeleton className="h-56 rounded-md" /> : <StaffFacts member={data} />}
        </Section>
      }
    >
      <div className="px-(--page-x) [&>section:first-child]:border-t-0">
        {data === undefined ? <Skeleton className="my-4 h-64 rounded-md" /> : <Parts member={data} />}
      </div>
    </DetailPage>
  );
}

function Parts({ member }: { member: StaffDetail }) {
  const t = useTranslations("staff.detail");
  const states = useTranslations("words.sessionState");
  const outcomes = useTranslations("account.sessions.outcomes");
  return (
    <>
      <Section title={t("sessions")}>
        <RecordList
          label={t("sessions")}
          rows={member.sessions}
          rowKey={(row) => row.sessionId}
          empty={<Empty title={t("noSessions")} className="py-4" />}
          cells={(row) => [
            <Status key="state" tone={row.state === "LIVE" ? "good" : "neutral"}>
              {states(row.state)}
            </Status>,
            row.channel,
            <span key="ip" className="font-mono text-xs">
              {row.ip ?? "–"}
            </span>,
            describeAgent(row.userAgent) ?? "–",
            <Time key="at" at={row.lastSeenAt} short />,
          ]}
        />
      </Section>
      <Section title={t("may")}>
        {member.permissions.length === 0 ? (
          <Empty title={t("nothing")} className="py-4" />
        ) : (
          <ul className="grid gap-x-8 sm:grid-cols-2">
            {member.permissions.map((permission) => {
              const { means, stepUp } = permissionRow(permission);
              return (
                <li key={permission} className="flex gap-2 py-1">
                  <Check aria-hidden className="mt-0.5 size-3.5 shrink-0 text-good" />
                  <span className="min-w-0">
                    {means}
                    {stepUp && (
                      <KeyRound role="img" aria-label={t("stepUp")} className="ms-1.5 inline size-3 text-ink-faint" />
                    )}
                  </span>
                </li>
              );
            })}
          </ul>
        )}
      </Section>
      <Section title={t("signIns")}>
        <RecordList
          label={t("signIns")}
          rows={member.signIns}
          rowKey={(row) => `${row.at} ${row.outcome}`}
          empty={<Empty title={t("noSignIns")} className="py-4" />}
          cells={(row) => [
            <Status
              key="outcome"
              tone={row.outcome === "SIGNED_IN" ? "good" : row.outcome === "PASSWORD" ? "neutral" : "warn"}
            >
              {outcomes.has(row.outcome as "WRONG") ? outcomes(row.outcome as "WRONG") : row.outcome}
            </Status>,
            <span key="ip" className="font-mono text-xs">
              {row.ip ?? "–"}
            </span>,
            <Time key="at" at={row.at} short />,
          ]}
        />
      </Section>
    </>
  );
}
