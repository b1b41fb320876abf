"use client";

import { CircleAlert, CircleCheck, CircleSlash, OctagonAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import { type HitDetail, hitTones } from "#features/screening/hit-state.tsx";
import { Timeline, type TimelineEntry } from "#ui/timeline.tsx";

const icons = {
  OPEN: CircleAlert,
  FALSE_POSITIVE: CircleCheck,
  TRUE_POSITIVE: OctagonAlert,
  GONE: CircleSlash,
} as const;

const events = ["open", "find", "reopen", "rescore", "dismiss", "confirm", "lift", "vanish"] as const;
const causes = ["EXPIRED", "ENTRY_CHANGED", "PLAYER_CHANGED", "SCORE_ROSE"] as const;

/** Every step of a hit, newest first. */
export function HitHistory({ hit }: { hit: HitDetail }) {
  const t = useTranslations("screening.history");
  const entries = hit.steps.toReversed().map((step): TimelineEntry => {
    const event = events.find((one) => one === step.event);
    const cause = causes.find((one) => one === step.reason);
    return {
      id: String(step.number),
      at: step.at,
      icon: icons[step.to],
      tone: hitTones[step.to],
      text: (
        <span className="inline-flex flex-wrap items-center gap-x-2">
          {event === undefined ? step.event : t(`events.${event}`)}
          <span className="text-ink-muted">{step.by}</span>
          <span className="tabular text-ink-muted">{step.score}</span>
        </span>
      ),
      ...(step.reason === null ? {} : { detail: cause === undefined ? step.reason : t(`causes.${cause}`) }),
    };
  });
  return <Timeline entries={entries} empty={{ title: t("empty") }} />;
}
