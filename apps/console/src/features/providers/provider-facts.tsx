"use client";

import { useTranslations } from "use-intl";
import type { OutputOf } from "#lib/api.ts";
import { Empty } from "#ui/empty.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { RecordList } from "#ui/record-list.tsx";
import { Status } from "#ui/status.tsx";
import { Time } from "#ui/time.tsx";

type Detail = OutputOf<"provider.show">;

export function PolicyFacts({ provider }: { provider: Detail }) {
  const t = useTranslations("providers.detail");
  const rollback = useTranslations("providers.rollback");
  const { policy } = provider;
  const listed = (values: readonly string[], none: string) => (values.length === 0 ? none : values.join(", "));
  const stakes = Object.entries(policy.betMax).map(([currency, most]) => `${most} ${currency}`);
  return (
    <KeyValues
      items={[
        { label: t("dialect"), value: provider.dialectTitle },
        { label: t("address"), value: <span className="font-mono text-xs wrap-anywhere">{provider.path}</span> },
        { label: t("version"), value: String(provider.policyVersion) },
        { label: t("changed"), value: <Time at={provider.changedAt} /> },
        { label: t("settledRollback"), value: rollback(policy.settledRollback) },
        { label: t("currencies"), value: listed(policy.currencies, t("gamesCurrencies")) },
        { label: t("closed"), value: listed(policy.closedCountries, t("nobody")) },
        { label: t("betMax"), value: listed(stakes, t("gamesLimits")) },
        { label: t("networks"), value: listed(policy.networks, t("anywhere")) },
        { label: t("certificate"), value: t(policy.mutualTls ? "certificateChecked" : "certificateFree") },
        { label: t("clock"), value: t("seconds", { count: String(policy.clockToleranceSeconds) }) },
        { label: t("answer"), value: t("milliseconds", { count: String(policy.answerWithinMs) }) },
        { label: t("freeSpins"), value: freeSpins(policy, t("freeSpinsNone")) },
        { label: t("gameBank"), value: policy.gameBank === null ? t("gameBankNone") : bankMost(policy.gameBank.most) },
      ]}
    />
  );
}

function freeSpins({ freeSpins: settings }: Detail["policy"], none: string) {
  return settings === null ? none : <span className="font-mono text-xs wrap-anywhere">{settings.url}</span>;
}

/** The most that a player may have in the game bank, by currency. */
function bankMost(most: Readonly<Record<string, string>>): string {
  return Object.entries(most)
    .map(([currency, amount]) => `${amount} ${currency}`)
    .join(", ");
}

export function CredentialList({ credentials }: Pick<Detail, "credentials">) {
  const t = useTranslations("providers.detail");
  const words = { LIVE: t("live"), ENDING: t("ending"), ENDED: t("ended") } as const;
  const tones = { LIVE: "good", ENDING: "warn", ENDED: "neutral" } as const;
  return (
    <RecordList
      label={t("credentials")}
      rows={credentials}
      rowKey={({ fingerprint, validFrom }) => `${fingerprint} ${validFrom}`}
      empty={<Empty title={t("noCredentials")} />}
      cells={({ fingerprint, state, validFrom, validUntil, createdBy }) => [
        <span key="fingerprint" className="font-mono text-xs">
          {fingerprint}
        </span>,
        <Status key="state" tone={tones[state]}>
          {words[state]}
        </Status>,
        <Time key="until" at={validUntil ?? validFrom} short />,
        createdBy,
      ]}
    />
  );
}

export function AnswerList({ answers }: Pick<Detail, "answers">) {
  const t = useTranslations("providers.detail");
  return (
    <RecordList
      label={t("answers")}
      rows={answers}
      rowKey={({ operation, code }) => `${operation} ${code}`}
      empty={<Empty title={t("noAnswers")} />}
      cells={({ operation, code, calls }) => [
        <span key="operation" className="font-mono text-xs">
          {operation}
        </span>,
        <span key="code" className="font-mono text-xs">
          {code}
        </span>,
        <span key="calls" className="tabular">
          {calls}
        </span>,
      ]}
    />
  );
}

export function ReportList({ provider }: { provider: Detail }) {
  const t = useTranslations("providers.detail");
  return (
    <RecordList
      label={t("reports")}
      rows={provider.reports}
      rowKey={({ reportId }) => reportId}
      empty={<Empty title={t("noReports")} hint={t("reportHint", { dialect: provider.dialect })} />}
      cells={({ reportId, scenarios, failed, at, createdBy }) => [
        <span key="id" className="font-mono text-xs">
          {reportId}
        </span>,
        <Status key="outcome" tone={failed === 0 ? "good" : "bad"}>
          {t("scenarios", { passed: String(scenarios - failed), count: String(scenarios) })}
        </Status>,
        <Time key="at" at={at} short />,
        createdBy,
      ]}
    />
  );
}

export function VersionList({ history }: Pick<Detail, "history">) {
  const t = useTranslations("providers.detail");
  return (
    <RecordList
      label={t("history")}
      rows={history}
      rowKey={({ version }) => String(version)}
      empty={<Empty title={t("history")} />}
      cells={({ version, reason, actor, at }) => [
        <span key="version" className="tabular">
          {version}
        </span>,
        <span key="reason" className="min-w-0 wrap-anywhere">
          {reason}
        </span>,
        actor,
        <Time key="at" at={at} short />,
      ]}
    />
  );
}
