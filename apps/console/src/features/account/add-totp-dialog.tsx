"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { useTranslations } from "use-intl";
import { EnrolTotpForm } from "#features/sign-in/enrol-totp-form.tsx";
import { keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { toast } from "#lib/toasts.ts";
import { FailureNotice } from "#ui/failure-notice.tsx";
import { Modal } from "#ui/modal.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

interface AddFactorProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

export function AddTotpDialog({ open, onClose }: AddFactorProps) {
  const t = useTranslations("account.factors");
  const client = useQueryClient();
  const begin = useMutation(write("account.beginTotp"));
  const confirm = useMutation({
    ...write("account.confirmTotp"),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keyOf("account.factors") });
      toast(t("added"), { tone: "good" });
      onClose();
    },
  });
  const start = useEffectEvent(() => {
    confirm.reset();
    // A second factor that is not given leaves nothing to show.
    begin.mutate(undefined, {
      onError: (error) => {
        if (failureOf(error).code === "STEP_UP_NEEDED") onClose();
      },
    });
  });
  useEffect(() => {
    if (open) start();
  }, [open]);
  return (
    <Modal
      open={open && (begin.isSuccess || begin.isError)}
      onOpenChange={onClose}
      title={t("addTotp")}
      description={t("scan")}
    >
      {begin.error !== null ? (
        <FailureNotice failure={failureOf(begin.error)} />
      ) : begin.data === undefined ? (
        <Skeleton className="size-40 rounded-lg" />
      ) : (
        <EnrolTotpForm
          uri={begin.data.uri}
          secret={begin.data.secret}
          busy={confirm.isPending}
          failure={confirm.error === null ? undefined : failureOf(confirm.error)}
          onCode={(code) => confirm.mutate({ code })}
        />
      )}
    </Modal>
  );
}
