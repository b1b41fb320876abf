"use client";

import { useTranslations } from "use-intl";
import { type FactorMethod, SecondFactorForm } from "#features/sign-in/second-factor-form.tsx";
import type { ViewFailure } from "#lib/failure.ts";
import { Modal } from "#ui/modal.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

interface StepUpDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** Undefined while it is not known yet what this person has set up. */
  readonly methods: readonly FactorMethod[] | undefined;
  readonly busy: boolean;
  readonly failure?: ViewFailure | undefined;
  readonly onCode: (method: "totp" | "recovery", code: string) => void;
  readonly onPasskey: () => void;
}

/** Asks for the second factor again, right before something that takes a fresh one; then that goes on by itself. */
export function StepUpDialog({ open, onOpenChange, methods, ...form }: StepUpDialogProps) {
  const t = useTranslations("kit.stepUp");
  return (
    <Modal open={open} onOpenChange={onOpenChange} title={t("title")} description={t("text")} className="max-w-sm">
      {methods === undefined ? (
        <Skeleton className="h-28 rounded-md" />
      ) : (
        <SecondFactorForm methods={methods} {...form} />
      )}
    </Modal>
  );
}
