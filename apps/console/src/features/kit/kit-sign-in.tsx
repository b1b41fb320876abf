"use client";

import { EnrolTotpForm } from "#features/sign-in/enrol-totp-form.tsx";
import { PasswordStep } from "#features/sign-in/password-step.tsx";
import { RecoveryCodes } from "#features/sign-in/recovery-codes.tsx";
import { SecondFactorForm } from "#features/sign-in/second-factor-form.tsx";
import { SignInFrame } from "#features/sign-in/sign-in-frame.tsx";

const nothing = () => undefined;

export function KitSignIn({ step }: { step: string }) {
  if (step === "second") {
    return (
      <SignInFrame title="Second factor" lead="Signing in as ada@example.com">
        <SecondFactorForm methods={["totp", "passkey", "recovery"]} busy={false} onCode={nothing} onPasskey={nothing} />
      </SignInFrame>
    );
  }
  if (step === "enrol") {
    return (
      <SignInFrame title="Set up your second factor" lead="Nobody signs in here with a password alone.">
        <EnrolTotpForm
          uri="otpauth://totp/Pitboss:ada@example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Pitboss"
          secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
          busy={false}
          onCode={nothing}
        />
      </SignInFrame>
    );
  }
  if (step === "codes") {
    return (
      <SignInFrame title="Keep these recovery codes" lead="Each lets you in once.">
        <RecoveryCodes
          codes={[
            "7h3k-9d2m",
            "p0qz-x8vt",
            "4c6r-2n1j",
            "m9ys-0k7f",
            "d5wb-8h3e",
            "z2tx-6v4q",
            "k1jn-5c9r",
            "f8ep-3y0s",
          ]}
          onDone={nothing}
        />
      </SignInFrame>
    );
  }
  return (
    <SignInFrame title="Sign in" lead="The back office. Every sign-in is recorded.">
      <PasswordStep
        busy={false}
        {...(step === "failed" ? { failure: { code: "RATE_LIMITED" as const } } : {})}
        onPassword={nothing}
      />
    </SignInFrame>
  );
}
