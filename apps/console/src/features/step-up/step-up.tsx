"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { StepUpDialog } from "#features/step-up/step-up-dialog.tsx";
import { read, write } from "#lib/api.ts";
import { failureOf, type ViewFailure } from "#lib/failure.ts";
import { askForPasskey } from "#lib/passkey.ts";
import { answerStepUp } from "#lib/step-up.ts";

/** Asks for the second factor whenever a call needs a fresh one; see lib/step-up.ts. */
export function StepUp() {
  const [open, setOpen] = useState(false);
  const [failure, setFailure] = useState<ViewFailure>();
  const answer = useRef<(given: boolean) => void>(undefined);
  const factors = useQuery({ ...read("account.factors"), enabled: open });
  const offer = useMutation(write("account.offerStepUp"));
  const give = useMutation(write("account.stepUp"));

  useEffect(
    () =>
      answerStepUp(
        () =>
          new Promise((resolve) => {
            answer.current = resolve;
            setFailure(undefined);
            setOpen(true);
          }),
      ),
    [],
  );

  function close(given: boolean) {
    setOpen(false);
    answer.current?.(given);
    answer.current = undefined;
  }

  function submit(input: Parameters<typeof give.mutate>[0]) {
    setFailure(undefined);
    give.mutate(input, { onSuccess: () => close(true), onError: (error) => setFailure(failureOf(error)) });
  }

  async function passkey() {
    setFailure(undefined);
    try {
      const { flow, options } = await offer.mutateAsync(undefined);
      const response = await askForPasskey(options);
      if (response !== undefined) submit({ method: "PASSKEY", flow, response: { ...response } });
    } catch (error) {
      setFailure(failureOf(error));
    }
  }

  return (
    <StepUpDialog
      open={open}
      onOpenChange={(next) => {
        if (!next) close(false);
      }}
      methods={
        factors.data === undefined
          ? undefined
          : [
              ...(factors.data.totp === null ? [] : (["totp"] as const)),
              ...(factors.data.passkeys.length === 0 ? [] : (["passkey"] as const)),
            ]
      }
      busy={give.isPending || offer.isPending}
      failure={failure}
      onCode={(_method, code) => submit({ method: "TOTP", code })}
      onPasskey={() => void passkey()}
    />
  );
}
