"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { approvalKindRow } from "@pitboss/domain/identity/approval-kinds";
import { permissionRow } from "@pitboss/domain/identity/permissions";
import { useTranslations } from "use-intl";
import type { Approval } from "#features/approvals/approval-content.tsx";
import { useRoleNames } from "#features/identity/role-names.ts";
import { keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useReader } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { useFailureText } from "#lib/use-failure-text.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FailureNotice } from "#ui/failure-notice.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Notice } from "#ui/notice.tsx";

type Act = "approve" | "reject" | "withdraw" | "apply";

/** What this person may do with a proposal now, and if nothing, why. */
export function ApprovalDecision({ approval }: { approval: Approval }) {
  const t = useTranslations("approvals.decision");
  const [act, setAct] = useState<Act>();
  const deciding = useDecision(approval, () => setAct(undefined));
  const { approvalId, contentHash, mayDecide, mayWithdraw, mayApply } = approval;
  const why = useReasonWhyNot(approval);

  function run(what: Act, reason: string) {
    if (what === "approve") deciding.approve.mutate({ approvalId, contentHash, reason: reason === "" ? null : reason });
    if (what === "reject") deciding.reject.mutate({ approvalId, contentHash, reason });
    if (what === "withdraw") deciding.withdraw.mutate({ approvalId, reason: reason === "" ? null : reason });
    if (what === "apply") deciding.apply.mutate({ approvalId });
  }

  function open(what: Act) {
    deciding.reset();
    setAct(what);
  }

  return (
    <div className="flex flex-col gap-3">
      {(mayDecide || mayWithdraw || mayApply) && (
        <div className="flex flex-wrap gap-2">
          {mayDecide && (
            <Button look="solid" onClick={() => open("approve")}>
              {t("approve")}
            </Button>
          )}
          {mayDecide && <Button onClick={() => open("reject")}>{t("reject")}</Button>}
          {mayApply && (
            <Button look="solid" onClick={() => open("apply")}>
              {t("apply")}
            </Button>
          )}
          {mayWithdraw && <Button onClick={() => open("withdraw")}>{t("withdraw")}</Button>}
        </div>
      )}
      {why !== undefined && <Notice>{why}</Notice>}
      {deciding.notApplied !== undefined && <FailureNotice failure={deciding.notApplied} />}
      <ConfirmDialog
        key={act}
        open={act !== undefined}
        onOpenChange={() => setAct(undefined)}
        title={act === undefined ? "" : t(`titles.${act}`)}
        action={act === undefined ? "" : t(act)}
        danger={act === "reject"}
        reason={act === "reject" ? "required" : "none"}
        busy={deciding.busy}
        failure={deciding.failure}
        preview={
          <KeyValues
            items={[
              { label: t("what"), value: approval.summary },
              { label: t("effect"), value: act === undefined ? "" : t(`effects.${act}`) },
              { label: t("hash"), value: <span className="font-mono text-xs">{contentHash.slice(0, 16)}…</span> },
            ]}
          />
        }
        onConfirm={(reason) => {
          if (act !== undefined) run(act, reason);
        }}
      />
    </div>
  );
}

function useDecision(approval: Approval, onDone: () => void) {
  const t = useTranslations("approvals.decision");
  const text = useFailureText();
  const client = useQueryClient();
  const settle = {
    onSuccess: async (decided: {
      readonly approval: Approval;
      readonly notApplied: { readonly code: string } | null;
    }) => {
      onDone();
      toast(t(`done.${decided.approval.status}`), { tone: "good", description: approval.summary });
      await Promise.all(
        (["approval.show", "approval.list", "account.me", "player.balances", "staff.show"] as const).map((path) =>
          client.invalidateQueries({ queryKey: keyOf(path) }),
        ),
      );
    },
  };
  const approve = useMutation({ ...write("approval.approve"), ...settle });
  const reject = useMutation({ ...write("approval.reject"), ...settle });
  const withdraw = useMutation({ ...write("approval.withdraw"), ...settle });
  const apply = useMutation({ ...write("approval.carryOut"), ...settle });
  const all = [approve, reject, withdraw, apply];
  const error = all.find((mutation) => mutation.error !== null)?.error;
  const failure = error == null ? undefined : failureOf(error);
  const notApplied = approve.data?.notApplied ?? undefined;
  return {
    approve,
    reject,
    withdraw,
    apply,
    busy: all.some((mutation) => mutation.isPending),
    failure: failure?.code === "STEP_UP_NEEDED" ? undefined : failure,
    notApplied:
      notApplied === undefined
        ? undefined
        : { code: notApplied.code, detail: notApplied.detail ?? text({ code: notApplied.code }) },
    reset: () => all.forEach((mutation) => mutation.reset()),
  };
}

/** Why this person can't decide something that is still open; undefined where they can, or nobody can any more. */
function useReasonWhyNot(approval: Approval): string | undefined {
  const t = useTranslations("approvals.decision");
  const reader = useReader();
  const roleNames = useRoleNames();
  if (approval.status !== "PROPOSED" || approval.mayDecide) return undefined;
  if (approval.proposedBy.staffId === reader.id) return t("own");
  if (approval.decisions.some(({ by }) => by.staffId === reader.id)) return t("once");
  if (Date.parse(approval.expiresAt) <= Date.now()) return t("expired");
  return t("onlyFor", { roles: roleNames(permissionRow(approvalKindRow(approval.kind).approve).roles) });
}
