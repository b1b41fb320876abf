"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { permissionRow } from "@pitboss/domain/identity/permissions";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { useRoleNames } from "#features/identity/role-names.ts";
import { keyOf, type OutputOf, read, write } from "#lib/api.ts";
import { describeAgent } from "#lib/describe-agent.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { Empty } from "#ui/empty.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { Reason } from "#ui/reason.tsx";
import { RecordList } from "#ui/record-list.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Status } from "#ui/status.tsx";
import { Time } from "#ui/time.tsx";

type Access = OutputOf<"player.access">;
/** All of them, or one by its id. */
type Ending = { readonly sessionId: string | null };

const stateTones = { LIVE: "good", IDLE: "neutral", EXPIRED: "neutral", REVOKED: "neutral" } as const;

/** Where a player comes from: sessions, devices, games that are open, sign-ins. */
export function PlayerAccess({ playerId }: { playerId: string }) {
  const t = useTranslations("players.access");
  const client = useQueryClient();
  const access = useQuery(read("player.access", { playerId }));
  const may = useMay("player.sign-out");
  const roleNames = useRoleNames();
  const [ending, setEnding] = useState<Ending>();
  const end = useMutation({
    ...write("player.signOut"),
    onSuccess: async () => {
      setEnding(undefined);
      toast(t("ended"), { tone: "good" });
      await client.invalidateQueries({ queryKey: keyOf("player.access") });
    },
  });
  const { data } = access;
  if (data === undefined) {
    return access.error === null ? (
      <Skeleton className="m-6 h-64 rounded-md" />
    ) : (
      <FailureState failure={failureOf(access.error)} onRetry={() => void access.refetch()} />
    );
  }
  const why = may ? undefined : t("onlyFor", { roles: roleNames(permissionRow("player.sign-out").roles) });
  const ask = (sessionId: string | null) => {
    end.reset();
    setEnding({ sessionId });
  };
  return (
    <div className="px-(--page-x) [&>section:first-child]:border-t-0">
      <Sessions sessions={data.sessions} why={why} onEnd={ask} />
      <Devices devices={data.devices} />
      <Section title={t("games")}>
        <RecordList
          label={t("games")}
          rows={data.gameSessions}
          rowKey={(row) => row.gameSessionId}
          empty={<Empty title={t("noGames")} className="py-4" />}
          cells={(row) => [
            <Status key="state" tone={row.live ? "good" : "neutral"} open={row.live}>
              {t(row.live ? "open" : "closed")}
            </Status>,
            row.gameId,
            <Time key="at" at={row.startedAt} short />,
          ]}
        />
      </Section>
      <Section title={t("signIns")}>
        <SignIns rows={data.signIns} />
      </Section>
      <ConfirmDialog
        open={ending !== undefined}
        onOpenChange={() => setEnding(undefined)}
        title={t("endTitle")}
        action={t("endAction")}
        preview={t(ending?.sessionId == null ? "endAllPreview" : "endOnePreview")}
        busy={end.isPending}
        failure={end.error === null ? undefined : failureOf(end.error)}
        onConfirm={(reason) => end.mutate({ playerId, reason, sessionId: ending?.sessionId ?? null })}
      />
    </div>
  );
}

interface SessionsProps {
  readonly sessions: Access["sessions"];
  readonly why: string | undefined;
  readonly onEnd: (sessionId: string | null) => void;
}

function Sessions({ sessions, why, onEnd }: SessionsProps) {
  const t = useTranslations("players.access");
  const states = useTranslations("words.sessionState");
  const live = sessions.some(({ state }) => state === "LIVE");
  return (
    <Section
      title={t("sessions")}
      aside={
        <Reason text={why ?? (live ? undefined : t("noneLive"))}>
          <Button size="sm" disabled={why !== undefined || !live} onClick={() => onEnd(null)}>
            {t("endAll")}
          </Button>
        </Reason>
      }
    >
      <RecordList
        label={t("sessions")}
        rows={sessions}
        rowKey={(row) => row.sessionId}
        empty={<Empty title={t("noSessions")} className="py-4" />}
        cells={(row) => [
          <Status key="state" tone={stateTones[row.state]}>
            {states(row.state)}
          </Status>,
          <Address key="ip" ip={row.ip} />,
          describeAgent(row.userAgent) ?? "–",
          <Time key="seen" at={row.lastSeenAt} short />,
          row.state === "LIVE" && why === undefined && (
            <Button key="end" size="sm" look="quiet" onClick={() => onEnd(row.sessionId)}>
              {t("end")}
            </Button>
          ),
        ]}
      />
    </Section>
  );
}

function Devices({ devices }: { devices: Access["devices"] }) {
  const t = useTranslations("players.access");
  return (
    <Section title={t("devices")}>
      <RecordList
        label={t("devices")}
        rows={devices}
        rowKey={(row) => row.deviceId}
        empty={<Empty title={t("noDevices")} className="py-4" />}
        cells={(row) => [
          <Link
            key="id"
            href={`/players?q=${row.deviceId}`}
            className="font-mono text-xs text-accent no-underline underline-offset-2 hover:underline"
          >
            {row.deviceId}
          </Link>,
          <Address key="ip" ip={row.ip} />,
          describeAgent(row.userAgent) ?? "–",
          <Time key="at" at={row.firstSeenAt} short />,
          row.sharedWith > 0 && (
            <Status key="shared" tone="warn">
              {t("sharedWith", { count: row.sharedWith })}
            </Status>
          ),
        ]}
      />
    </Section>
  );
}

/** An address, and with it everybody else who came from there. */
function Address({ ip }: { ip: string | null }) {
  const may = useMay("player.search-personal");
  if (ip === null) return "–";
  if (!may) return <span className="font-mono text-xs">{ip}</span>;
  return (
    <Link
      href={`/players?q=${encodeURIComponent(ip)}`}
      className="font-mono text-xs text-accent no-underline underline-offset-2 hover:underline"
    >
      {ip}
    </Link>
  );
}

function SignIns({ rows }: { rows: Access["signIns"] }) {
  const t = useTranslations("players.access");
  const outcomes = useTranslations("account.sessions.outcomes");
  return (
    <RecordList
      label={t("signIns")}
      rows={rows}
      rowKey={(row) => `${row.at} ${row.outcome}`}
      empty={<Empty title={t("noSignIns")} className="py-4" />}
      cells={(row) => [
        <Status key="outcome" tone={row.outcome === "SIGNED_IN" ? "good" : "warn"}>
          {outcomes.has(row.outcome as "WRONG") ? outcomes(row.outcome as "WRONG") : row.outcome}
        </Status>,
        <Address key="ip" ip={row.ip} />,
        <Time key="at" at={row.at} short />,
      ]}
    />
  );
}
