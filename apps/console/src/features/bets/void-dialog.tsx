"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import { PlanView } from "#features/plans/plan-view.tsx";
import { type InputOf, keyOf, type OutputOf, read, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { toast } from "#lib/toasts.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Modal } from "#ui/modal.tsx";
import { Money } from "#ui/money.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

export type VoidSelection = InputOf<"bet.planVoid">["selection"];
type VoidPlan = OutputOf<"bet.planVoid">;

interface VoidDialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly selection: VoidSelection;
  readonly onClose: () => void;
  readonly onProposed?: () => void;
}

/**
 * Proposes to void many bets: the engine says which it would be, what goes back and how many people it takes; then
 * exactly that list is proposed, or nothing.
 */
export function VoidDialog({ open, title, selection, onClose, onProposed }: VoidDialogProps) {
  const t = useTranslations("bets.void");
  const router = useRouter();
  const client = useQueryClient();
  const plan = useQuery({
    ...read("bet.planVoid", { selection }),
    enabled: open,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const propose = useMutation({
    ...write("bet.proposeVoid"),
    onSuccess: async ({ approvalId, summary, status }) => {
      onClose();
      onProposed?.();
      toast(t(status === "APPLIED" ? "doneMany" : "proposed"), { tone: "good", description: summary });
      await Promise.all(
        (["bet.list", "approval.list", "round.show"] as const).map((path) =>
          client.invalidateQueries({ queryKey: keyOf(path) }),
        ),
      );
      router.push(`/approvals/${approvalId}`);
    },
  });
  const failure = propose.error === null ? undefined : failureOf(propose.error);

  if (plan.error !== null) {
    const refused = failureOf(plan.error);
    return (
      <Modal open={open && refused.code !== "STEP_UP_NEEDED"} onOpenChange={onClose} title={title}>
        <FailureState failure={refused} onRetry={() => void plan.refetch()} className="py-4" />
      </Modal>
    );
  }
  const { data } = plan;
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onClose}
      title={title}
      action={data === undefined ? t("propose") : t("proposeCount", { count: data.count })}
      danger
      disabled={data === undefined || data.count === 0}
      busy={propose.isPending}
      failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
      preview={data === undefined ? <Skeleton className="h-40 rounded-md" /> : <VoidPreview plan={data} />}
      onConfirm={(reason) => propose.mutate({ selection, plan: data?.hash ?? null, reason })}
    />
  );
}

function VoidPreview({ plan }: { plan: VoidPlan }) {
  const t = useTranslations("bets.void");
  return (
    <div className="flex flex-col gap-3">
      <KeyValues
        items={[
          { label: t("bets"), value: t("betsOf", { count: plan.count, players: plan.players }) },
          { label: t("returns"), value: <Sums sums={plan.sums} /> },
          { label: t("takes"), value: t("approvals", { count: plan.approvals, hours: plan.openHours }) },
        ]}
      />
      <PlanView plan={plan} done={undefined} />
    </div>
  );
}

/** What goes back in all, a currency at a time. */
export function Sums({ sums }: { sums: readonly { readonly currency: string; readonly amount: string }[] }) {
  return (
    <span className="flex flex-wrap gap-x-4">
      {sums.map(({ currency, amount }) => (
        <Money key={currency} amount={amount} currency={currency} signed />
      ))}
    </span>
  );
}
