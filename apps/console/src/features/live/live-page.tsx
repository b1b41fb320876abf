"use client";

import { Pause, Play } from "lucide-react";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useCallback, useState } from "react";
import { useTranslations } from "use-intl";
import type { Permission } from "@pitboss/domain/identity/permissions";
import { LiveState } from "#features/live/live-state.tsx";
import { LiveTable } from "#features/live/live-table.tsx";
import { useLiveRows } from "#features/live/use-live-rows.ts";
import { useReader } from "#lib/reader.tsx";
import type { LiveItem } from "#lib/use-live-news.ts";
import { Button } from "#ui/button.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Segmented } from "#ui/segmented.tsx";

const kinds = ["bet", "money", "sign-in", "staff"] as const;
const permissions = {
  bet: "bet.read",
  money: "ledger.read",
  "sign-in": "player.read",
  staff: "audit.read",
} as const satisfies Record<(typeof kinds)[number], Permission>;
const most = 100;

/** What happens in the house, as it happens, as far as the reader may see it. */
export function LivePage() {
  const t = useTranslations("live");
  const reader = useReader();
  const [on, setOn] = useState(true);
  const [kind, setKind] = useQueryState("kind", parseAsStringLiteral(kinds));
  const live = useLiveRows(on);
  const only = useCallback((item: LiveItem) => kind === null || item.kind === kind, [kind]);
  const heard = kinds.filter((each) => reader.permissions.has(permissions[each]));
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageHeader
        title={t("title")}
        badge={<LiveState state={live.state} />}
        summary={live.leftOut ? t("leftOut") : t("lead")}
        actions={
          <Button onClick={() => setOn(!on)}>
            {on ? <Pause /> : <Play />}
            {t(on ? "pause" : "resume")}
          </Button>
        }
      />
      <div className="flex items-center gap-3 overflow-x-auto border-b border-line px-(--page-x) pb-2.5 [scrollbar-width:none]">
        <Segmented
          label={t("show")}
          value={kind ?? "all"}
          onChange={(next) => void setKind(next === "all" ? null : next)}
          choices={[
            { value: "all" as const, label: t("kinds.all") },
            ...heard.map((value) => ({ value, label: t(`kinds.${value}`) })),
          ]}
        />
        {heard.length < kinds.length && (
          <span className="text-xs whitespace-nowrap text-ink-faint">
            {t("unheard", {
              kinds: kinds
                .filter((each) => !heard.includes(each))
                .map((each) => t(`kinds.${each}`))
                .join(", "),
            })}
          </span>
        )}
      </div>
      <LiveTable
        label={t("title")}
        live={live}
        only={only}
        most={most}
        className="min-h-0 flex-1 roomy:overflow-auto"
      />
    </div>
  );
}
