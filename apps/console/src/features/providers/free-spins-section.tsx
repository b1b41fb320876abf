"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import type { FreeSpinsState } from "@pitboss/domain/gaming/free-spins/free-spins-machine";
import { useTranslations } from "use-intl";
import { PlanDialog } from "#features/plans/plan-dialog.tsx";
import { IssueFreeSpins } from "#features/providers/issue-free-spins.tsx";
import { api, type OutputOf } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import type { Tone } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Empty } from "#ui/empty.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { Money } from "#ui/money.tsx";
import { RecordList } from "#ui/record-list.tsx";
import { Section } from "#ui/section.tsx";
import { Segmented } from "#ui/segmented.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Status } from "#ui/status.tsx";
import { Time } from "#ui/time.tsx";

type Row = OutputOf<"freeSpins.list">["rows"][number];

const openStates: FreeSpinsState[] = ["REQUESTED", "SENT", "UNKNOWN", "ISSUED", "ACTIVE", "RECALLING"];
const pageSize = 10;

const tones: Readonly<Record<FreeSpinsState, Tone>> = {
  REQUESTED: "accent",
  SENT: "accent",
  UNKNOWN: "warn",
  ISSUED: "good",
  ACTIVE: "good",
  RECALLING: "accent",
  PLAYED: "neutral",
  CANCELLED: "neutral",
  EXPIRED: "neutral",
  FAILED: "bad",
};

/** What the house has issued with this provider, and what became of it. */
export function FreeSpinsSection({ provider }: { provider: string }) {
  const t = useTranslations("providers.spins");
  const client = useQueryClient();
  const may = useMay("free-spins.issue");
  const [show, setShow] = useState<"open" | "all">("open");
  const [chosen, setChosen] = useState<string>();
  const [open, setOpen] = useState(false);
  const spins = useInfiniteQuery({
    queryKey: ["freeSpins.list", { provider, show }],
    queryFn: ({ pageParam, signal }) => {
      const states = show === "open" ? openStates : null;
      return api.freeSpins.list.query({ provider, states, cursor: pageParam, limit: pageSize }, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: 10_000,
  });
  const refresh = (): void => void client.invalidateQueries({ queryKey: ["freeSpins.list"] });
  return (
    <Section
      title={t("title")}
      aside={
        <Segmented
          label={t("show")}
          value={show}
          onChange={setShow}
          choices={[
            { value: "open", label: t("open") },
            { value: "all", label: t("all") },
          ]}
        />
      }
    >
      {spins.data !== undefined ? (
        <SpinsList
          rows={spins.data.pages.flatMap(({ rows }) => rows)}
          empty={t(show === "open" ? "noneOpen" : "none")}
          mayCancel={may}
          onCancel={(id) => {
            setChosen(id);
            setOpen(true);
          }}
        />
      ) : spins.error !== null ? (
        <FailureState failure={failureOf(spins.error)} onRetry={() => void spins.refetch()} />
      ) : (
        <Skeleton className="h-8.5 rounded-md" />
      )}
      <div className="mt-3 flex gap-2">
        {may && <IssueFreeSpins provider={provider} onDone={refresh} />}
        {spins.hasNextPage && (
          <Button look="quiet" busy={spins.isFetchingNextPage} onClick={() => void spins.fetchNextPage()}>
            {t("more")}
          </Button>
        )}
      </div>
      <PlanDialog
        open={open}
        onClose={() => setOpen(false)}
        title={t("cancelTitle")}
        action={t("cancel")}
        ids={chosen === undefined ? [] : [chosen]}
        show={(targets) => api.plan.freeSpinsCancel.show.query({ targets: [...targets], params: {} })}
        carryOut={(plan, items, reason) =>
          api.plan.freeSpinsCancel.carryOut.mutate({ plan, items: [...items], params: {}, reason })
        }
        onDone={refresh}
      />
    </Section>
  );
}

interface SpinsListProps {
  readonly rows: readonly Row[];
  readonly empty: string;
  readonly mayCancel: boolean;
  readonly onCancel: (id: string) => void;
}

function SpinsList({ rows, empty, mayCancel, onCancel }: SpinsListProps) {
  const t = useTranslations("providers.spins");
  return (
    <RecordList
      label={t("title")}
      rows={rows}
      rowKey={({ freeSpinsId }) => freeSpinsId}
      empty={<Empty title={empty} />}
      cells={({ freeSpinsId, state, spins, games, won, currency, playerId, nickname, validUntil, failure }) => [
        <span key="id" className="font-mono text-xs">
          {freeSpinsId}
        </span>,
        <Status
          key="state"
          tone={tones[state]}
          open={state === "REQUESTED" || state === "SENT" || state === "RECALLING"}
        >
          {t(`states.${state}`)}
        </Status>,
        t("given", { count: spins, games: games.join(", ") }),
        <Link key="player" href={`/players/${playerId}`}>
          {nickname}
        </Link>,
        won !== null ? (
          <Money key="won" amount={won} currency={currency} />
        ) : failure !== null ? (
          <span key="failure" className="text-ink-muted">
            {t(`refusals.${failure.reason as "OTHER"}`)} ({failure.code})
          </span>
        ) : (
          <Time key="until" at={validUntil} short />
        ),
        mayCancel && (state === "ISSUED" || state === "ACTIVE") ? (
          <Button
            key="cancel"
            look="quiet"
            aria-label={t("cancelOf", { id: freeSpinsId })}
            onClick={() => onCancel(freeSpinsId)}
          >
            {t("cancel")}
          </Button>
        ) : null,
      ]}
    />
  );
}
