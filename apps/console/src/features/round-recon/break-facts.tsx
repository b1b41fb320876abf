"use client";

import { roundBreakTypes } from "@pitboss/domain/gaming/reconciliation/compare-rounds";
import { useQuery } from "@tanstack/react-query";
import { CircleCheck, Flag, MessageSquare, Send, Undo2, UserCheck } from "lucide-react";
import { useTranslations } from "use-intl";
import { BreakState, breakTones } from "#features/round-recon/break-state.tsx";
import { type OutputOf, read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Money } from "#ui/money.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";
import { Timeline, type TimelineEntry } from "#ui/timeline.tsx";

export type BreakDetail = OutputOf<"recon.show">;

/** What differs, whose it is, and how old. */
export function BreakFacts({ found }: { found: BreakDetail }) {
  const t = useTranslations("roundRecon.detail");
  const types = useTranslations("roundRecon.types");
  const { subject, approvalId, difference } = found;
  const { playerId = "", roundId = "" } = subject;
  const type = roundBreakTypes.find((one) => one === found.type);
  return (
    <KeyValues
      items={[
        { label: t("state"), value: <BreakState state={found.state} /> },
        { label: t("type"), value: type === undefined ? found.type : types(type) },
        {
          label: t("difference"),
          value: difference === null ? "–" : <Money amount={difference.amount} currency={difference.currency} />,
        },
        { label: t("scope"), value: found.scope },
        { label: t("round"), value: <span className="font-mono text-xs">{roundId}</span> },
        { label: t("player"), value: <IdChip id={playerId} {...hrefOf(playerId)} /> },
        { label: t("owner"), value: found.owner?.name ?? t("nobody") },
        { label: t("happened"), value: <Time at={found.happenedAt} /> },
        { label: t("found"), value: <Time at={found.foundAt} /> },
        ...(approvalId === null
          ? []
          : [{ label: t("approval"), value: <IdChip id={approvalId} href={`/approvals/${approvalId}`} /> }]),
        ...(found.closedAt === null ? [] : [{ label: t("closed"), value: <Time at={found.closedAt} /> }]),
      ]}
    />
  );
}

/** A file may name somebody who is nobody's player here. */
function hrefOf(playerId: string): { readonly href?: string } {
  return playerId.startsWith("p_") ? { href: `/players/${playerId}` } : {};
}

/** The two records, side by side where there is room. */
export function BreakSides({ found }: { found: BreakDetail }) {
  const t = useTranslations("roundRecon.detail");
  const facts = useTranslations("roundRecon.facts");
  return (
    <div className="grid gap-x-8 gap-y-4 md:grid-cols-2">
      {(["OURS", "THEIRS"] as const).map((side) => {
        const record = found.evidence.find((one) => one.side === side);
        return (
          <section key={side} aria-label={t(side)} className="min-w-0">
            <h3 className="pb-1 text-xs font-medium text-ink-muted">{t(side)}</h3>
            {record === undefined ? (
              <p className="text-ink-muted">{t("nothing")}</p>
            ) : (
              <KeyValues
                items={(["line", "status", "bets", "wins", "withoutBet", "at", "list"] as const).flatMap((name) => {
                  const value = record.facts[name];
                  if (value === undefined) return [];
                  return [{ label: facts(name), value: name === "at" ? <Time at={value} /> : value }];
                })}
              />
            )}
          </section>
        );
      })}
    </div>
  );
}

const icons = {
  find: Flag,
  assign: UserCheck,
  unassign: Undo2,
  note: MessageSquare,
  propose: Send,
  resolve: CircleCheck,
} as const;

/** Every step, newest first: who made it, and what was written. */
export function BreakHistory({ found }: { found: BreakDetail }) {
  const t = useTranslations("roundRecon");
  const entries = found.steps.toReversed().map(
    (step): TimelineEntry => ({
      id: String(step.number),
      at: step.at,
      icon: Object.hasOwn(icons, step.event) ? icons[step.event as keyof typeof icons] : Flag,
      tone: breakTones[step.to],
      text: (
        <span className="inline-flex flex-wrap items-center gap-x-2">
          {step.event === "note" ? t("detail.note") : t(`states.${step.to}`)}
          <span className="text-ink-muted">{step.by}</span>
        </span>
      ),
      ...(step.note === null ? {} : { detail: step.note }),
    }),
  );
  return <Timeline entries={entries} empty={{ title: t("detail.history") }} />;
}

export function BreakPeek({ breakId }: { breakId: string }) {
  const found = useQuery(read("recon.show", { breakId }));
  if (found.data === undefined) {
    return found.error === null ? (
      <Skeleton className="m-4 h-64 rounded-md" />
    ) : (
      <FailureState failure={failureOf(found.error)} onRetry={() => void found.refetch()} />
    );
  }
  return (
    <div className="flex flex-col gap-4 px-4 py-3">
      <BreakFacts found={found.data} />
      <BreakSides found={found.data} />
      <BreakHistory found={found.data} />
    </div>
  );
}
