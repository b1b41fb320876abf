"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { parseAsString, parseAsStringLiteral } from "nuqs";
import { useMemo, useState } from "react";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { useTranslations } from "use-intl";
import { BulkReplay } from "#features/webhooks/bulk-replay.tsx";
import { useWebhookColumns } from "#features/webhooks/webhook-columns.tsx";
import { WebhookPeek } from "#features/webhooks/webhook-peek.tsx";
import { WebhookSources } from "#features/webhooks/webhook-sources.tsx";
import type { WebhookRow } from "#features/webhooks/webhook-state.tsx";
import { ViewsMenu } from "#features/views/views-menu.tsx";
import { type InputOf, read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useMay } from "#lib/reader.tsx";
import { useListUrl } from "#lib/use-list-url.ts";
import { ListPage } from "#ui/list-page.tsx";

const states = ["STORED", "DONE", "DEAD", "FORGED"] as const;
const parsers = {
  deposit: parseAsString,
  state: parseAsStringLiteral(states),
  psp: parseAsString,
  type: parseAsString,
};

export function WebhooksPage() {
  const t = useTranslations("webhooks");
  const words = useTranslations("words.webhookState");
  const router = useRouter();
  const url = useListUrl(parsers);
  const { filters, cursor } = url;
  const input = useMemo((): InputOf<"webhook.list"> => {
    const { deposit, ...same } = filters;
    return { ...same, depositId: deposit, cursor };
  }, [filters, cursor]);
  const query = useQuery({ ...read("webhook.list", input), placeholderData: keepPreviousData });
  const columns = useWebhookColumns();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const selection = useMay("webhook.replay") ? { ids: chosen, change: setChosen } : undefined;

  /** A webhook's id opens it; a deposit's becomes the filter. */
  function search(text: string) {
    if (parseId("webhook", text) !== undefined) router.push(`/webhooks/${text}`);
    else url.setFilter("deposit", text);
  }

  const control = (id: keyof typeof parsers) => ({
    id,
    label: t(`filters.${id}`),
    value: filters[id],
    onChange: (value: string | null) => url.setFilter(id, value),
  });
  const dead = query.data?.dead ?? 0;
  return (
    <ListPage<WebhookRow>
      title={t("title")}
      label={t("title")}
      summary={dead === 0 ? t("noneDead") : <span className="text-bad">{t("dead", { count: dead })}</span>}
      actions={
        <>
          <WebhookSources shown="psp" />
          <ViewsMenu list="webhooks" state={url.state} onApply={url.apply} />
        </>
      }
      search={{ value: filters.deposit ?? "", placeholder: t("search"), onChange: search }}
      filters={[
        { ...control("state"), kind: "choice", choices: states.map((value) => ({ value, label: words(value) })) },
        { ...control("psp"), kind: "text", placeholder: "stripe" },
        { ...control("type"), kind: "text", placeholder: "payment_intent.succeeded" },
      ]}
      onClearFilters={url.clearFilters}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(row) => row.webhookId}
      rowHref={(row) => `/webhooks/${row.webhookId}`}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      selection={selection}
      bulk={selection !== undefined && <BulkReplay source="psp" selection={selection} />}
      next={query.data?.next}
      cursor={cursor}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(webhookId) => <WebhookPeek webhookId={webhookId} />}
    />
  );
}
