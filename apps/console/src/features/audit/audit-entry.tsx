"use client";

import { useTranslations } from "use-intl";
import { type AuditRow, AuditSubject, actorName } from "#features/audit/audit-row.tsx";
import { describeAgent } from "#lib/describe-agent.ts";
import { Arrow } from "#ui/arrow.tsx";
import { Empty } from "#ui/empty.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Section } from "#ui/section.tsx";
import { Time } from "#ui/time.tsx";

/** One entry with everything that it holds. */
export function AuditEntry({ entry }: { entry: AuditRow | undefined }) {
  const t = useTranslations("audit.entry");
  if (entry === undefined) return <Empty title={t("notHere")} hint={t("notHereHint")} />;
  return (
    <div className="flex flex-col gap-4 px-4 py-3">
      <KeyValues
        items={[
          { label: t("action"), value: <span className="font-medium">{entry.action}</span> },
          { label: t("at"), value: <Time at={entry.at} /> },
          { label: t("actor"), value: actorName(entry) },
          { label: t("actingAs"), value: entry.actingAs.join(", ") || "–" },
          { label: t("subject"), value: <AuditSubject subject={entry.subject} /> },
          { label: t("reason"), value: entry.reason ?? "–" },
          { label: t("channel"), value: entry.channel },
          { label: t("ip"), value: entry.ip ?? "–" },
          { label: t("device"), value: describeAgent(entry.userAgent) ?? "–" },
          ...(entry.approvalId === null
            ? []
            : [
                {
                  label: t("approval"),
                  value: <IdChip id={entry.approvalId} href={`/approvals/${entry.approvalId}`} />,
                },
              ]),
          ...(entry.traceId === null ? [] : [{ label: t("trace"), value: <IdChip id={entry.traceId} /> }]),
          { label: t("position"), value: entry.position ?? t("waiting") },
        ]}
      />
      <Section title={t("change")}>
        <Change before={entry.before} after={entry.after} />
      </Section>
    </div>
  );
}

type Fields = Readonly<Record<string, unknown>>;

/** Field by field, what was and what became of it. */
function Change({ before, after }: { before: Fields | null; after: Fields | null }) {
  const t = useTranslations("audit.entry");
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  if (names.length === 0) return <p className="text-ink-faint">{t("noChange")}</p>;
  return (
    <KeyValues
      items={names.map((name) => ({
        label: name,
        value: (
          <span className="flex flex-wrap items-baseline gap-x-2">
            {before !== null && name in before && <span className="text-ink-muted">{spell(before[name])}</span>}
            {before !== null && name in before && after !== null && name in after && <Arrow />}
            {after !== null && name in after && <span className="font-medium">{spell(after[name])}</span>}
          </span>
        ),
      }))}
    />
  );
}

function spell(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
