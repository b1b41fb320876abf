"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { EnrolStep } from "#features/sign-in/enrol-step.tsx";
import { RecoveryCodes } from "#features/sign-in/recovery-codes.tsx";
import { enterSession, takeStep } from "#features/sign-in/sign-in-api.ts";
import { SignInFrame } from "#features/sign-in/sign-in-frame.tsx";
import type { ViewFailure } from "#lib/failure.ts";
import type { SignInAnswers } from "#server/sign-in-steps.ts";
import { Button } from "#ui/button.tsx";
import { FailureNotice } from "#ui/failure-notice.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { TextInput } from "#ui/text-input.tsx";

/** An invited person's first steps. The secret stands behind the `#`, which no server and no log ever sees. */
export function InvitationFlow() {
  const t = useTranslations("signIn");
  const router = useRouter();
  const [invitation, setInvitation] = useState<string>();
  const [invited, setInvited] = useState<SignInAnswers["invitation"]>();
  const [flow, setFlow] = useState<string>();
  const [codes, setCodes] = useState<readonly string[]>();
  const [failure, setFailure] = useState<ViewFailure>();
  const [values, setValues] = useState({ password: "", again: "" });
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const differs = values.password !== values.again;

  useEffect(() => {
    const secret = window.location.hash.slice(1);
    setInvitation(secret);
    void takeStep("invitation", { invitation: secret }).then((result) => {
      if (result.ok) setInvited(result.value);
      else setFailure(result.failure.code === "REQUEST_INVALID" ? { code: "LINK_INVALID" } : result.failure);
    });
  }, []);

  async function accept() {
    setTried(true);
    if (differs) return;
    setBusy(true);
    setFailure(undefined);
    const result = await takeStep("accept-invitation", { invitation, password: values.password });
    if (result.ok) {
      // What let them in once is not left in the browser's history.
      window.history.replaceState(null, "", window.location.pathname);
      setFlow(result.value.flow);
    } else setFailure(result.failure);
    setBusy(false);
  }

  async function enter(answer: SignInAnswers["confirm-totp"]) {
    if (await enterSession()) setCodes(answer.recoveryCodes ?? []);
    else router.replace("/sign-in");
  }

  if (codes !== undefined) {
    return (
      <SignInFrame title={t("recovery.title")} lead={t("recovery.lead")}>
        <RecoveryCodes codes={codes} onDone={() => router.replace("/")} />
      </SignInFrame>
    );
  }
  if (flow !== undefined)
    return <EnrolStep flow={flow} onEnrolled={enter} onEnded={() => router.replace("/sign-in")} />;
  return (
    <SignInFrame
      title={t("invitation.title")}
      lead={
        invited === undefined ? (
          failure === undefined ? (
            <Skeleton className="my-1.5 w-64" />
          ) : (
            ""
          )
        ) : (
          t("invitation.lead", { name: invited.name, email: invited.email })
        )
      }
    >
      {failure !== undefined && <FailureNotice failure={failure} className="mb-4" />}
      {invited !== undefined && (
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            void accept();
          }}
        >
          <input type="text" name="username" autoComplete="username" value={invited.email} readOnly hidden />
          <FormField label={t("password")} hint={t("invitation.hint")}>
            <TextInput
              type="password"
              autoFocus
              required
              autoComplete="new-password"
              className="h-10"
              value={values.password}
              onChange={(event) => setValues({ ...values, password: event.currentTarget.value })}
            />
          </FormField>
          <FormField label={t("invitation.again")} error={tried && differs ? t("invitation.differs") : undefined}>
            <TextInput
              type="password"
              required
              autoComplete="new-password"
              className="h-10"
              value={values.again}
              onChange={(event) => setValues({ ...values, again: event.currentTarget.value })}
            />
          </FormField>
          <Button type="submit" look="solid" size="lg" busy={busy}>
            {t("continue")}
          </Button>
        </form>
      )}
    </SignInFrame>
  );
}
