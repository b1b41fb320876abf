"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { parseAsStringLiteral } from "nuqs";
import { useMemo, useState } from "react";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { useTranslations } from "use-intl";
import { ViewsMenu } from "#features/views/views-menu.tsx";
import { BulkReplay } from "#features/webhooks/bulk-replay.tsx";
import { type KycWebhookRow, useKycWebhookColumns } from "#features/webhooks/kyc-webhook-columns.tsx";
import { KycWebhookPeek } from "#features/webhooks/kyc-webhook-peek.tsx";
import { WebhookSources } from "#features/webhooks/webhook-sources.tsx";
import { type InputOf, read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useMay } from "#lib/reader.tsx";
import { useListUrl } from "#lib/use-list-url.ts";
import { ListPage } from "#ui/list-page.tsx";

const states = ["STORED", "DONE", "DEAD", "FORGED"] as const;
const parsers = { state: parseAsStringLiteral(states) };

/** What the verification vendor sent, beside what payment providers did. */
export function KycWebhooksPage() {
  const t = useTranslations("webhooks");
  const words = useTranslations("words.webhookState");
  const router = useRouter();
  const url = useListUrl(parsers);
  const { filters, cursor } = url;
  const input = useMemo((): InputOf<"kyc.webhooks"> => ({ ...filters, cursor }), [filters, cursor]);
  const query = useQuery({ ...read("kyc.webhooks", input), placeholderData: keepPreviousData });
  const columns = useKycWebhookColumns();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const selection = useMay("kyc.decide") ? { ids: chosen, change: setChosen } : undefined;
  const dead = query.data?.dead ?? 0;
  return (
    <ListPage<KycWebhookRow>
      title={t("kycTitle")}
      label={t("kycTitle")}
      summary={dead === 0 ? t("noneDead") : <span className="text-bad">{t("dead", { count: dead })}</span>}
      actions={
        <>
          <WebhookSources shown="kyc" />
          <ViewsMenu list="kyc-webhooks" state={url.state} onApply={url.apply} />
        </>
      }
      search={{
        value: "",
        placeholder: t("searchKyc"),
        onChange: (text) => {
          if (parseId("kycWebhook", text) !== undefined) router.push(`/webhooks/kyc/${text}`);
        },
      }}
      filters={[
        {
          id: "state",
          label: t("filters.state"),
          value: filters.state,
          onChange: (value: string | null) => url.setFilter("state", value),
          kind: "choice",
          choices: states.map((value) => ({ value, label: words(value) })),
        },
      ]}
      onClearFilters={url.clearFilters}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(row) => row.webhookId}
      rowHref={(row) => `/webhooks/kyc/${row.webhookId}`}
      empty={{ title: t("empty"), hint: t("emptyKycHint") }}
      selection={selection}
      bulk={selection !== undefined && <BulkReplay source="kyc" selection={selection} />}
      next={query.data?.next}
      cursor={cursor}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(webhookId) => <KycWebhookPeek webhookId={webhookId} />}
    />
  );
}
