"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Affiliate } from "#features/affiliates/affiliate-words.tsx";
import { failedOf, useAffiliateChange } from "#features/affiliates/write-affiliate.ts";
import { useMay } from "#lib/reader.tsx";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { Empty } from "#ui/empty.tsx";
import { RecordList } from "#ui/record-list.tsx";
import { Status } from "#ui/status.tsx";

/** Tracking codes with what came of them; a closed one leads nowhere and brings no players. */
export function AffiliateCodes({ affiliate }: { affiliate: Affiliate }) {
  const t = useTranslations("affiliates.codes");
  const may = useMay("affiliate.manage");
  const [asked, setAsked] = useState<{ readonly code: string; readonly active: boolean }>();
  const change = useAffiliateChange("affiliate.setCode", t("changed"), () => setAsked(undefined));
  const { affiliateId } = affiliate;
  return (
    <>
      <RecordList
        label={t("title")}
        rows={affiliate.trackingCodes}
        rowKey={(row) => row.code}
        empty={<Empty title={t("none")} hint={t("noneHint")} />}
        cells={(row) => [
          <span key="code" className="font-mono text-xs">
            {row.code}
          </span>,
          row.label,
          <Status key="active" tone={row.active ? "good" : "neutral"}>
            {t(row.active ? "open" : "closed")}
          </Status>,
          t("clicks", { count: row.clicks }),
          t("players", { count: row.players }),
          may ? (
            <Button key="set" size="sm" onClick={() => setAsked({ code: row.code, active: !row.active })}>
              {t(row.active ? "close" : "reopen")}
            </Button>
          ) : null,
        ]}
      />
      <ConfirmDialog
        open={asked !== undefined}
        onOpenChange={() => setAsked(undefined)}
        title={t(asked?.active === true ? "reopen" : "close")}
        action={t(asked?.active === true ? "reopen" : "close")}
        busy={change.isPending}
        failure={failedOf(change.error)}
        preview={t(asked?.active === true ? "reopenEffect" : "closeEffect", { code: asked?.code ?? "" })}
        onConfirm={(reason) => {
          if (asked !== undefined) change.mutate({ affiliateId, ...asked, reason });
        }}
      />
    </>
  );
}

export function AffiliatePlans({ affiliate }: { affiliate: Affiliate }) {
  const t = useTranslations("affiliates.plans");
  return (
    <RecordList
      label={t("title")}
      rows={affiliate.plans}
      rowKey={(row) => String(row.version)}
      empty={<Empty title={t("none")} hint={t("noneHint")} />}
      cells={(row) => [
        t("version", { version: String(row.version) }),
        t("from", { month: row.fromMonth }),
        row.words,
        <span key="why" className="block max-w-56 truncate text-ink-muted" title={row.reason}>
          {row.reason}
        </span>,
      ]}
    />
  );
}
