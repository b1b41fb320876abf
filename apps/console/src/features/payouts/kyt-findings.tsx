"use client";

import { useTranslations } from "use-intl";
import type { PayoutDetail } from "#features/payouts/payout-facts.tsx";
import type { Tone } from "#ui/badge.tsx";
import { Status } from "#ui/status.tsx";
import { Time } from "#ui/time.tsx";

type Finding = NonNullable<PayoutDetail["kyt"]>[number];

const tones: Readonly<Record<Finding["decision"], Tone>> = { CLEAR: "good", REVIEW: "warn", BLOCK: "bad" };

/** Every look at the past of an address, newest first; to whom it is not for, that it was looked at at all is not told. */
export function KytFindings({ kyt }: { kyt: PayoutDetail["kyt"] }) {
  const t = useTranslations("payouts.chain");
  if (kyt === null || kyt.length === 0) return null;
  return (
    <ul className="mt-3 flex flex-col gap-2">
      {kyt.map((finding) => (
        <li key={finding.at} className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-2">
            <Status tone={tones[finding.decision]} open={false}>
              {t(`decisions.${finding.decision}`)}
            </Status>
            <span className="text-ink-muted">{t("score", { score: finding.score, provider: finding.provider })}</span>
            <Time at={finding.at} />
          </div>
          {finding.reasons.map((reason) => (
            <div key={reason} className="wrap-anywhere">
              {reason}
            </div>
          ))}
        </li>
      ))}
    </ul>
  );
}
