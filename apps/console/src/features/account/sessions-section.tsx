"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Monitor, SquareTerminal } from "lucide-react";
import { useTranslations } from "use-intl";
import { keyOf, type OutputOf, read, write } from "#lib/api.ts";
import { describeAgent } from "#lib/describe-agent.ts";
import { failureOf } from "#lib/failure.ts";
import { toast } from "#lib/toasts.ts";
import { useFailureToast } from "#lib/use-failure-toast.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Empty } from "#ui/empty.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Status } from "#ui/status.tsx";
import { Time } from "#ui/time.tsx";

type Sessions = OutputOf<"account.sessions">;

export function SessionsSection() {
  const t = useTranslations("account.sessions");
  const client = useQueryClient();
  const failed = useFailureToast();
  const sessions = useQuery(read("account.sessions"));
  const done = () => client.invalidateQueries({ queryKey: keyOf("account.sessions") });
  const end = useMutation({ ...write("account.endSession"), onSuccess: done, onError: failed });
  const endAll = useMutation({
    ...write("account.signOutEverywhere"),
    onSuccess: ({ ended }) => {
      toast(t("ended", { count: ended }), { tone: "good" });
      return done();
    },
    onError: failed,
  });
  const live = sessions.data?.sessions.filter(({ state }) => state === "LIVE");
  return (
    <>
      <Section
        title={t("title")}
        aside={
          <Button
            size="sm"
            busy={endAll.isPending}
            disabled={live === undefined || live.length < 2}
            onClick={() => endAll.mutate({ keepThis: true })}
          >
            {t("endOthers")}
          </Button>
        }
      >
        {live === undefined ? (
          sessions.error === null ? (
            <Skeleton className="h-24 rounded-md" />
          ) : (
            <FailureState failure={failureOf(sessions.error)} onRetry={() => void sessions.refetch()} />
          )
        ) : (
          <ul className="flex flex-col divide-y divide-line">
            {live.map((session) => (
              <SessionRow
                key={session.sessionId}
                session={session}
                busy={end.isPending && end.variables.sessionId === session.sessionId}
                onEnd={() => end.mutate({ sessionId: session.sessionId })}
              />
            ))}
          </ul>
        )}
      </Section>
      <Section title={t("attempts")}>
        <Attempts attempts={sessions.data?.signIns} />
      </Section>
    </>
  );
}

interface SessionRowProps {
  readonly session: Sessions["sessions"][number];
  readonly busy: boolean;
  readonly onEnd: () => void;
}

function SessionRow({ session, busy, onEnd }: SessionRowProps) {
  const t = useTranslations("account.sessions");
  const Icon = session.channel === "cli" ? SquareTerminal : Monitor;
  return (
    <li className="flex min-h-12 items-center gap-3 py-1.5">
      <Icon aria-hidden className="size-4 shrink-0 text-ink-muted" />
      <div className="min-w-0 flex-1">
        <div className="flex items-center gap-2">
          <span className="truncate font-medium">{describeAgent(session.userAgent) ?? t("unknownDevice")}</span>
          {session.current && <Badge tone="accent">{t("here")}</Badge>}
        </div>
        <div className="flex flex-wrap gap-x-3 text-xs text-ink-muted">
          {session.ip !== null && <span className="font-mono">{session.ip}</span>}
          <span>
            {t("lastSeen")} <Time at={session.lastSeenAt} relative />
          </span>
          <span>
            {t("endsAt")} <Time at={session.endsAt} precision="minute" short />
          </span>
        </div>
      </div>
      {!session.current && (
        <Button size="sm" look="quiet" busy={busy} onClick={onEnd}>
          {t("end")}
        </Button>
      )}
    </li>
  );
}

function Attempts({ attempts }: { attempts: Sessions["signIns"] | undefined }) {
  const t = useTranslations("account.sessions");
  if (attempts === undefined) return <Skeleton className="h-24 rounded-md" />;
  if (attempts.length === 0) return <Empty title={t("noAttempts")} className="py-6" />;
  return (
    <ul className="flex flex-col divide-y divide-line">
      {attempts.map((attempt) => (
        <li key={`${attempt.at} ${attempt.outcome}`} className="flex min-h-8.5 flex-wrap items-center gap-x-4 py-1">
          <Status
            tone={attempt.outcome === "SIGNED_IN" ? "good" : attempt.outcome === "PASSWORD" ? "neutral" : "warn"}
            className="w-44"
          >
            {t.has(`outcomes.${attempt.outcome as "WRONG"}`)
              ? t(`outcomes.${attempt.outcome as "WRONG"}`)
              : attempt.outcome}
          </Status>
          <Time at={attempt.at} short />
          <span className="font-mono text-xs text-ink-muted">{attempt.ip}</span>
          <span className="min-w-0 truncate text-xs text-ink-muted">{describeAgent(attempt.userAgent)}</span>
        </li>
      ))}
    </ul>
  );
}
