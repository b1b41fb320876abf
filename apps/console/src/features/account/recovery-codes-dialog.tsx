"use client";

import { useTranslations } from "use-intl";
import { RecoveryCodes } from "#features/sign-in/recovery-codes.tsx";
import { Modal } from "#ui/modal.tsx";

interface RecoveryCodesDialogProps {
  readonly codes: readonly string[] | undefined;
  readonly onClose: () => void;
}

export function RecoveryCodesDialog({ codes, onClose }: RecoveryCodesDialogProps) {
  const t = useTranslations("signIn.recovery");
  return (
    <Modal
      open={codes !== undefined}
      onOpenChange={onClose}
      title={t("title")}
      description={t("lead")}
      className="max-w-sm"
    >
      <RecoveryCodes codes={codes ?? []} onDone={onClose} />
    </Modal>
  );
}
