"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { PlanResult, PlanView } from "#features/plans/plan-view.tsx";
import type { OutputOf } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { Modal } from "#ui/modal.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

export type Plan = OutputOf<"plan.playerLock.show">;
export type AppliedItem = OutputOf<"plan.playerLock.carryOut">["items"][number];

interface PlanDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly action: string;
  readonly ids: readonly string[];
  /** Asks the engine what would happen. */
  readonly show: (ids: readonly string[]) => Promise<Plan>;
  /** Has it happen to some of the plan's items. */
  readonly carryOut: (
    plan: string,
    items: readonly { readonly id: string; readonly hash: string }[],
    reason: string,
  ) => Promise<{ readonly items: readonly AppliedItem[] }>;
  readonly onDone: () => void;
}

/** The engine carries out this many at once; in between, one can stop. */
const atOnce = 25;

/**
 * One thing done to many records: the engine says what would happen to each and what it leaves out and why; then exactly
 * that is done, some at a time. A record that changed meanwhile is not touched.
 */
export function PlanDialog({ open, onClose, title, action, ids, show, carryOut, onDone }: PlanDialogProps) {
  const t = useTranslations("plans");
  const [applied, setApplied] = useState<readonly AppliedItem[]>([]);
  const plan = useQuery({
    queryKey: ["plan", action, ids],
    queryFn: () => show(ids),
    enabled: open && ids.length > 0,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const run = useMutation({
    mutationKey: ["plan.carry-out"],
    mutationFn: async (reason: string) => {
      const items = (plan.data?.items ?? []).map(({ id, hash }) => ({ id, hash }));
      for (let from = 0; from < items.length; from += atOnce) {
        const done = await carryOut(plan.data?.hash ?? "", items.slice(from, from + atOnce), reason);
        setApplied((before) => [...before, ...done.items]);
      }
    },
    onSettled: onDone,
  });

  function close() {
    setApplied([]);
    run.reset();
    onClose();
  }

  if (plan.error !== null) {
    const failure = failureOf(plan.error);
    return (
      <Modal open={open && failure.code !== "STEP_UP_NEEDED"} onOpenChange={close} title={title}>
        <FailureState failure={failure} onRetry={() => void plan.refetch()} className="py-4" />
      </Modal>
    );
  }
  if (run.isSuccess) {
    return (
      <Modal open={open} onOpenChange={close} title={title} footer={<Button onClick={close}>{t("close")}</Button>}>
        <PlanResult applied={applied} />
      </Modal>
    );
  }
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={close}
      title={title}
      action={plan.data === undefined ? action : t("actionOf", { action, count: plan.data.count })}
      danger
      disabled={plan.data === undefined || plan.data.count === 0}
      busy={run.isPending}
      failure={run.error === null ? undefined : failureOf(run.error)}
      preview={
        plan.data === undefined ? (
          <Skeleton className="h-40 rounded-md" />
        ) : (
          <PlanView plan={plan.data} done={run.isPending ? applied.length : undefined} />
        )
      }
      onConfirm={(reason) => run.mutate(reason)}
    />
  );
}
