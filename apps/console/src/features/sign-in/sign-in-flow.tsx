"use client";

import { ArrowLeft, KeyRound } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { EnrolStep } from "#features/sign-in/enrol-step.tsx";
import { PasswordStep } from "#features/sign-in/password-step.tsx";
import { RecoveryCodes } from "#features/sign-in/recovery-codes.tsx";
import { type FactorMethod, SecondFactorForm } from "#features/sign-in/second-factor-form.tsx";
import { enterSession, type StepResult, takeStep } from "#features/sign-in/sign-in-api.ts";
import { SignInFrame } from "#features/sign-in/sign-in-frame.tsx";
import type { ViewFailure } from "#lib/failure.ts";
import { askForPasskey } from "#lib/passkey.ts";
import type { SignInAnswers } from "#server/sign-in-steps.ts";
import { Button } from "#ui/button.tsx";

type Stage =
  | { readonly name: "password" }
  | {
      readonly name: "second";
      readonly flow: string;
      readonly email: string;
      readonly methods: readonly FactorMethod[];
    }
  | { readonly name: "enrol"; readonly flow: string }
  | { readonly name: "codes"; readonly codes: readonly string[] };

const methodNames = { TOTP: "totp", PASSKEY: "passkey", RECOVERY_CODE: "recovery" } as const;

interface SignInFlowProps {
  /** Where to go afterwards: a path of this console. */
  readonly next: string;
  readonly ended?: "idle" | "revoked" | "signedOut" | undefined;
}

export function SignInFlow({ next, ended }: SignInFlowProps) {
  const t = useTranslations("signIn");
  const router = useRouter();
  const [stage, setStage] = useState<Stage>({ name: "password" });
  const [failure, setFailure] = useState<ViewFailure>();
  const [busy, setBusy] = useState(false);
  /** The browser was asked for a passkey and gave none. */
  const [unused, setUnused] = useState(false);

  async function run<T>(step: () => Promise<StepResult<T> | undefined>, done: (value: T) => void | Promise<void>) {
    setBusy(true);
    setFailure(undefined);
    setUnused(false);
    const result = await step();
    if (result?.ok === true) await done(result.value);
    else if (result !== undefined) {
      setFailure(result.failure);
      if (result.failure.code === "SIGN_IN_ENDED") setStage({ name: "password" });
    } else setUnused(true);
    setBusy(false);
  }

  async function enter(answer: SignInAnswers["second-factor"]) {
    if (!(await enterSession())) {
      setFailure({ code: "SIGN_IN_ENDED" });
      setStage({ name: "password" });
      return;
    }
    if (answer.recoveryCodes !== undefined && answer.recoveryCodes.length > 0) {
      setStage({ name: "codes", codes: answer.recoveryCodes });
    } else leave();
  }

  function leave() {
    router.replace(next);
    router.refresh();
  }

  function goOn(email: string, { flow, next: then, methods }: SignInAnswers["password"]) {
    if (then === "ENROL") setStage({ name: "enrol", flow });
    else setStage({ name: "second", flow, email, methods: methods.map((method) => methodNames[method]) });
  }

  /** Without a flow, the passkey itself says who it is. */
  function passkey(flow: string | undefined) {
    return run(async () => {
      const offer = await takeStep("passkey-options", flow === undefined ? {} : { flow });
      if (!offer.ok) return offer;
      const response = await askForPasskey(offer.value.options);
      if (response === undefined) return undefined;
      return takeStep("second-factor", { flow: offer.value.flow, method: "PASSKEY", response });
    }, enter);
  }

  if (stage.name === "codes") {
    return (
      <SignInFrame title={t("recovery.title")} lead={t("recovery.lead")}>
        <RecoveryCodes codes={stage.codes} onDone={leave} />
      </SignInFrame>
    );
  }
  if (stage.name === "enrol")
    return <EnrolStep flow={stage.flow} onEnrolled={enter} onEnded={() => setStage({ name: "password" })} />;
  if (stage.name === "second") {
    const { flow, email, methods } = stage;
    return (
      <SignInFrame title={t("second.title")} lead={t("second.lead", { email })}>
        <SecondFactorForm
          methods={methods}
          busy={busy}
          failure={failure}
          onCode={(method, code) =>
            void run(
              () => takeStep("second-factor", { flow, method: method === "totp" ? "TOTP" : "RECOVERY_CODE", code }),
              enter,
            )
          }
          onPasskey={() => void passkey(flow)}
          notice={unused ? t("passkeyFailed") : undefined}
        />
        <Button look="quiet" className="mt-4 -ms-3" onClick={() => setStage({ name: "password" })}>
          <ArrowLeft />
          {t("back")}
        </Button>
      </SignInFrame>
    );
  }
  return (
    <SignInFrame title={t("title")} lead={t("lead")}>
      <PasswordStep
        busy={busy}
        failure={failure}
        notice={unused ? t("passkeyFailed") : ended === undefined ? undefined : t(`ended.${ended}`)}
        onPassword={(email, password) =>
          void run(
            () => takeStep("password", { email, password }),
            (answer) => goOn(email, answer),
          )
        }
      />
      <div className="my-4 flex items-center gap-3 text-xs text-ink-faint before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        {t("or")}
      </div>
      <Button size="lg" className="w-full" disabled={busy} onClick={() => void passkey(undefined)}>
        <KeyRound />
        {t("withPasskey")}
      </Button>
    </SignInFrame>
  );
}
