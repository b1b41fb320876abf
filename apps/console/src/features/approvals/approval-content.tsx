"use client";

import Link from "next/link";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { RulesContent } from "#features/approvals/rules-content.tsx";
import { useVoidFacts, VoidedBets } from "#features/approvals/void-content.tsx";
import type { OutputOf } from "#lib/api.ts";
import { Arrow } from "#ui/arrow.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { JsonView } from "#ui/json-view.tsx";
import { KeyValues, type KeyValue } from "#ui/key-values.tsx";
import { Money } from "#ui/money.tsx";

export type Approval = OutputOf<"approval.show">;

const hrefs: Readonly<Record<string, string>> = {
  player: "/players",
  staff: "/staff",
  payout: "/payouts",
  break: "/provider-reconciliation",
  deposit: "/deposits",
  bankCredit: "/bank-transfers",
  affiliate: "/affiliates",
  provider: "/providers",
};

/** What is proposed as a difference between versions. */
const rulesKinds: ReadonlySet<string> = new Set([
  "jurisdiction.pack",
  "limit.profile",
  "report.charge",
  "cashier.rule",
  "aml.rule",
  "risk.rule",
  "provider.policy",
]);

/** The balance that an adjustment was proposed on, and what it becomes. */
const balances = z.object({ available: z.string().optional(), availableAfter: z.string().optional() });

/** Exactly what is approved, in words where the kind is known, and in any case to the letter. */
export function ApprovalContent({ approval }: { approval: Approval }) {
  const t = useTranslations("approvals.content");
  const categories = useTranslations("words.adjustmentCategory");
  const roleWords = useTranslations("roles");
  const voidFacts = useVoidFacts();
  const { kind, content } = approval;
  const voids = kind === "bet.void" || kind === "round.void" || kind === "bets.void";
  const text = (name: string) => (typeof content[name] === "string" ? content[name] : "");
  const snapshot = balances.catch({}).parse(content["snapshot"]);
  const cashier = approval.subject.kind === "break" && content["source"] === "cashier";
  const subject = cashier ? "/reconciliation" : hrefs[approval.subject.kind];
  const items: KeyValue[] = [
    {
      label: t("subject"),
      value:
        subject === undefined ? (
          approval.subject.id
        ) : (
          <IdChip id={approval.subject.id} href={`${subject}/${approval.subject.id}`} />
        ),
    },
  ];
  if (kind === "wallet.adjustment") items.push(...describeAdjustment());
  if (kind === "staff.role-grant")
    items.push({
      label: t("role"),
      value: roleWords.has(text("role") as "admin") ? roleWords(text("role") as "admin") : text("role"),
    });
  if (voids) items.push(...voidFacts(content));
  if (kind === "aml.sar") {
    items.push(
      { label: t("case"), value: <IdChip id={text("caseId")} href={`/aml/${text("caseId")}`} /> },
      { label: t("authority"), value: text("authority") },
    );
  }
  if (kind === "player.erasure") items.push({ label: t("request"), value: text("request") });
  if (kind === "affiliate.statement") {
    items.push({
      label: t("statement"),
      value: <IdChip id={text("statementId")} href={`/affiliates/statements/${text("statementId")}`} />,
    });
  }
  if (kind === "payout.release" || kind === "affiliate.statement") {
    items.push({
      label: t("move"),
      value: (
        <Money
          amount={text(kind === "payout.release" ? "amount" : "due")}
          currency={text("currency")}
          className="font-medium"
        />
      ),
    });
  } else items.push({ label: t("reason"), value: text("reason") });

  function describeAdjustment(): KeyValue[] {
    const currency = text("currency");
    const into = text("direction") === "INTO_PLAYER";
    return [
      {
        label: t("move"),
        value: (
          <Money amount={`${into ? "" : "-"}${text("amount")}`} currency={currency} signed className="font-medium" />
        ),
      },
      {
        label: t("balance"),
        value: (
          <span className="tabular flex flex-wrap items-center gap-2">
            <Money amount={snapshot.available ?? "0"} currency={currency} />
            <Arrow />
            <Money amount={snapshot.availableAfter ?? "0"} currency={currency} className="font-medium" />
          </span>
        ),
      },
      {
        label: t("category"),
        value: categories.has(text("category") as "FRAUD") ? categories(text("category") as "FRAUD") : text("category"),
      },
      { label: t("ticket"), value: text("ticket") },
    ];
  }

  return (
    <>
      <KeyValues items={items} />
      {voids && <VoidedBets approval={approval} />}
      {rulesKinds.has(kind) && <RulesContent content={content} />}
      <details className="mt-2">
        <summary className="w-fit rounded-sm text-xs text-ink-muted hover:text-ink">{t("exact")}</summary>
        <div className="mt-2 flex flex-col gap-2">
          <JsonView value={content} label={t("exact")} />
          <p className="text-xs text-ink-muted">
            {t("hash")}{" "}
            <IdChip id={approval.contentHash} className="[&>span]:wrap-anywhere [&>span]:whitespace-normal" />
          </p>
        </div>
      </details>
      {approval.result !== null && Object.keys(approval.result).length > 0 && (
        <div className="mt-3">
          <p className="mb-1 text-xs font-medium text-ink-muted">{t("result")}</p>
          {typeof approval.result["transactionId"] === "string" ? (
            <Link
              href={`/ledger/${approval.result["transactionId"]}`}
              className="font-mono text-xs text-accent no-underline hover:underline"
            >
              {approval.result["transactionId"]}
            </Link>
          ) : (
            <JsonView value={approval.result} label={t("result")} />
          )}
        </div>
      )}
    </>
  );
}
