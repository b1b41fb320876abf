"use client";

import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { parseAsString, parseAsStringLiteral } from "nuqs";
import { useMemo } from "react";
import { payoutStates } from "@pitboss/domain/cashier/payout-machine";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { type Currency, currencies } from "@pitboss/domain/wallet/currency";
import { useTranslations } from "use-intl";
import { type PayoutRow, usePayoutColumns } from "#features/payouts/payout-columns.tsx";
import { PayoutPeek } from "#features/payouts/payout-peek.tsx";
import { ViewsMenu } from "#features/views/views-menu.tsx";
import { type InputOf, keyOf, read, write } from "#lib/api.ts";
import { dayEnd, dayStart } from "#lib/days.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useMay } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { useFailureToast } from "#lib/use-failure-toast.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import { Button } from "#ui/button.tsx";
import { ListPage } from "#ui/list-page.tsx";
import { Segmented } from "#ui/segmented.tsx";

const codes = Object.keys(currencies) as Currency[];
const boxes = ["queue", "snoozed", "late", "all"] as const;
const parsers = {
  box: parseAsStringLiteral(boxes),
  player: parseAsString,
  state: parseAsStringLiteral(payoutStates),
  currency: parseAsStringLiteral(codes),
  minAmount: parseAsString,
  from: parseAsString,
  to: parseAsString,
};

/** The queue of what waits for people, and all payouts behind it. The queue is read again when somebody asks for it. */
export function PayoutsPage() {
  const t = useTranslations("payouts");
  const words = useTranslations("words.payoutState");
  const router = useRouter();
  const url = useListUrl(parsers);
  const { filters, cursor } = url;
  const box = filters.box ?? "queue";
  const queued = box === "queue" || box === "snoozed";
  const queue = useQuery({
    ...read("payout.queue", { cursor: queued ? cursor : null, snoozed: box === "snoozed" }),
    placeholderData: keepPreviousData,
  });
  const input = useMemo((): InputOf<"payout.list"> => {
    const { player, from, to, box: _box, ...same } = filters;
    return { ...same, playerId: player, from: dayStart(from), to: dayEnd(to), late: box === "late", cursor };
  }, [filters, box, cursor]);
  const all = useQuery({ ...read("payout.list", input), placeholderData: keepPreviousData, enabled: !queued });
  const query = queued ? queue : all;
  const columns = usePayoutColumns();

  /** A payout's id opens it; a player's becomes the filter. */
  function search(text: string) {
    if (parseId("payout", text) !== undefined) router.push(`/payouts/${text}`);
    else {
      url.setFilter("box", "all");
      url.setFilter("player", text);
    }
  }

  const control = (id: Exclude<keyof typeof parsers, "box">) => ({
    id,
    label: t(`filters.${id}`),
    value: filters[id],
    onChange: (value: string | null) => url.setFilter(id, value),
  });
  const counts = queue.data?.counts;
  return (
    <ListPage<PayoutRow>
      title={t("title")}
      label={t("title")}
      {...(counts === undefined ? {} : { summary: t("counts", counts) })}
      actions={
        <>
          <ClaimNext />
          <ViewsMenu list="payouts" state={url.state} onApply={url.apply} />
        </>
      }
      above={
        <div className="overflow-x-auto px-(--page-x) pb-2">
          <Segmented
            label={t("boxes.label")}
            choices={boxes.map((value) => ({ value, label: t(`boxes.${value}`) }))}
            value={box}
            onChange={(value) => url.setFilter("box", value === "queue" ? null : value)}
          />
        </div>
      }
      search={{ value: filters.player ?? "", placeholder: t("search"), onChange: search }}
      filters={
        queued
          ? []
          : [
              {
                ...control("state"),
                kind: "choice",
                choices: payoutStates.map((value) => ({ value, label: words(value) })),
              },
              { ...control("currency"), kind: "choice", choices: codes.map((value) => ({ value, label: value })) },
              { ...control("minAmount"), kind: "text", placeholder: t("amountHint") },
              { ...control("from"), kind: "day" },
              { ...control("to"), kind: "day" },
            ]
      }
      onClearFilters={url.clearFilters}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(row) => row.payoutId}
      rowHref={(row) => `/payouts/${row.payoutId}`}
      empty={
        queued ? { title: t("queueEmpty"), hint: t("queueEmptyHint") } : { title: t("empty"), hint: t("emptyHint") }
      }
      next={query.data?.next}
      cursor={cursor}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(payoutId) => <PayoutPeek payoutId={payoutId} />}
    />
  );
}

/** Takes the next one that nobody looks at, and opens it. */
function ClaimNext() {
  const t = useTranslations("payouts");
  const router = useRouter();
  const client = useQueryClient();
  const failed = useFailureToast();
  const claiming = useMutation({
    ...write("payout.claimNext"),
    onError: failed,
    onSuccess: async ({ payoutId }) => {
      await client.invalidateQueries({ queryKey: keyOf("payout.queue") });
      if (payoutId === null) toast(t("nothingNext"));
      else router.push(`/payouts/${payoutId}`);
    },
  });
  if (!useMay("payout.review")) return null;
  return (
    <Button look="solid" busy={claiming.isPending} onClick={() => claiming.mutate(undefined)}>
      {t("claimNext")}
    </Button>
  );
}
