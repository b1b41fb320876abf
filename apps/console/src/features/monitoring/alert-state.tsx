"use client";

import type { AlertState as Code } from "@pitboss/domain/risk/monitoring/alert-machine";
import type { Severity as SeverityCode } from "@pitboss/domain/risk/monitoring/monitoring-rule";
import { useTranslations } from "use-intl";
import { Badge, type Tone } from "#ui/badge.tsx";
import { Status } from "#ui/status.tsx";

const tones: Readonly<Record<Code, Tone>> = { OPEN: "warn", TAKEN: "accent", DISMISSED: "neutral", CONFIRMED: "bad" };
const severityTones: Readonly<Record<SeverityCode, Tone>> = { LOW: "neutral", MEDIUM: "warn", HIGH: "bad" };

export function AlertState({ state }: { state: Code }) {
  const words = useTranslations("words.alertState");
  return (
    <Status tone={tones[state]} open={state === "OPEN" || state === "TAKEN"}>
      {words(state)}
    </Status>
  );
}

export function Severity({ severity }: { severity: SeverityCode }) {
  const words = useTranslations("words.severity");
  return <Badge tone={severityTones[severity]}>{words(severity)}</Badge>;
}

/** What a rule measured, and against what; the names are the rule's own. */
export function Measured({ measured }: { measured: Readonly<Record<string, string>> }) {
  return (
    <span className="tabular flex flex-wrap gap-x-3">
      {Object.entries(measured).map(([name, value]) => (
        <span key={name}>
          <span className="text-ink-muted">{name}</span> {value}
        </span>
      ))}
    </span>
  );
}
