"use client";

import { ArrowLeftRight, Dices, LogIn, UserCog } from "lucide-react";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { isErrorCode } from "#lib/failure.ts";
import { useFailureText } from "#lib/use-failure-text.ts";
import type { LiveItem } from "#lib/use-live-news.ts";
import type { Column } from "#ui/data-table-types.ts";
import { Money } from "#ui/money.tsx";
import { Time } from "#ui/time.tsx";

const icons = { bet: Dices, money: ArrowLeftRight, "sign-in": LogIn, staff: UserCog } as const;

export function useLiveColumns(): readonly Column<LiveItem>[] {
  const t = useTranslations("live.columns");
  const describe = useDescription();
  return useMemo(
    () => [
      {
        id: "what",
        header: t("what"),
        cell: (item) => {
          const Icon = icons[item.kind];
          return (
            <span className="flex min-w-0 items-center gap-2">
              <Icon aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
              <span className="truncate">{describe(item)}</span>
            </span>
          );
        },
      },
      { id: "who", header: t("who"), width: 11, cell: ({ who, playerId }) => who ?? playerId },
      { id: "game", header: t("game"), width: 12, cell: ({ gameId }) => gameId },
      {
        id: "amount",
        header: t("amount"),
        width: 9.5,
        align: "end",
        narrow: "end",
        cell: ({ amount, currency }) =>
          amount === null || currency === null ? null : <Money amount={amount} currency={currency} />,
      },
      {
        id: "at",
        header: t("at"),
        width: 9,
        align: "end",
        cell: ({ at }) => <Time at={at} relative className="text-ink-muted" />,
      },
    ],
    [t, describe],
  );
}

/** What happened, in words: an event's, a refusal's, a sign-in's; an action of staff by the name that the audit log has. */
function useDescription(): (item: LiveItem) => string {
  const t = useTranslations("live.events");
  const outcomes = useTranslations("words.betOutcome");
  const signIns = useTranslations("account.sessions.outcomes");
  const sentence = useFailureText();
  return useMemo(
    () =>
      ({ kind, what, outcome }: LiveItem) => {
        if (kind === "sign-in") return signIns.has(what as "WRONG") ? signIns(what as "WRONG") : what;
        const name = what.replaceAll(".", "_") as "bet_placed";
        if (!t.has(name)) return what;
        if (outcome === null) return t(name);
        if (isErrorCode(outcome)) return `${t(name)}: ${sentence({ code: outcome })}`;
        return outcomes.has(outcome as "WIN") ? `${t(name)}: ${outcomes(outcome as "WIN")}` : t(name);
      },
    [t, outcomes, signIns, sentence],
  );
}
