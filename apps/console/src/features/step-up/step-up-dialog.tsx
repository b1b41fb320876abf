"use client";

import { useTranslations } from "use-intl";
import { type FactorMethod, SecondFactorForm } from "#features/sign-in/second-factor-form.tsx";
import type { ViewFailure } from "#lib/failure.ts";
import { Modal } from "#ui/modal.tsx";

interface StepUpDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly methods: readonly FactorMethod[];
  readonly busy: boolean;
  readonly failure?: ViewFailure | undefined;
  readonly onCode: (method: "totp" | "recovery", code: string) => void;
  readonly onPasskey: () => void;
}

/** Asks for the second factor again, right before something that takes a fresh one; then that goes on by itself. */
export function StepUpDialog({ open, onOpenChange, ...form }: StepUpDialogProps) {
  const t = useTranslations("kit.stepUp");
  return (
    <Modal open={open} onOpenChange={onOpenChange} title={t("title")} description={t("text")} className="max-w-sm">
      <SecondFactorForm {...form} />
    </Modal>
  );
}
