"use client";

import { useTranslations } from "use-intl";
import type { LiveState as State } from "#lib/use-live-news.ts";
import { Status } from "#ui/status.tsx";

const tones = { live: "good", reconnecting: "warn", off: "neutral" } as const;

/** Whether a live view is live; said aloud when that changes. */
export function LiveState({ state }: { state: State }) {
  const t = useTranslations("live.state");
  return (
    <span role="status" className="text-xs text-ink-muted">
      <Status tone={tones[state]} open={state !== "live"}>
        {t(state)}
      </Status>
    </span>
  );
}
