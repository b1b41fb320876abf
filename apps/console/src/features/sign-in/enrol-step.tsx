"use client";

import { KeyRound } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { EnrolTotpForm } from "#features/sign-in/enrol-totp-form.tsx";
import { takeStep } from "#features/sign-in/sign-in-api.ts";
import { SignInFrame } from "#features/sign-in/sign-in-frame.tsx";
import type { ViewFailure } from "#lib/failure.ts";
import { makePasskey } from "#lib/passkey.ts";
import type { SignInAnswers } from "#server/sign-in-steps.ts";
import { Button } from "#ui/button.tsx";
import { FailureNotice } from "#ui/failure-notice.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

interface EnrolStepProps {
  readonly flow: string;
  readonly onEnrolled: (answer: SignInAnswers["confirm-totp"]) => Promise<void>;
  /** The flow took too long. */
  readonly onEnded: () => void;
}

/** The first sign-in: nobody gets in without a second factor, so one is set up here. */
export function EnrolStep({ flow, onEnrolled, onEnded }: EnrolStepProps) {
  const t = useTranslations("signIn");
  const [offer, setOffer] = useState<SignInAnswers["enrol-totp"]>();
  const [failure, setFailure] = useState<ViewFailure>();
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    let gone = false;
    void takeStep("enrol-totp", { flow }).then((result) => {
      if (gone) return;
      if (result.ok) setOffer(result.value);
      else setFailure(result.failure);
    });
    return () => {
      gone = true;
    };
  }, [flow]);

  async function finish(step: "confirm-totp" | "confirm-passkey", body: object) {
    setBusy(true);
    setFailure(undefined);
    const result = await takeStep(step, { flow, ...body });
    if (result.ok) await onEnrolled(result.value);
    else if (result.failure.code === "SIGN_IN_ENDED") onEnded();
    else setFailure(result.failure);
    setBusy(false);
  }

  async function passkey() {
    const options = await takeStep("enrol-passkey", { flow });
    if (!options.ok) {
      setFailure(options.failure);
      return;
    }
    const response = await makePasskey(options.value.options);
    if (response !== undefined) await finish("confirm-passkey", { response, name: t("enrol.passkeyFirst") });
  }

  return (
    <SignInFrame title={t("enrol.title")} lead={t("enrol.lead")}>
      {offer === undefined ? (
        failure === undefined ? (
          <Skeleton className="size-40 rounded-lg" />
        ) : (
          <FailureNotice failure={failure} />
        )
      ) : (
        <EnrolTotpForm
          uri={offer.uri}
          secret={offer.secret}
          busy={busy}
          failure={failure}
          onCode={(code) => void finish("confirm-totp", { code })}
        />
      )}
      <Button look="quiet" className="mt-4 -ms-3" disabled={busy} onClick={() => void passkey()}>
        <KeyRound />
        {t("enrol.orPasskey")}
      </Button>
    </SignInFrame>
  );
}
