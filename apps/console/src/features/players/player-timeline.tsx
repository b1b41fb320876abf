"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ArrowLeftRight, Ban, LogIn, UserCog } from "lucide-react";
import Link from "next/link";
import { parseAsArrayOf, parseAsStringLiteral, useQueryState } from "nuqs";
import { useTranslations } from "use-intl";
import { api, type OutputOf } from "#lib/api.ts";
import { failureOf, isErrorCode } from "#lib/failure.ts";
import { useFailureText } from "#lib/use-failure-text.ts";
import { Button } from "#ui/button.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { Money } from "#ui/money.tsx";
import { Timeline, type TimelineEntry } from "#ui/timeline.tsx";

type Entry = OutputOf<"player.timeline">["rows"][number];

const kinds = ["money", "staff", "refusal", "sign-in"] as const;
const icons = { money: ArrowLeftRight, staff: UserCog, refusal: Ban, "sign-in": LogIn } as const;
const tones = { money: "accent", staff: "warn", refusal: "bad", "sign-in": "neutral" } as const;
const hrefs = { transaction: "/ledger", bet: "/bets", audit: "/audit", approval: "/approvals" } as const;

/** Everything that happened to a player, newest first. */
export function PlayerTimeline({ playerId }: { playerId: string }) {
  const t = useTranslations("players.timeline");
  const [shown, setShown] = useQueryState("kinds", parseAsArrayOf(parseAsStringLiteral(kinds)));
  const describe = useDescription();
  const timeline = useInfiniteQuery({
    queryKey: ["player.timeline", { playerId, kinds: shown }],
    queryFn: ({ pageParam, signal }) =>
      api.player.timeline.query({ playerId, kinds: shown, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  return (
    <div className="px-(--page-x) py-3">
      <div role="group" aria-label={t("show")} className="-ms-2 mb-3 flex flex-wrap gap-1.5">
        {kinds.map((kind) => {
          const on = shown === null || shown.includes(kind);
          return (
            <Button
              key={kind}
              size="sm"
              look={on && shown !== null ? "plain" : "quiet"}
              aria-pressed={on}
              onClick={() => void setShown(shown?.length === 1 && on ? null : [kind])}
            >
              {t(`kinds.${kind}`)}
            </Button>
          );
        })}
      </div>
      {timeline.error !== null && timeline.data === undefined ? (
        <FailureState failure={failureOf(timeline.error)} onRetry={() => void timeline.refetch()} />
      ) : (
        <Timeline
          entries={timeline.data?.pages.flatMap(({ rows }) => rows.map(describe))}
          empty={{ title: t("empty"), hint: t("emptyHint") }}
        />
      )}
      {timeline.hasNextPage && (
        <Button size="sm" busy={timeline.isFetchingNextPage} onClick={() => void timeline.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
    </div>
  );
}

function useDescription(): (entry: Entry) => TimelineEntry {
  const t = useTranslations("players.timeline");
  const types = useTranslations("words.transactionType");
  const outcomes = useTranslations("account.sessions.outcomes");
  const sentence = useFailureText();

  function whatOf({ kind, what }: Entry): string {
    if (kind === "money" && types.has(what as "DEPOSIT")) return types(what as "DEPOSIT");
    if (kind === "refusal" && isErrorCode(what)) return t("refused", { why: sentence({ code: what }) });
    if (kind === "sign-in" && outcomes.has(what as "WRONG")) return outcomes(what as "WRONG");
    return what;
  }

  return (entry) => {
    const { key, at, kind, by, amounts, reason, link } = entry;
    const text = whatOf(entry);
    return {
      id: key,
      at,
      icon: icons[kind],
      tone: tones[kind],
      text:
        link === null ? (
          text
        ) : (
          <Link href={`${hrefs[link.kind]}/${link.id}`} className="no-underline underline-offset-2 hover:underline">
            {text}
          </Link>
        ),
      aside: amounts.length > 0 && (
        <span className="flex gap-3">
          {amounts.map((moved) => (
            <Moved key={moved.currency} {...moved} />
          ))}
        </span>
      ),
      ...(by === null && reason === null ? {} : { detail: [by, reason].filter((part) => part !== null).join(" · ") }),
    };
  };
}

const nothing = /^-?0(\.0+)?$/;

/** What was moved of the available balance; where that stayed, what was moved of the held one. */
function Moved({ amount, held, currency }: Entry["amounts"][number]) {
  const t = useTranslations("players.balances");
  if (!nothing.test(amount) || nothing.test(held)) return <Money amount={amount} currency={currency} signed />;
  return (
    <span className="text-ink-muted">
      <span className="me-1 text-xs">{t("held")}</span>
      <Money amount={held} currency={currency} signed className="text-inherit" />
    </span>
  );
}
