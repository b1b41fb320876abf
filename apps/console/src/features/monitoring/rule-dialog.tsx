"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ruleBody, type RuleBody } from "@pitboss/domain/risk/monitoring/monitoring-rule";
import { useTranslations } from "use-intl";
import { DryRunResult, type DryRunSum } from "#features/monitoring/dry-run-result.tsx";
import type { Rule, RuleDesk } from "#features/monitoring/rules-page.tsx";
import { ChangesTable } from "#features/rules/changes-table.tsx";
import { api, type OutputOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { Button } from "#ui/button.tsx";
import { FailureNotice } from "#ui/failure-notice.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Modal } from "#ui/modal.tsx";
import { TextArea } from "#ui/text-area.tsx";
import { TextInput } from "#ui/text-input.tsx";

interface RuleDialogProps {
  readonly desk: RuleDesk;
  readonly rule: Rule;
  readonly mayPropose: boolean;
  readonly onClose: () => void;
}

const dayMs = 86_400_000;
const shortest = 5;
/** More players than this are looked at from a terminal. */
const mostSlices = 50;

/** Another version of a rule is proposed only after a dry run has shown whom it would have hit. */
export function RuleDialog({ desk, rule, mayPropose, onClose }: RuleDialogProps) {
  const t = useTranslations("monitoring.rules");
  const router = useRouter();
  const { code, version, setAt: _setAt, setBy: _setBy, why: _why, ...current } = rule;
  const [text, setText] = useState(() => JSON.stringify(current, null, 2));
  const [days, setDays] = useState("30");
  const [reason, setReason] = useState("");
  const [wrong, setWrong] = useState<string>();
  const [shown, setShown] = useState<{ tried: DryRunSum; diff: OutputOf<"aml.rules.diff"> | undefined }>();
  const attempt = useMutation({
    mutationFn: async (body: RuleBody) => ({
      tried: await tryRule(desk, code, body, Number(days)),
      diff: isSame(body, current) ? undefined : await api[desk].rules.diff.query({ code, body }),
    }),
    onSuccess: setShown,
  });
  const propose = useMutation({
    ...write(`${desk}.rules.propose`),
    onSuccess: ({ approvalId }) => router.push(`/approvals/${approvalId}`),
  });
  const error = propose.error ?? attempt.error;
  const failure = error === null ? undefined : failureOf(error);

  function withBody(use: (body: RuleBody) => void) {
    const body = readBody(text);
    setWrong(typeof body === "string" ? (body === "" ? t("notJson") : body) : undefined);
    if (typeof body !== "string") use(body);
  }

  return (
    <Modal
      open
      onOpenChange={onClose}
      title={t("editTitle", { code, version: version + 1 })}
      className="max-w-2xl"
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button busy={attempt.isPending} onClick={() => withBody((body) => attempt.mutate(body))}>
            {t("dryRun")}
          </Button>
          {mayPropose && (
            <Button
              look="solid"
              busy={propose.isPending}
              disabled={shown?.diff === undefined || reason.trim().length < shortest}
              onClick={() => withBody((body) => propose.mutate({ code, body, reason: reason.trim() }))}
            >
              {t("propose")}
            </Button>
          )}
        </>
      }
    >
      <div className="flex min-w-0 flex-col gap-4">
        <FormField label={t("body")} hint={t("bodyHint")} error={wrong}>
          <TextArea
            rows={14}
            spellCheck={false}
            className="font-mono text-xs"
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setShown(undefined);
            }}
          />
        </FormField>
        <FormField label={t("historyDays")} className="w-40">
          <TextInput
            type="number"
            min={1}
            max={3650}
            value={days}
            onChange={(event) => {
              setDays(event.currentTarget.value);
              setShown(undefined);
            }}
          />
        </FormField>
        {shown !== undefined && (
          <div className="flex min-w-0 flex-col gap-3 rounded-lg border border-line bg-sunken px-3 py-2.5">
            {shown.diff !== undefined && <ChangesTable changes={shown.diff.changes} />}
            <DryRunResult tried={shown.tried} />
          </div>
        )}
        {mayPropose && (
          <FormField label={t("reason")}>
            <TextArea
              rows={2}
              value={reason}
              maxLength={500}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          </FormField>
        )}
        {failure !== undefined && failure.code !== "STEP_UP_NEEDED" && <FailureNotice failure={failure} />}
      </div>
    </Modal>
  );
}

/** The rule, or what is wrong with it; the empty text where it is not JSON at all. */
function readBody(text: string): RuleBody | string {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return "";
  }
  const parsed = ruleBody.safeParse(read);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  return `${first?.path.join(".") ?? ""}: ${first?.message ?? ""}`;
}

function isSame(a: RuleBody, b: RuleBody): boolean {
  return JSON.stringify(ruleBody.parse(a)) === JSON.stringify(ruleBody.parse(b));
}

async function tryRule(desk: RuleDesk, code: string, body: RuleBody, days: number): Promise<DryRunSum> {
  const to = new Date();
  const from = new Date(to.getTime() - Math.max(1, days) * dayMs);
  const sum: DryRunSum = { looked: 0, hits: [], more: false };
  let cursor: string | null = null;
  for (let slice = 0; slice < mostSlices; slice += 1) {
    const page: OutputOf<"aml.rules.dryRun"> = await api[desk].rules.dryRun.query({
      ...{ code, body, cursor },
      from: from.toISOString(),
      to: to.toISOString(),
    });
    sum.looked += page.looked;
    sum.hits.push(...page.hits);
    cursor = page.next;
    if (cursor === null) return sum;
  }
  return { ...sum, more: true };
}
